from django.apps import AppConfig


class RecruitingConfig(AppConfig):
    name = "recruiting"

    def ready(self) -> None:
        from core.workflow import add_guard  # noqa: PLC0415 -- models are loaded only now
        from recruiting import receivers  # noqa: PLC0415 -- models are loaded only now

        add_guard("engagements.Seat", "vacate", receivers.no_offer_is_open)
