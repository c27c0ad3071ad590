"""Tell the whole story once, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cms.actions import publish_job
from core import roles
from core.models import User
from engagements.models import Client, Engagement, Seat
from portal.book import Book
from portal.demo import approvals, growth, mails, milestones, proposals, training
from portal.demo import people as demo_people
from portal.demo import vendors as demo_vendors
from portal.demo.candidates import Pool
from portal.demo.clock import SEED, Clock
from portal.demo.criteria import Library
from portal.demo.engagements import Accounts
from portal.demo.hiring import Hiring
from portal.demo.patterns import Pattern
from portal.demo.people import People
from portal.demo.proposals import Office
from portal.demo.staffed import staff
from portal.demo.tale import BY_HAND, Tale
from portal.demo.talk import Talk
from portal.demo.training import School
from portal.demo.vendors import Market
from recruiting.models import Application, Candidate, Requisition


def is_loaded() -> bool:
    return User.objects.filter(email=demo_people.SIGN_INS["admin"][0]).exists()


@transaction.atomic
def load(now: datetime) -> dict[str, int]:
    """Load the demo as of `now`, and return how many rows of each main kind there are."""
    roles.sync()
    clock = Clock(now)
    people = demo_people.invite(clock)
    market = demo_vendors.bring_in(Book(), people, clock)
    taken: set[str] = set()
    tell(BY_HAND, people=people, market=market, clock=clock, pool=Pool(clock, taken))
    _grow(people, market, Clock(now, SEED + 1), taken)
    for requisition in Requisition.objects.open():
        publish_job(requisition)
    milestones.write(clock)
    mails.send(people)
    approvals.write(people, clock)
    Talk(people, clock).write()
    training.print_certificates()
    proposals.print_contracts()
    return counts()


def _grow(people: People, market: Market, clock: Clock, taken: set[str]) -> None:
    """Tell what is usual by patterns. Its own chance leaves the story by hand as it is."""
    demo_people.join(people, demo_people.CLIENTS, clock)
    enter = demo_vendors.enter
    enter(market, growth.VENDORS, growth.DOCUMENTS, book=Book(), people=people, clock=clock)
    pool = Pool(clock, taken, returning=0.95)
    tell(
        growth.tale(),
        people=people,
        market=market,
        clock=clock,
        pool=pool,
        patterns=growth.PATTERNS,
    )


def counts() -> dict[str, int]:
    return {
        "clients": Client.objects.count(),
        "engagements": Engagement.objects.count(),
        "seats": Seat.objects.count(),
        "candidates": Candidate.objects.count(),
        "applications": Application.objects.count(),
    }


def tell(
    tale: Tale,
    *,
    people: People,
    market: Market,
    clock: Clock,
    pool: Pool,
    patterns: Sequence[Pattern] = (),
) -> None:
    """Write what a tale tells. Where patterns tell it, they go on once its seats are planned."""
    book = pool.book
    accounts = Accounts(book, people, market, clock, tale).open_all()
    for pattern in patterns:
        staff(tale, pattern, accounts[pattern.code])
    hiring = Hiring(
        people=people,
        market=market,
        clock=clock,
        accounts=accounts,
        sets=Library(book, people, clock, tale).write(accounts),
        pool=pool,
        tale=tale,
    )
    school = School(book, people, clock, accounts, tale)
    school.teach(hiring.run())
    pool.save()
    book.save(Seat)
    hiring.save()
    school.save()
    Office(book, people, clock, accounts, tale).write()
