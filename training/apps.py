from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self) -> None:
        from core import navigation, workflow  # noqa: PLC0415 -- app ready
        from engagements import funnel  # noqa: PLC0415 -- app ready
        from training import (  # noqa: PLC0415 -- app ready
            handovers,  # noqa: F401 -- what goes on when somebody leaves
            rates,
            readiness,
        )

        for guard in (
            readiness.nobody_is_in_training,
            readiness.live_seats_are_certified,
            readiness.certificates_last_until_go_live,
        ):
            workflow.add_guard("engagements.Engagement", "go_live", guard)
        funnel.provide(rates.counts)
        workflow.add_guard("engagements.Seat", "vacate", readiness.nobody_learns_for_it)
        navigation.add(
            "Work",
            "Classes",
            "training:classes",
            permission="training.view_trainingclass",
            order=40,
        )
