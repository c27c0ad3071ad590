"""One application: the person, the steps, scorecards, the client's word, the offer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from core.models import Actor
from engagements.models import Seat
from portal.demo.candidates import NOTICE, Known, Pool
from portal.demo.clock import Clock
from portal.demo.journeys import Journey
from portal.demo.openings import Opening
from portal.demo.people import People
from portal.demo.tale import Tale
from portal.demo.vendors import Market
from recruiting.models import Application, Criterion, Mark, Offer, Requisition, Scorecard

REASONS = {
    "applied": [
        "Language below the level asked for",
        "No right to work in the country, and no time to wait for it",
        "Wants to work from home only",
    ],
    "screening": [
        "Language below the level asked for, in the call",
        "Cannot work the hours of the line",
        "Expects a salary far above the band",
    ],
    "assessment": ["Language test below the level", "Too many mistakes in the writing test"],
    "interview": [
        "Did not let the caller finish, in both role plays",
        "Little patience in the second role play",
        "No examples of hard conversations",
    ],
    "client_review": ["Declined by the client"],
    "offered": ["The offer came to nothing"],
}
PRAISE = [
    "Warm and precise; asked back before answering.",
    "Calm when pressed. Sums up well at the end of a call.",
    "Quick in the systems, a little hurried with people: one to coach.",
    "Has done this work before, and says what went wrong there.",
]
DOUBT = [
    "Friendly, but answered a question that was not asked.",
    "Lost the thread when two things came at once.",
    "Would rather sell than help; better placed elsewhere.",
]
CLIENT_YES = ["", "", "Good German, and kind.", "Yes, gladly.", "Fits our team."]
CLIENT_NO = "We need somebody with more calm for our older customers."
WITHDRAWN = ["Has taken another job", "Stays where they are", "Does not answer any more"]
INTERVIEWERS = ["hr", "delivery", "recruiter_2", "recruiter_3"]


@dataclass(eq=False)
class Told:
    """An application as it was written, with its offer if it came to one."""

    application: Application
    journey: Journey
    known: Known
    offer: Offer | None = None


class Writer:
    """Writes applications for one opening."""

    def __init__(
        self, people: People, market: Market, clock: Clock, pool: Pool, tale: Tale
    ) -> None:
        self.book, self.people, self.market = pool.book, people, market
        self.clock, self.pool, self.tale = clock, pool, tale
        self.items: dict[int, list[Criterion]] = {}

    def write(
        self,
        key: str,
        opening: Opening,
        requisition: Requisition,
        journey: Journey,
        *,
        ends: bool,
    ) -> Told:
        """Write an application that went this way. With `ends` its person may apply elsewhere."""
        strong = journey.at("interview") is not None
        known = self._person(key, opening, journey, strong=strong)
        known.requisitions.add(key)
        known.free_from = (
            journey.ended + timedelta(days=8) if ends else self.clock.now + timedelta(days=999)
        )
        application = self.book.add(
            Application(
                candidate=known.candidate,
                requisition=requisition,
                criteria_set=requisition.criteria_set,
                vendor=known.candidate.vendor,
                source=known.candidate.source,
                created_at=journey.began,
            )
        )
        told = Told(application, journey, known)
        self._steps(told, opening)
        self._prove(told)
        self._client(told, opening)
        self._scorecards(told)
        return told

    def _prove(self, told: Told) -> None:
        """Whoever came to an interview has shown most must-haves; who went further, all of them."""
        application, journey = told.application, told.journey
        met = journey.at("interview")
        if met is None:
            return
        items = self._items(application, "must")
        if not (journey.at("put_forward") or journey.at("offer")):
            items = items[:-1]
        self.pool.prove(application.candidate, items, met)

    def _person(self, key: str, opening: Opening, journey: Journey, *, strong: bool) -> Known:
        applied = journey.at("apply")
        if applied == journey.began:
            back = self.pool.returning(opening.region, key, journey.began)
            if back:
                return back
        source = self._source(opening, by_themselves=applied == journey.began)
        vendor = None
        if source == "vendor":
            vendor = self.market.vendors[self.clock.one_of(opening.vendors)]
        known = self.pool.newcomer(
            opening.region, journey.began, source=source, vendor=vendor, strong=strong
        )
        if applied and not known.candidate.consented_at:
            known.candidate.notice_version, known.candidate.consented_at = NOTICE, applied
        return known

    def _source(self, opening: Opening, *, by_themselves: bool) -> str:
        if not by_themselves:
            return self.clock.one_of(["import", "import", "hand"])
        return self.clock.one_of(["careers"] * 4 + (["vendor"] if opening.vendors else []))

    def _steps(self, told: Told, opening: Opening) -> None:
        application, journey = told.application, told.journey
        moved = journey.began
        stage = "applied"
        for step, at in journey.steps[1:]:
            if step.startswith("offer."):
                continue
            note, details = "", {}
            if step == "reject":
                reason = self.clock.one_of(REASONS[stage])
                note, details = reason, {"reason": reason}
            elif step == "withdraw":
                declined = journey.at("offer.decline")
                note = "The offer was declined." if declined else self.clock.one_of(WITHDRAWN)
            elif step == "put_forward":
                self.book.afterwards(application, put_forward_at=at)
            elif step == "apply" and application.vendor:
                note = f"{application.vendor} put them forward, and confirmed their consent."
            by = self._by(step, told, opening)
            self.book.tell(application, step, at, by, note, **details)
            stage = ENTERED.get(step, stage)
            moved = at
        self.book.afterwards(application, moved_at=moved)

    def _by(self, step: str, told: Told, opening: Opening) -> Actor:
        candidate = told.application.candidate
        if step == "apply" and candidate.source == "vendor":
            return self.people.system
        if step == "apply" and candidate.source == "careers":
            return self.pool.holder(candidate)
        if step in {"hire", "offer.accept", "offer.decline"}:
            return self.pool.holder(candidate)
        if step == "withdraw" and told.journey.at("offer.decline"):
            return self.pool.holder(candidate)
        if step == "offer.expire":
            return self.people.system
        return self.people.actor("hr" if step == "offer.approve" else opening.recruiter)

    def _client(self, told: Told, opening: Opening) -> None:
        """Write what the client said of those it was shown and who went on, or did not."""
        shown = told.journey.at("put_forward")
        after = [at for _, at in told.journey.steps if shown and at > shown]
        if not (shown and after):
            return
        declined = told.journey.at("reject") and not told.journey.at("offer")
        who = self.tale.readers(opening.account)[0]
        self.book.afterwards(
            told.application,
            put_forward_at=shown,
            client_decision="declined" if declined else "approved",
            client_comment=CLIENT_NO if declined else self.clock.one_of(CLIENT_YES),
            client_decided_by=self.people.actor(who),
            client_decided_at=shown + (after[0] - shown) / 2,
        )

    def _scorecards(self, told: Told) -> None:
        met = told.journey.at("interview")
        if met is None:
            return
        after = [at for _, at in told.journey.steps if at > met]
        if not after and self.clock.chance(0.55):
            return
        done = after[0] if after else self.clock.now
        good = bool(told.journey.at("offer") or told.journey.at("put_forward"))
        recruiter = told.application.requisition.recruiter
        self._scorecard(told, recruiter.actor, met + (done - met) * 0.4, good=good)
        if self.clock.chance(0.35):
            others = [who for who in INTERVIEWERS if self.people.user(who) != recruiter]
            second = self.people.actor(self.clock.one_of(others))
            self._scorecard(told, second, met + (done - met) * 0.6, good=good)

    def _scorecard(self, told: Told, by: Actor, at: datetime, *, good: bool) -> None:
        card = self.book.add(
            Scorecard(
                application=told.application,
                by=by.user,
                summary=self.clock.one_of(PRAISE if good else DOUBT),
                submitted_at=at,
            )
        )
        marks = [3, 3, 3, 4, 4, 2] if good else [1, 2, 2, 2, 3, 3]
        for item in self._items(told.application, "weighted"):
            self.book.add(Mark(scorecard=card, criterion=item, value=self.clock.one_of(marks)))

    def _items(self, application: Application, kind: str) -> list[Criterion]:
        """Return the items of a kind by which the person is judged, read once for each set."""
        pk = application.criteria_set.pk
        if pk not in self.items:
            self.items[pk] = list(application.criteria_set.items.all())
        return [item for item in self.items[pk] if item.kind == kind]

    def offer(self, told: Told, opening: Opening, seat: Seat, *, starts_on: date) -> Offer:
        """Write the offer that the journey holds, and what it did to the seat."""
        journey = told.journey
        drafted = journey.at("offer") or journey.ended
        sent = journey.at("offer.send")
        low, high = opening.salary
        told.offer = offer = self.book.add(
            Offer(
                application=told.application,
                seat=seat,
                monthly_salary=Decimal(self.clock.random.randrange(low, high + 1, 10)),
                currency="EUR",
                starts_on=starts_on,
                expires_on=self._last_day(journey, sent or drafted),
                created_at=drafted,
            )
        )
        self.book.tell(seat, "reserve", drafted, self._by("offer", told, opening))
        for step, at in journey.steps:
            if not step.startswith("offer."):
                continue
            name, by = step.removeprefix("offer."), self._by(step, told, opening)
            details = {"answer": "I have found work nearer home."} if name == "decline" else {}
            self.book.tell(offer, name, at, by, "", **details)
            if name in {"decline", "expire", "rescind"}:
                self.book.tell(seat, "free", at, by)
        return offer

    def _last_day(self, journey: Journey, sent: datetime) -> date:
        day = sent.date() + timedelta(days=7)
        if expired := journey.at("offer.expire"):
            return min(day, expired.date() - timedelta(days=1))
        is_over = any(journey.at(step) for step in ("hire", "offer.decline", "offer.rescind"))
        return day if is_over else max(day, self.clock.today + timedelta(days=4))


# The stage that a step leads into: what a rejection is a rejection from.
ENTERED = {
    "apply": "applied",
    "screen": "screening",
    "assess": "assessment",
    "interview": "interview",
    "put_forward": "client_review",
    "offer": "offered",
}
