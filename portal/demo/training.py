"""Programmes, classes and the people in them: what takes a reserved seat live."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from core import effects
from engagements.models import Seat
from portal.book import Book
from portal.demo.clock import Clock, shift
from portal.demo.courses import Course
from portal.demo.engagements import Account
from portal.demo.hiring import Hire
from portal.demo.people import People
from portal.demo.tale import Tale
from training.models import Certificate, Enrolment, Programme, TrainingClass

AFTER_CLASS = {"certified", "left", "nesting", "extended", "assessment"}
IN_NESTING = {"certified", "left", "nesting", "extended"}


class School:
    """Writes classes and enrolments, and moves the seats of those enrolled."""

    def __init__(
        self,
        book: Book,
        people: People,
        clock: Clock,
        accounts: dict[str, Account],
        tale: Tale,
    ) -> None:
        self.book, self.people, self.clock = book, people, clock
        self.accounts, self.tale = accounts, tale
        self.programmes: dict[str, Programme] = {}

    def teach(self, hires: list[Hire]) -> None:
        for name, (description, days, nesting, mark, months) in self.tale.programmes.items():
            taught = {
                "description": description,
                "days": days,
                "nesting_days": nesting,
                "pass_mark": mark,
                "certificate_months": months,
            }
            self.programmes[name], _ = Programme.objects.get_or_create(name=name, defaults=taught)
        for key, course in self.tale.courses.items():
            people = [hire for hire in hires if hire.course == key]
            self._class(course, people)
        for account in self.accounts.values():
            if closed := account.times.get("close"):
                self._end(account.seats, closed)

    def _end(self, seats: list[Seat], closed: datetime) -> None:
        """Cancel the seats of an engagement that is closed: whoever had one has left by then."""
        delivery = self.people.actor("delivery")
        for seat in seats:
            self.book.tell(seat, "cancel", closed + timedelta(minutes=20), delivery)

    def _class(self, course: Course, people: list[Hire]) -> None:
        clock = self.clock
        programme = self.programmes[course.programme]
        starts = clock.day(course.starts)
        trainer = self.people.actor(course.trainer)
        created = min(clock.at(shift(starts, -35)), clock.ago(2))
        row = self.book.add(
            TrainingClass(
                engagement=self.accounts[course.account].engagement,
                programme=programme,
                name=course.name,
                trainer=self.people.user(course.trainer),
                starts_on=starts,
                ends_on=shift(starts, programme.days + programme.nesting_days),
                places=course.places,
                created_at=created,
            )
        )
        if course.state == "cancelled":
            self.book.tell(row, "cancel", clock.ago(1), trainer, "Too few people by then.")
            return
        if course.state == "planned":
            return
        opened = min((h.told.journey.ended for h in people), default=created)
        opened = max(min(clock.after(created, 1, 2), opened), created)
        self.book.tell(row, "open", opened, trainer)
        begun = clock.at(starts, 7) if course.state != "open" else None
        if begun:
            self.book.tell(row, "start", begun, trainer)
        last = [self._enrol(row, course, hire, begun, opened) for hire in people]
        if course.state == "completed":
            self.book.tell(row, "complete", max(last) + timedelta(minutes=30), trainer)

    def _enrol(
        self,
        row: TrainingClass,
        course: Course,
        hire: Hire,
        begun: datetime | None,
        opened: datetime,
    ) -> datetime:
        """Write one person's enrolment, and return when something last happened to it."""
        trainer = self.people.actor(course.trainer)
        enrolled = max(hire.told.journey.ended, opened) + timedelta(minutes=20)
        enrolment = self.book.add(
            Enrolment(
                training_class=row,
                application=hire.told.application,
                seat=hire.seat,
                created_at=enrolled,
            )
        )
        if begun is None:
            return enrolled
        self.book.tell(enrolment, "start", begun, trainer)
        self.book.tell(hire.seat, "train", begun, trainer)
        if hire.outcome in {"failed", "withdrawn"} and hire.left_at:
            step, note = LEAVING[hire.outcome]
            self.book.tell(enrolment, step, hire.left_at, trainer, note)
            self._vacate(hire, hire.left_at, "Left the class")
            return hire.left_at
        if hire.outcome not in AFTER_CLASS:
            return begun
        return self._after_class(row, hire, enrolment, begun)

    def _after_class(
        self, row: TrainingClass, hire: Hire, enrolment: Enrolment, begun: datetime
    ) -> datetime:
        clock, trainer = self.clock, row.trainer.actor
        programme = row.programme
        assessed = clock.at(shift(begun.date(), programme.days), 9)
        assessed = min(assessed, clock.ago(2, 9))
        self.book.tell(enrolment, "assess", assessed, trainer)
        low = int(programme.pass_mark)
        enrolment.score = Decimal(clock.random.randint(low + 1, 98))
        if hire.outcome == "assessment":
            enrolment.score = None if clock.chance(0.5) else Decimal(low - 6)
            return assessed
        nested = assessed + timedelta(hours=5)
        self.book.tell(enrolment, "nest", nested, trainer)
        self.book.tell(hire.seat, "nest", nested, trainer)
        if hire.outcome == "extended":
            at = min(clock.after(nested, 4, 5), clock.ago(1))
            self.book.tell(enrolment, "extend", at, trainer, "Handling time still too long.")
            return at
        if hire.outcome == "nesting":
            return nested
        certified = clock.at(shift(nested.date(), programme.nesting_days), 14)
        self.book.tell(enrolment, "certify", certified, trainer)
        self.book.tell(hire.seat, "go_live", certified, trainer)
        self._certificate(enrolment, programme, certified.date())
        if hire.left_at:
            self._vacate(hire, hire.left_at, "Resigned")
        return certified

    def _vacate(self, hire: Hire, at: datetime, note: str) -> None:
        """Vacate the seat, and reopen it unless the person left only days ago."""
        delivery = self.people.actor("delivery")
        self.book.tell(hire.seat, "vacate", at, self.people.system, note, on=at.date())
        again = self.clock.after(at, 1, 1)
        is_over = "close" in self.accounts[self.tale.openings[hire.opening].account].times
        if again < self.clock.now - timedelta(days=14) and not is_over:
            self.book.tell(hire.seat, "reopen", again, delivery, "Backfill")

    def _certificate(self, enrolment: Enrolment, programme: Programme, on: date) -> None:
        self.book.add(
            Certificate(enrolment=enrolment, issued_on=on, expires_on=programme.expires_on(on))
        )

    def save(self) -> None:
        """Save classes and enrolments, and number certificates by day."""
        self.book.save(TrainingClass)
        self.book.save(Enrolment)
        rows = sorted(self.book.rows[Certificate], key=lambda row: row.issued_on)
        counted: dict[int, int] = {}
        for row in rows:
            year = row.issued_on.year
            if year not in counted:
                number = Certificate.objects.next_number(year)
                counted[year] = int(number.rpartition("-")[2]) - 1
            counted[year] += 1
            row.number = NUMBER.format(year=year, count=counted[year])
        self.book.save(Certificate)


def print_certificates() -> None:
    """Have the certificates printed later, one after the other, beside what people do meanwhile."""
    for number, row in enumerate(Certificate.objects.order_by("-issued_on", "pk")):
        effects.cause(
            "training.render_certificate",
            key=f"certificate:{row.pk}",
            after=timedelta(minutes=2, seconds=3 * number),
            certificate=row.pk,
        )


NUMBER = "CERT-{year}-{count:04}"
LEAVING = {
    "failed": ("fail", "Below the pass mark twice."),
    "withdrawn": ("withdraw", "Has decided for other work."),
}
