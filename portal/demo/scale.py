"""As many applications as are asked for, told by patterns a thousand at a time: to measure with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from core import roles
from core.models import Message
from portal.book import Book
from portal.demo import milestones
from portal.demo import people as demo_people
from portal.demo import vendors as demo_vendors
from portal.demo.briefs import Company
from portal.demo.candidates import Pool
from portal.demo.clock import SEED, Clock
from portal.demo.load import tell
from portal.demo.patterns import KRAKOW, LISBON, MALAGA, Pattern, begin
from portal.demo.people import People
from portal.demo.tale import Tale
from portal.demo.vendors import Market
from recruiting.models import Application

AT_ONCE = 1000  # what is in memory at a time
# Real histories have four or five lines; ten make 1,000,000 of 100,000 applications.
LINES = 10
OPEN_CALL = 50  # one application in so many goes to one and the same requisition
OF_A_REQUISITION = 200
RETURNING = 0.12
# What an engagement is in, by its turn, and how many days ago it may have begun.
STATES = [
    ("recruiting", (85, 112)),
    ("live", (215, 320)),
    ("training", (125, 160)),
    ("live", (215, 360)),
    ("live", (240, 360)),
    ("recruiting", (85, 112)),
    ("live", (215, 360)),
    ("closed", (345, 365)),
    ("live", (215, 360)),
    ("on_hold", (95, 150)),
]
SPEAKING = [
    ("german", "de", KRAKOW),
    ("french", "fr", LISBON),
    ("spanish", "es", MALAGA),
    ("english", "en", LISBON),
    ("italian", "it", MALAGA),
]
TAUGHT = {"Customer care": ("The client's products, tools and customers.", 12, 8, 75, 12)}
TOLD = {
    "recruiting.applied": "We have your application, and answer within five working days.",
    "recruiting.rejection": "We cannot offer you this work. Thank you for the time you took.",
}


def patterns(applications: int, at_once: int, random: Random) -> Iterator[Pattern]:
    """Say what is told of each engagement: the open call first, then the others in their turn."""
    call = applications // OPEN_CALL
    if call:
        yield _pattern(0, call, ("recruiting", (90, 110)), random, requisition_of=applications)
    rest = applications - call
    for number, start in enumerate(range(0, rest, at_once), start=1):
        state = STATES[(number - 1) % len(STATES)]
        yield _pattern(number, min(at_once, rest - start), state, random)


def _pattern(
    number: int,
    applications: int,
    state: tuple[str, tuple[int, int]],
    random: Random,
    *,
    requisition_of: int = OF_A_REQUISITION,
) -> Pattern:
    region, language, where = SPEAKING[number % len(SPEAKING)]
    name, (youngest, oldest) = state
    return Pattern(
        f"SC-{number}",
        f"scale-{number}",
        f"Customer care {number}",
        name,
        random.randint(youngest, oldest),
        region,
        language,
        max(2.0, applications / 5),
        applications,
        programme="Customer care",
        where=where,
        recruiter=random.choice(["recruiter", "recruiter_2", "recruiter_3"]),
        trainer=random.choice(["trainer", "trainer_2"]),
        vendors=("wisla", "levante"),
        scope="Customer care by phone, first line.",
        requisition_of=requisition_of,
    )


def load(now: datetime, applications: int, *, at_once: int = AT_ONCE) -> Iterator[int]:
    """Load so many applications with all that belongs to them; say after each part how many."""
    clock = Clock(now)
    with transaction.atomic():
        roles.sync()
        # Nobody can sign in to these accounts: there is no password that everybody knows.
        people = demo_people.invite(clock, password=None)
        market = demo_vendors.bring_in(Book(), people, clock)
    done = 0
    for number, pattern in enumerate(patterns(applications, at_once, clock.random)):
        _tell(pattern, people, market, Clock(now, SEED + 1 + number))
        done += pattern.applications
        yield done
    with transaction.atomic():
        milestones.write(clock)


@transaction.atomic
def _tell(pattern: Pattern, people: People, market: Market, clock: Clock) -> None:
    tale = Tale(companies=_company(pattern, people, clock), programmes=dict(TAUGHT), lines=LINES)
    begin(tale, pattern)
    # Each part has a mail host of its own, so that no address is there twice.
    pool = Pool(clock, set(), returning=RETURNING, host=f"{pattern.code.lower()}.")
    # Some were imported and never applied: as many as make up for those who applied twice.
    for _ in range(round(pattern.applications * RETURNING)):
        at = clock.ago(clock.random.randint(1, pattern.age))
        pool.newcomer(pattern.region, at, source="import", vendor=None, strong=False)
    tell(tale, people=people, market=market, clock=clock, pool=pool, patterns=[pattern])
    Message.objects.bulk_create(mails(pool.book.rows[Application]), batch_size=2000)


def _company(pattern: Pattern, people: People, clock: Clock) -> dict[str, Company]:
    """Return the client, with a person who decides for it."""
    key = pattern.client
    person = (f"client@{key}.example", f"Decides at {key}", "Customer care")
    demo_people.join(people, {key: person}, clock)
    name = key.replace("-", " ").capitalize()
    return {key: Company(name, f"{name} Ltd.", "retail", "medium", "DE", pattern.zone, (key,))}


def mails(applications: list[Application]) -> Iterator[Message]:
    """Give the mails that went to those who applied by themselves: received, and rejected."""
    kind = ContentType.objects.get_for_model(Application)
    for row in applications:
        if row.source != "careers":
            continue
        told = {"recruiting.applied": row.created_at}
        if row.state == "rejected":
            told["recruiting.rejection"] = row.moved_at
        for template, at in told.items():
            yield Message(
                template=template,
                to=row.candidate.email,
                subject_type=kind,
                subject_id=row.pk,
                subject_line="Your application",
                body=TOLD[template],
                outcome=Message.Outcome.SENT,
                created_at=at,
                sent_at=at + timedelta(seconds=4),
            )
