"""Clients and engagements, their requirements, and the plans and seats that follow from them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.models import Actor
from core.versions import freeze
from engagements.actions import make_plan
from engagements.actions.requirements import content
from engagements.hours import every
from engagements.models import (
    Assumption,
    Client,
    ClientPerson,
    Engagement,
    LineOfBusiness,
    Requirements,
    Seat,
)
from portal.book import Book
from portal.demo.briefs import Brief, LineBrief
from portal.demo.clock import Clock
from portal.demo.people import People
from portal.demo.tale import Tale
from portal.demo.vendors import Market

STEP_BY = {
    "scope": "owner",
    "plan": "owner",
    "propose": "owner",
    "agree": "",
    "recruit": "hr",
    "train": "delivery",
    "go_live": "delivery",
    "close": "delivery",
    "hold": "owner",
    "lose": "owner",
}

# What the clients' systems would tell.
PATIENCE = {"phone": 180, "chat": 120}
ONE_DAY = Decimal(8)  # hours of service
VARIES = Decimal("0.06")
# What nobody has measured.
ASSUMED = [
    ("Growth of the volume", "8", "% a year", "Client's business plan (demo: made up)", "client"),
    ("Time until a new agent is at full pace", "6", "weeks", "Our last three teams (demo)", "us"),
]


@dataclass
class Account:
    """An engagement of the demo with what hangs on it, not yet saved."""

    brief: Brief
    engagement: Engagement
    times: dict[str, datetime]
    accepted: Requirements | None = None
    lines: list[LineOfBusiness] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)


class Accounts:
    """Writes clients, engagements, requirements, plans and seats into the book."""

    def __init__(
        self, book: Book, people: People, market: Market, clock: Clock, tale: Tale
    ) -> None:
        self.book, self.people, self.market, self.clock = book, people, market, clock
        self.tale = tale
        self.clients: dict[str, Client] = {}
        self.accounts: dict[str, Account] = {}

    def open_all(self) -> dict[str, Account]:
        for key, company in self.tale.companies.items():
            self.clients[key] = client = self.book.add(
                Client(
                    name=company.name,
                    legal_name=company.legal_name,
                    industry=company.industry,
                    size=company.size,
                    country=company.country,
                    time_zone=company.zone,
                )
            )
            for person in company.people:
                self.book.add(ClientPerson(client=client, user=self.people.user(person)))
        self.accounts = {code: self._open(code, brief) for code, brief in self.tale.briefs.items()}
        self.save()
        return self.accounts

    def _open(self, code: str, brief: Brief) -> Account:
        clock = self.clock
        words, days = brief.next_step
        engagement = Engagement(
            client=self.clients[brief.client],
            name=brief.name,
            code=code,
            owner=self.people.user(brief.owner),
            currency="EUR",
            go_live_on=clock.day(brief.go_live),
            next_step=words,
            next_step_on=clock.day(days),
            created_at=clock.ago(brief.created),
        )
        times = clock.each_ago(brief.steps)
        for step, at in times.items():
            details = {"reason": brief.lost_reason} if step == "lose" else {}
            self.book.tell(engagement, step, at, self._who(brief, STEP_BY[step]), **details)
        account = Account(brief, self.book.add(engagement), times)
        if brief.lines:
            self._require(account)
        return account

    def _who(self, brief: Brief, key: str) -> Actor:
        if not key:
            return self.people.system
        return self.people.actor(brief.owner if key == "owner" else key)

    def _client_actor(self, brief: Brief) -> Actor:
        return self.people.actor(self.tale.companies[brief.client].people[0])

    def _require(self, account: Account) -> None:
        """Write each version of the requirements; the newest accepted one is what is planned."""
        brief, book, clock = account.brief, self.book, self.clock
        taken = [clock.ago(days) for days in brief.accepted]
        for number, days in enumerate(brief.submitted):
            at = clock.ago(days)
            requirements = self._requirements(account, number + 1, clock.before(at, 1, 2))
            book.tell(requirements, "submit", at, self._client_actor(brief), frozen=None, sha256="")
            # Earlier ones reckoned with longer calls: there is something that changed.
            longer = 20 * (len(brief.submitted) - 1 - number)
            self._assume(account, requirements)
            lines = [
                self._line(requirements, i, one, longer)
                for i, one in enumerate(brief.lines, start=1)
            ]
            if number < len(taken):
                book.tell(requirements, "accept", taken[number], self._who(brief, "owner"))
            if number + 1 < len(taken):
                book.tell(requirements, "supersede", taken[number + 1], self.people.system)
            account.accepted, account.lines = requirements, lines

    def _requirements(self, account: Account, version: int, at: datetime) -> Requirements:
        brief = account.brief
        return self.book.add(
            Requirements(
                engagement=account.engagement,
                version=version,
                scope_of_service=brief.scope,
                deployment=brief.deployment,
                delivery_countries=list(brief.countries),
                customer_time_zone=brief.zone,
                structure_wish=brief.wish,
                go_live_on=self.clock.day(brief.go_live),
                created_at=at,
            )
        )

    def _line(
        self, requirements: Requirements, position: int, brief: LineBrief, longer: int
    ) -> LineOfBusiness:
        opens, closes = (f"{hour:02}:00" for hour in brief.hours)
        share, threshold = brief.service
        return self.book.add(
            LineOfBusiness(
                requirements=requirements,
                position=position,
                name=brief.name,
                channel=brief.channel,
                language=brief.language,
                language_level=brief.level,
                tier=brief.tier,
                hours=every(brief.days, opens, closes),
                contacts_per_half_hour=None if isinstance(brief.volume, list) else brief.volume,
                week=_each_day(brief),
                volume_source="Client's report of the last quarter (demo: made-up numbers)",
                aht_s=brief.aht_s + longer,
                service_level=Decimal(share),
                threshold_s=threshold,
                concurrency=brief.concurrency,
                patience_s=PATIENCE.get(brief.channel),
                deadline_h=ONE_DAY if brief.channel == "email" else None,
                volume_cv=VARIES,
                skills=[
                    {"name": name, "kind": "hard", "level": "good", "evidence": "test", "uri": ""}
                    for name in brief.skills
                ],
            )
        )

    def _assume(self, account: Account, requirements: Requirements) -> None:
        for what, value, unit, source, given_by in ASSUMED:
            self.book.add(
                Assumption(
                    requirements=requirements,
                    what=what,
                    value=value,
                    unit=unit,
                    source=source,
                    given_by=given_by,
                    owner=account.engagement.owner,
                )
            )

    def save(self) -> None:
        """Save what clients asked for, then plan it as staff would."""
        for model in (Client, ClientPerson, Engagement, Requirements, LineOfBusiness, Assumption):
            self.book.save(model)
        submitted = [row for row in self.book.rows[Requirements] if row.state != "draft"]
        for row in submitted:
            row.frozen, row.sha256 = freeze(content(row))
        Requirements.objects.bulk_update(submitted, ["frozen", "sha256"])
        for account in self.accounts.values():
            if account.accepted and "plan" in account.times:
                self._plan(account, account.accepted)

    def _plan(self, account: Account, requirements: Requirements) -> None:
        """Have the plan made, and take its seats back: they are adopted with their histories."""
        by = self._who(account.brief, "owner")
        plan = make_plan(requirements, by=by)
        plan.made_at = account.times["plan"] - timedelta(minutes=40)
        plan.save()
        account.seats = list(plan.seats.select_related("line", "team").order_by("number"))
        plan.seats.all().delete()
        for seat in account.seats:
            seat.site = self.market.sites[account.brief.site]
            seat.created_at = plan.made_at
            if agreed := account.times.get("agree"):
                self.book.tell(seat, "approve", agreed, self.people.system)
            if lost := account.times.get("lose"):
                self.book.tell(seat, "cancel", lost, self.people.system, "The engagement was lost.")
            self.book.add(seat)


def _each_day(brief: LineBrief) -> list[list[object]] | None:
    """Return a day's volume on each day of service; none where it is the same all the time."""
    if not isinstance(brief.volume, list):
        return None
    return [[day, at, contacts] for day in brief.days for at, contacts in brief.volume]
