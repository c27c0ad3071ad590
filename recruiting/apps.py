from django.apps import AppConfig


class RecruitingConfig(AppConfig):
    name = "recruiting"

    def ready(self) -> None:
        from core import navigation, turns  # noqa: PLC0415 -- models are loaded only now
        from core.workflow import add_guard  # noqa: PLC0415 -- models are loaded only now
        from engagements import funnel  # noqa: PLC0415 -- models are loaded only now
        from engagements.holders import register  # noqa: PLC0415 -- models are loaded only now
        from recruiting import (  # noqa: PLC0415 -- models are loaded only now
            approvals,
            examples,
            finders,  # noqa: F401 -- they are found from now on
            handovers,  # noqa: F401 -- what goes on when somebody leaves
            rates,
            receivers,
            seated,
            versioned,
            works,  # noqa: F401 -- pages name them and hand out their files
        )

        approvals.declare()
        versioned.declare()
        examples.declare()
        funnel.provide(rates.counts)
        register(seated.holders)
        add_guard("engagements.Seat", "vacate", receivers.no_offer_is_open)
        turns.declare(
            "recruiting.criteriaset",
            ours=["draft", "changes_requested"],
            theirs=["in_review"],
            party=lambda row: row.engagement.client,
        )
        for label, route, permission, order in [
            ("Requisitions", "recruiting:requisitions", "recruiting.view_requisition", 20),
            ("Candidates", "recruiting:candidates", "recruiting.view_candidate", 30),
            ("Criteria", "recruiting:criteria_sets", "engagements.view_client", 35),
        ]:
            navigation.add("Work", label, route, permission=permission, order=order)
