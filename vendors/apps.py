from django.apps import AppConfig


class VendorsConfig(AppConfig):
    name = "vendors"

    def ready(self) -> None:
        from core import calendars, navigation  # noqa: PLC0415 -- models are loaded by now
        from vendors import finders  # noqa: F401, PLC0415 -- it is found from now on

        navigation.add(
            "Work", "Vendors", "vendors:vendors", permission="vendors.view_vendor", order=80
        )
        calendars.place("vendors.vendor", lambda vendor: (vendor.country, ""))
