from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "engagements"

    def ready(self) -> None:
        from core import navigation  # noqa: PLC0415 -- models are loaded by now
        from engagements import receivers  # noqa: F401, PLC0415 -- it listens from now on

        may = "engagements.view_client"
        navigation.add("Work", "Engagements", "engagements:engagements", permission=may, order=10)
        navigation.add("Work", "Clients", "engagements:clients", permission=may, order=70)
