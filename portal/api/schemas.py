"""What the API says of each kind of row. Fields are added; none changes its meaning within v1."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from engagements.models import Engagement, Seat
from portal.api import words
from recruiting.models import Application, Candidate

CHANGED = "When it was made, or last taken a step further."
NOT_LIMITED = "Null for an account that is limited to a client."


class ClientOut(Schema):
    id: int
    name: str
    legal_name: str
    industry: str
    size: words.Size
    country: str = Field(description="Two letters, as in DE.")
    time_zone: str


class EngagementOut(Schema):
    id: int
    client_id: int
    code: str
    name: str
    state: words.EngagementState
    currency: str
    owner: str = Field(description="Who of us leads it.")
    go_live_on: date | None
    created_at: datetime
    changed_at: datetime = Field(description=CHANGED)

    @staticmethod
    def resolve_owner(row: Engagement) -> str:
        return str(row.owner)


class LineOut(Schema):
    """A queue of work. Levels and shares are of 1: 0.8 is 80 %."""

    id: int
    name: str
    channel: str
    language: str
    language_level: str
    tier: int
    hours: list[tuple[int, str, str]] = Field(
        description="When it is open: weekday (1 is Monday), from and to in the customers' time "
        'zone, as in [1, "09:00", "17:00"]; 00:00 closes at midnight.'
    )
    contacts_per_half_hour: Decimal | None
    aht_s: int = Field(description="Handling time in seconds.")
    service_level: Decimal
    threshold_s: int
    max_occupancy: Decimal
    shrinkage: Decimal
    concurrency: int


class RequirementsOut(Schema):
    id: int
    engagement_id: int
    version: int
    state: words.RequirementsState
    scope_of_service: str
    deployment: str
    delivery_countries: list[str]
    customer_time_zone: str
    structure_wish: str
    go_live_on: date | None
    sha256: str = Field(description="Of all it says, since it was submitted; empty before.")
    lines: list[LineOut]
    created_at: datetime
    changed_at: datetime = Field(description=CHANGED)


class SeatOut(Schema):
    id: int
    engagement_id: int
    number: str
    role: words.Role
    state: words.SeatState
    language: str
    line_id: int | None
    team: str | None
    site: str | None = Field(description=NOT_LIMITED)
    starts_on: date
    created_at: datetime
    changed_at: datetime = Field(description=CHANGED)

    @staticmethod
    def resolve_team(row: Seat) -> str | None:
        return row.team.name if row.team else None

    @staticmethod
    def resolve_site(row: Seat, context: Any) -> str | None:
        limited = context["request"].auth.is_limited
        return None if limited or row.site is None else row.site.name


class RequisitionOut(Schema):
    id: int
    engagement_id: int
    number: str
    title: str
    role: words.Role
    state: words.RequisitionState
    line_id: int | None
    country: str
    place: str
    seat_count: int = Field(description="Seats it asks for.")
    open_count: int = Field(description="Those of them that nobody was given yet.")
    monthly_salary_from: Decimal | None
    monthly_salary_to: Decimal | None
    has_assessment: bool
    has_client_review: bool
    target_on: date
    created_at: datetime
    changed_at: datetime = Field(description=CHANGED)


class MustHaves(Schema):
    met: int
    of: int


class ApplicationOut(Schema):
    """A candidate for a requisition, by code. An account limited to a client reads those put
    before that client, as its portal shows them."""

    id: int
    engagement_id: int
    position: str = Field(description="The requisition's title.")
    candidate_code: str
    state: words.ApplicationState | None = Field(
        description="For a limited account: client_review while it waits for an answer, else null."
    )
    candidate_id: int | None = Field(description=NOT_LIMITED)
    requisition_id: int | None = Field(description=NOT_LIMITED)
    vendor_id: int | None = Field(description=NOT_LIMITED)
    source: str | None = Field(description=NOT_LIMITED)
    score: Decimal | None = Field(description="Of 100, by the scorecards.")
    must_haves: MustHaves
    put_forward_at: datetime | None
    client_decision: words.Decision
    client_decided_at: datetime | None
    created_at: datetime | None = Field(description=NOT_LIMITED)
    changed_at: datetime | None = Field(description=CHANGED)

    @staticmethod
    def resolve_engagement_id(row: Application) -> int:
        return row.requisition.engagement_id

    @staticmethod
    def resolve_position(row: Application) -> str:
        return row.requisition.title

    @staticmethod
    def resolve_candidate_code(row: Application) -> str:
        return row.candidate.code

    @staticmethod
    def resolve_must_haves(row: Application) -> dict[str, int]:
        met, of = row.must_haves
        return {"met": met, "of": of}

    @staticmethod
    def resolve_state(row: Application, context: Any) -> str | None:
        waits = row.state == Application.State.CLIENT_REVIEW
        return row.state if waits or not _limited(context) else None

    @staticmethod
    def resolve_candidate_id(row: Application, context: Any) -> int | None:
        return None if _limited(context) else row.candidate_id

    @staticmethod
    def resolve_requisition_id(row: Application, context: Any) -> int | None:
        return None if _limited(context) else row.requisition_id

    @staticmethod
    def resolve_vendor_id(row: Application, context: Any) -> int | None:
        return None if _limited(context) else row.vendor_id

    @staticmethod
    def resolve_source(row: Application, context: Any) -> str | None:
        return None if _limited(context) else str(row.source)

    @staticmethod
    def resolve_created_at(row: Application, context: Any) -> datetime | None:
        return None if _limited(context) else row.created_at

    @staticmethod
    def resolve_changed_at(row: Application, context: Any) -> datetime | None:
        """A client learns nothing of what we did after it was asked."""
        if _limited(context):
            return row.client_decided_at or row.put_forward_at
        return row.moved_at


def _limited(context: Any) -> bool:
    return bool(context["request"].auth.is_limited)


class FactOut(Schema):
    skill: str
    level: str
    at: datetime


class PersonOut(Schema):
    """Who it is, for a token with the scope candidates:personal."""

    name: str
    email: str
    phone: str
    city: str
    headline: str


class CandidateOut(Schema):
    id: int
    code: str
    source: words.Source
    vendor_id: int | None
    country: str
    language: str = Field(description="Of mails to them.")
    consented_at: datetime | None
    notice_version: str
    facts: list[FactOut]
    created_at: datetime
    changed_at: datetime = Field(description="When they came, agreed, or something was added.")
    person: PersonOut | None = Field(description="Null without the scope candidates:personal.")

    @staticmethod
    def resolve_person(row: Candidate, context: Any) -> Candidate | None:
        return row if context["request"].auth.may("candidates:personal") else None
