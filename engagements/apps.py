from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "engagements"

    def ready(self) -> None:
        from core import calendars, navigation  # noqa: PLC0415 -- models are loaded by now
        from engagements import (  # noqa: PLC0415 -- models are loaded by now
            finders,  # noqa: F401 -- they are found from now on
            handovers,  # noqa: F401 -- what goes on when somebody leaves
            receivers,  # noqa: F401 -- it listens from now on
            told,  # noqa: F401 -- its kinds of notification can be chosen
            versioned,
            works,  # noqa: F401 -- pages name them and show how far they are
        )

        may = "engagements.view_client"
        navigation.add("Work", "Engagements", "engagements:engagements", permission=may, order=10)
        sees = "engagements.view_seat"
        navigation.add("Work", "Seat ledger", "engagements:ledgers", permission=sees, order=15)
        navigation.add("Work", "Clients", "engagements:clients", permission=may, order=70)
        for order, (label, route, permission) in enumerate(
            [
                (
                    "Structure rules",
                    "engagements:structure_rules",
                    "engagements.view_structurerule",
                ),
                ("Role charters", "engagements:charters", "engagements.view_rolecharter"),
            ]
        ):
            navigation.add("Administration", label, route, permission=permission, order=906 + order)
        calendars.place(
            "engagements.client",
            lambda client: (client.holiday_region or client.country, client.time_zone),
        )
        versioned.declare()
