from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"

    def ready(self) -> None:
        from cms import (  # noqa: PLC0415 -- app ready
            approvals,
            examples,
            finders,  # noqa: F401 -- app ready
            receivers,  # noqa: F401 -- app ready
            versioned,
        )
        from core import navigation, turns  # noqa: PLC0415 -- app ready

        approvals.declare()
        versioned.declare()
        examples.declare()
        turns.declare(
            "cms.proposal",
            ours=["draft", "in_review", "approved"],
            theirs=["sent"],
            party=lambda row: row.engagement.client,
        )
        navigation.add(
            "Work", "Proposals", "cms:proposals", permission="cms.change_proposal", order=50
        )
        navigation.add(
            "Work", "Contracts", "cms:contracts", permission="cms.change_contract", order=60
        )
