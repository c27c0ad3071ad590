"""Requisitions and who came of them: which seat each hire has, and which offers came to nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engagements.models import Seat
from portal.demo.applications import Told, Writer
from portal.demo.candidates import Pool
from portal.demo.clock import Clock, shift
from portal.demo.engagements import Account
from portal.demo.journeys import (
    OFFER,
    Journey,
    Pause,
    Pauses,
    ending_at,
    stages,
    until,
    with_offer,
)
from portal.demo.openings import LEAD, STEP_BY, Opening, about
from portal.demo.people import People
from portal.demo.tale import Tale
from portal.demo.vendors import Market
from recruiting.models import (
    Application,
    CriteriaSet,
    Mark,
    Offer,
    Requisition,
    Scorecard,
)

# How far those came who were rejected, withdrew or wait: stage and weight.
REACHED = {
    "rejected": (
        ("applied", 28),
        ("screening", 32),
        ("assessment", 12),
        ("interview", 18),
        ("client_review", 8),
    ),
    "withdrawn": (("applied", 3), ("screening", 4), ("interview", 3)),
    "on_hold": (("screening", 2), ("interview", 2), ("applied", 1)),
}
END = {"rejected": ("reject", 1, 6), "withdrawn": ("withdraw", 1, 5), "on_hold": ("hold", 1, 4)}


@dataclass(eq=False)
class Hire:
    """Somebody who accepted, the seat they were given, and what became of them in class."""

    opening: str
    told: Told
    seat: Seat
    course: str = ""
    outcome: str = ""
    left_at: datetime | None = None


class Hiring:
    """Writes every opening into the book, oldest first."""

    def __init__(
        self,
        *,
        people: People,
        market: Market,
        clock: Clock,
        accounts: dict[str, Account],
        sets: dict[str, CriteriaSet],
        pool: Pool,
        tale: Tale,
    ) -> None:
        self.book, self.people, self.market, self.clock = pool.book, people, market, clock
        self.accounts, self.sets, self.tale = accounts, sets, tale
        self.writer = Writer(people, market, clock, pool, tale)
        self.requisitions: dict[str, Requisition] = {}
        self.seats: dict[str, list[Seat]] = {}
        self.hires: list[Hire] = []
        self.used: set[str] = set()
        self.left = iter(tale.left)
        self.pauses = Pauses(tale.lines, clock) if tale.lines else None

    def run(self) -> list[Hire]:
        for key, opening in self.tale.openings.items():
            self._open(key, opening)
        return self.hires

    def _open(self, key: str, opening: Opening) -> None:
        self.seats[key] = seats = self._seats(opening)
        self.requisitions[key] = requisition = self._requisition(key, opening)
        opened = self._told(opening, requisition, seats)
        if opened is None:
            return
        hires = self._hire(key, opening, requisition, opened)
        until = self._last_moment(opening, requisition, hires, opened)
        self._offers(key, opening, requisition, opened, hires)
        self._others(key, opening, requisition, opened, until)

    def _seats(self, opening: Opening) -> list[Seat]:
        """Return the seats asked for: vacated ones, or those of the role and line still free."""
        if opening.backfills:
            gone = [
                hire.seat
                for hire in sorted(self.hires, key=lambda hire: hire.left_at or self.clock.now)
                if hire.left_at and hire.opening in opening.backfills
            ]
            found = [seat for seat in gone if f"again {seat.number}" not in self.used]
            found = found[: opening.seats]
            self.used |= {f"again {seat.number}" for seat in found}
            return found
        account = self.accounts[opening.account]
        fitting = [
            seat
            for seat in account.seats
            if (seat.role == "agent") == (opening.role != LEAD)
            and (not opening.line or (seat.line is not None and seat.line.name == opening.line))
            and seat.number not in self.used
        ][: opening.seats]
        if "cancel" not in opening.steps:
            self.used |= {seat.number for seat in fitting}
        return fitting

    def _requisition(self, key: str, opening: Opening) -> Requisition:
        account, clock = self.accounts[opening.account], self.clock
        low, high = opening.salary
        country, place = opening.place
        lines = {line.name: line for line in account.lines}
        return self.book.add(
            Requisition(
                engagement=account.engagement,
                title=opening.title,
                role=opening.role,
                line=lines.get(opening.line),
                criteria_set=self.sets[opening.criteria],
                recruiter=self.people.user(opening.recruiter),
                country=country,
                place=place,
                description=about(opening, account.engagement.client.name),
                monthly_salary_from=low,
                monthly_salary_to=high,
                has_assessment=opening.has_assessment,
                has_client_review=opening.has_client_review,
                target_on=clock.day(opening.target),
                created_at=clock.ago(6),
            )
        )

    def _told(
        self, opening: Opening, requisition: Requisition, seats: list[Seat]
    ) -> datetime | None:
        """Tell the requisition's history, and its seats'. Returns when it opened."""
        opened = None
        for step, at in self.clock.each_ago(opening.steps).items():
            if step == "submit":
                requisition.created_at = self.clock.before(at, 1, 3)
            if step == "fill":
                continue
            by = self.people.actor(STEP_BY[step] or opening.recruiter)
            self.book.tell(requisition, step, at, by)
            if step == "approve":
                opened = at
            for seat in seats:
                if step == "approve":
                    self.book.tell(seat, "requisition", at, by)
                elif step == "cancel":
                    self.book.tell(seat, "give_back", at, by)
        return opened

    def _hire(
        self, key: str, opening: Opening, requisition: Requisition, opened: datetime
    ) -> list[Hire]:
        """Hire those whom classes name, and those who wait for one; each takes the next seat."""
        planned = [
            (course_key, outcome)
            for course_key, course in self.tale.courses.items()
            for outcome, count in course.people.get(key, {}).items()
            for _ in range(count)
        ]
        planned += [("", "")] * opening.waiting
        hires = []
        for seat, (course, outcome) in zip(self.seats[key], planned, strict=False):
            end, starts_on = self._accepted(course, opening)
            told = self._tell(key, requisition, "accepted", end=end, opened=opened)
            self.writer.offer(told, opening, seat, starts_on=starts_on)
            hire = Hire(key, told, seat, course, outcome, self._leaves(course, outcome))
            if hire.left_at and told.offer:
                told.offer.ended_at = hire.left_at
            hires.append(hire)
        self.hires += hires
        return hires

    def _accepted(self, course: str, opening: Opening) -> tuple[datetime, date]:
        """Draw when a hire says yes, and the day they begin."""
        clock = self.clock
        if not course:
            return clock.ago(clock.random.randint(2, opening.hired_within)), clock.day(28)
        starts = clock.day(self.tale.courses[course].starts)
        if starts > clock.today:
            return clock.ago(clock.random.randint(2, 14)), starts
        return clock.at(shift(starts, -clock.random.randint(5, 14))), starts

    def _leaves(self, course: str, outcome: str) -> datetime | None:
        if outcome == "left":
            return self.clock.ago(next(self.left))
        days = {"withdrawn": 6, "failed": 10}.get(outcome)
        if days is None:
            return None
        return self.clock.at(shift(self.clock.day(self.tale.courses[course].starts), days))

    def _tell(
        self, key: str, requisition: Requisition, offer: str, *, end: datetime, opened: datetime
    ) -> Told:
        """Write an application that came to an offer, in the state that the offer is in."""
        opening = self.tale.openings[key]
        plan = stages(
            has_assessment=opening.has_assessment, has_client_review=opening.has_client_review
        )
        way = with_offer(offer, plan, self.clock)
        applies = self.clock.chance(0.8)
        journey = self._journey(way, end, opened, applies=applies)
        ends = offer in {"declined", "expired", "rescinded"}
        return self.writer.write(key, opening, requisition, journey, ends=ends)

    def _last_moment(
        self, opening: Opening, requisition: Requisition, hires: list[Hire], opened: datetime
    ) -> datetime:
        """Tell when it was filled, and return until when others were still considered."""
        last = max((hire.told.journey.ended for hire in hires), default=opened)
        if "fill" in opening.steps:
            self.book.tell(requisition, "fill", last, self.people.system)
            return last
        ended = [
            self.clock.ago(opening.steps[s] + 1) for s in ("hold", "cancel") if s in opening.steps
        ]
        return min([self.clock.ago(1), *ended])

    def _offers(
        self,
        key: str,
        opening: Opening,
        requisition: Requisition,
        opened: datetime,
        hires: list[Hire],
    ) -> None:
        """Write the offers that are open or came to nothing, each on a seat that was free then."""
        free = self.seats[key][len(hires) :]
        later = sorted(hires, key=lambda hire: hire.told.journey.at("offer") or opened)
        for state, count in opening.offers.items():
            for _ in range(count):
                end = self.clock.ago(self.clock.random.randint(1, 3))
                if state not in OFFER:
                    end = self.clock.ago(self.clock.random.randint(4, 24))
                if free:
                    seat = free.pop(0)
                else:
                    next_hire = later.pop()
                    seat = next_hire.seat
                    end = self.clock.before(next_hire.told.journey.at("offer") or opened, 1, 2)
                told = self._tell(key, requisition, state, end=end, opened=opened)
                self.writer.offer(told, opening, seat, starts_on=self.clock.day(opening.target))

    def _others(
        self,
        key: str,
        opening: Opening,
        requisition: Requisition,
        opened: datetime,
        until_: datetime,
    ) -> None:
        """Write those without an offer: still on the way, on hold, rejected or withdrawn."""
        plan = stages(
            has_assessment=opening.has_assessment, has_client_review=opening.has_client_review
        )
        for state, count in opening.funnel.items():
            for _ in range(count):
                way = self._way(state, plan)
                is_over = state in {"rejected", "withdrawn"}
                if is_over:
                    end = self.clock.between(opened + timedelta(days=4), until_)
                else:
                    end = min(
                        until_,
                        self.clock.ago(self.clock.random.choice([1, 1, 2, 2, 3, 4, 6, 9, 13])),
                    )
                applies = bool(way) and self.clock.chance(0.85)
                journey = self._journey(way, end, opened, applies=applies)
                self.writer.write(key, opening, requisition, journey, ends=is_over)

    def _journey(
        self, way: list[Pause], end: datetime, opened: datetime, *, applies: bool
    ) -> Journey:
        longer = self.pauses.into(way) if self.pauses else way
        return ending_at(longer, end, self.clock, not_before=opened, applies=applies)

    def _way(self, state: str, plan: list[str]) -> list[Pause]:
        if state not in REACHED:
            return until(state, plan)
        rows = [(stage, weight) for stage, weight in REACHED[state] if stage in plan]
        reached = self.clock.random.choices(
            [stage for stage, _ in rows], [weight for _, weight in rows]
        )[0]
        way = [*until(reached, plan), END[state]]
        if state == "rejected" and self.clock.chance(0.04):
            return [*way, ("undo_rejection", 0, 1), END[state]]
        return way

    def save(self) -> None:
        """Save requisitions with their seats and vendors, then applications and offers."""
        known = Requisition.objects.count()
        for number, row in enumerate(
            sorted(self.book.rows[Requisition], key=lambda row: row.created_at), start=known + 1
        ):
            row.number = f"R-{number}"
        self.book.save(Requisition)
        seats, vendors = Requisition.seats.through, Requisition.vendors.through
        seats.objects.bulk_create(
            seats(requisition=self.requisitions[key], seat=seat)
            for key, found in self.seats.items()
            for seat in found
        )
        vendors.objects.bulk_create(
            vendors(requisition=row, vendor=self.market.vendors[vendor])
            for key, row in self.requisitions.items()
            for vendor in self.tale.openings[key].vendors
        )
        for model in (Application, Scorecard, Mark, Offer):
            self.book.save(model)
