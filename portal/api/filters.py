"""What a list can be asked for. Several values of a filter mean: one of them."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime

from core.service_accounts import Caller
from portal.api import queries, words
from portal.api.answers import RowId
from recruiting.models import Application

Country = Annotated[str, Field(pattern="^[A-Z]{2}$", description="Two letters, as in DE.")]


def _in_utc(at: datetime) -> datetime:
    """PostgreSQL takes no offset beyond 15:59, and Python no year before the first."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("This time is out of range.") from None


Since = Annotated[
    AwareDatetime,
    AfterValidator(_in_utc),
    Field(description="Changed at that time or later, as in 2026-03-02T09:00:00Z."),
]


class Filter(Schema, ABC):
    """What a list of rows can be narrowed by."""

    @abstractmethod
    def among(self, rows: QuerySet[Any], caller: Caller) -> QuerySet[Any]:
        """Return the rows that stay."""


class ClientFilter(Filter):
    country: Country | None = None

    def among(self, rows: QuerySet[Any], caller: Caller) -> QuerySet[Any]:
        return rows.filter(country=self.country) if self.country else rows


class _StepFilter(Filter):
    changed_since: Since | None = None

    def among(self, rows: QuerySet[Any], caller: Caller) -> QuerySet[Any]:
        wanted = self.model_dump(exclude={"changed_since"})
        for field, value in wanted.items():
            if value:
                rows = rows.filter(**{f"{field}__in" if isinstance(value, list) else field: value})
        return self.since(rows, self.changed_since, caller) if self.changed_since else rows

    def since(self, rows: QuerySet[Any], since: datetime, caller: Caller) -> QuerySet[Any]:
        return queries.stepped_since(rows, since)


class EngagementFilter(_StepFilter):
    client_id: RowId | None = None
    state: list[words.EngagementState] = []


class RequirementsFilter(_StepFilter):
    engagement_id: RowId | None = None
    state: list[words.RequirementsState] = []


class SeatFilter(_StepFilter):
    engagement_id: RowId | None = None
    state: list[words.SeatState] = []


class RequisitionFilter(_StepFilter):
    engagement_id: RowId | None = None
    state: list[words.RequisitionState] = []


class ApplicationFilter(_StepFilter):
    requisition_id: RowId | None = None
    state: list[words.ApplicationState] = []

    def among(self, rows: QuerySet[Any], caller: Caller) -> QuerySet[Any]:
        """A client's program is told of a state only while it is the client's turn."""
        if caller.is_limited and self.state:
            rows = rows.filter(state=Application.State.CLIENT_REVIEW)
        if caller.is_limited and self.requisition_id:
            return rows.none()
        return super().among(rows, caller)

    def since(self, rows: QuerySet[Any], since: datetime, caller: Caller) -> QuerySet[Any]:
        if caller.is_limited:
            return queries.answered_since(rows, since)
        return rows.filter(moved_at__gte=since)


class CandidateFilter(_StepFilter):
    country: Country | None = None
    source: list[words.Source] = []

    def since(self, rows: QuerySet[Any], since: datetime, caller: Caller) -> QuerySet[Any]:
        return queries.known_since(rows, since)
