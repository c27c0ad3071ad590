from django.apps import AppConfig


class VendorsConfig(AppConfig):
    name = "vendors"

    def ready(self) -> None:
        from core import navigation  # noqa: PLC0415 -- models are loaded by now

        navigation.add(
            "Work", "Vendors", "vendors:vendors", permission="vendors.view_vendor", order=80
        )
