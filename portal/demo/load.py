"""Tell the whole story once, in one transaction."""

from datetime import datetime

from django.db import transaction

from cms.actions import publish_job
from core import roles
from core.models import User
from engagements.models import Engagement, Seat
from portal.demo import mails, milestones
from portal.demo import people as demo_people
from portal.demo import vendors as demo_vendors
from portal.demo.book import Book
from portal.demo.clock import Clock
from portal.demo.criteria import Library
from portal.demo.engagements import Accounts
from portal.demo.hiring import Hiring
from portal.demo.proposals import Office
from portal.demo.talk import Talk
from portal.demo.training import School
from recruiting.models import Application, Candidate, Requisition


def is_loaded() -> bool:
    return User.objects.filter(email=demo_people.SIGN_INS["admin"][0]).exists()


@transaction.atomic
def load(now: datetime) -> dict[str, int]:
    """Load the demo as of `now`, and return how many rows of each main kind there are."""
    roles.sync()
    book, clock = Book(), Clock(now)
    people = demo_people.invite(clock)
    market = demo_vendors.bring_in(book, people, clock)
    accounts = Accounts(book, people, market, clock).open_all()
    sets = Library(book, people, clock).write(accounts)
    hiring = Hiring(
        book=book, people=people, market=market, clock=clock, accounts=accounts, sets=sets
    )
    school = School(book, people, clock, accounts)
    school.teach(hiring.run())
    hiring.pool.save()
    book.save(Seat)
    hiring.save()
    school.save()
    Office(book, people, clock, accounts).write()
    for requisition in Requisition.objects.open():
        publish_job(requisition)
    milestones.write(clock)
    mails.send(people)
    Talk(people, clock).write()
    return {
        "engagements": Engagement.objects.count(),
        "seats": Seat.objects.count(),
        "candidates": Candidate.objects.count(),
        "applications": Application.objects.count(),
    }
