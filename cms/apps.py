from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"

    def ready(self) -> None:
        from cms import receivers  # noqa: F401, PLC0415 -- app ready
        from core import navigation  # noqa: PLC0415 -- app ready

        navigation.add(
            "Work", "Proposals", "cms:proposals", permission="cms.change_proposal", order=50
        )
        navigation.add(
            "Work", "Contracts", "cms:contracts", permission="cms.change_contract", order=60
        )
