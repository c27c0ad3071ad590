"""Which applications somebody sees, and what the rows and cards of a list are read with."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, ExpressionWrapper, Q, Window
from django.db.models.functions import RowNumber

from core.models import Actor
from engagements.models import Client
from recruiting.models.candidates import found_by
from recruiting.models.stages import ACTIVE, State

if TYPE_CHECKING:
    from recruiting.models.applications import Application  # noqa: F401 -- of its rows


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our recruiting staff; a vendor's own; a client's that it was asked about."""
        if actor.is_trusted or actor.has_perm("recruiting.view_application"):
            return self
        if actor.has_perm("recruiting.submit_candidate"):
            return self.filter(vendor__people__user=actor.user)
        if actor.has_perm("recruiting.review_application"):
            return self.put_before(actor)
        return self.none()

    def put_before(self, actor: Actor) -> Self:
        """Those that a client's people were asked to review, in whatever stage they are now."""
        return self.filter(
            requisition__engagement__client__in=Client.objects.of(actor),
            put_forward_at__isnull=False,
        )

    def waiting_for_client(self) -> Self:
        """Those before the client that nobody there has decided on."""
        return self.filter(state=State.CLIENT_REVIEW, client_decision="")

    def with_is_answered(self) -> Self:
        """Annotate whether the client is asked about it no more: what is open sorts first."""
        return self.annotate(
            is_answered=ExpressionWrapper(
                ~Q(state=State.CLIENT_REVIEW), output_field=models.BooleanField()
            )
        )

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def on_board(self) -> Self:
        return self.filter(state__in=[*ACTIVE, State.HIRED])

    def first_of_each_state(self, most: int) -> Self:
        """At most so many in each state, those first that have been there longest."""
        order = ["moved_at", "pk"]
        place = Window(RowNumber(), partition_by="state", order_by=order)
        return self.annotate(place=place).filter(place__lte=most).order_by(*order)

    def found_by(self, q: str) -> Self:
        return self.filter(found_by(q, "candidate__"))

    def with_scorecards(self) -> Self:
        """With what a score is made of."""
        return self.prefetch_related("scorecards__marks")

    def for_rows(self) -> Self:
        """With all that a row of a list shows, in a fixed number of queries."""
        return (
            self.select_related("candidate", "requisition", "vendor", "criteria_set")
            .prefetch_related("candidate__facts", "criteria_set__items")
            .with_scorecards()
        )

    def for_cards(self) -> Self:
        """With all that a card shows: a row, and its open offer."""
        return self.for_rows().prefetch_related("offers__seat")

    def counts_by_state(self) -> dict[str, int]:
        rows = self.order_by().values("state").annotate(n=Count("pk"))
        return {row["state"]: row["n"] for row in rows}

    def for_steps(self) -> Self:
        return self.select_related("candidate", "requisition", "vendor").prefetch_related(
            "scorecards", "offers"
        )
