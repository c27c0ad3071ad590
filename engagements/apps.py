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
        )

        may = "engagements.view_client"
        navigation.add("Work", "Engagements", "engagements:engagements", permission=may, order=10)
        navigation.add(
            "Work", "Seats", "engagements:ledgers", permission="engagements.view_seat", order=15
        )
        navigation.add("Work", "Clients", "engagements:clients", permission=may, order=70)
        calendars.place(
            "engagements.client",
            lambda client: (client.holiday_region or client.country, client.time_zone),
        )
        versioned.declare()
