"""A team that was there before: what becomes of the sample, on the pages and afterwards."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.models import JobPage
from core import workflow
from core.models import ApprovalRound, AuditEntry, Effect, Message, User
from engagements.models import Engagement, Seat
from portal.staffing import seats_by_state
from recruiting.models import Application, Offer, Requisition
from tests.adoption import NOW
from tests.factories.engagements import ClientFactory
from training.actions import certify, enter_scores
from training.models import Certificate, Enrolment, TrainingClass

pytestmark = pytest.mark.django_db
# What application, offer, enrolment and certificate are while the seat is in a state.
CHAIN = {
    "reserved": {("hired", "accepted", "enrolled", False)},
    "in_training": {("hired", "accepted", "in_class", False)},
    "nesting": {("hired", "accepted", "nesting", False)},
    "live": {("hired", "accepted", "certified", True), ("hired", "accepted", None, False)},
}


def states(model):
    return dict(Counter(model.objects.values_list("state", flat=True)))


def test_sample_becomes_a_team_with_its_people_and_those_on_the_way(adopt):
    adopt()

    assert states(Engagement) == {"live": 1}
    assert states(Seat) == {
        "live": 8,
        "vacated": 1,
        "nesting": 1,
        "in_training": 1,
        "reserved": 1,
        "requisitioned": 2,
        "approved": 1,
    }
    assert states(Requisition) == {"closed": 2, "open": 1}
    assert states(Application) == {
        "hired": 12,
        "client_review": 1,
        "interview": 1,
        "assessment": 1,
        "applied": 1,
        "sourced": 1,
        "rejected": 1,
        "withdrawn": 1,
    }
    assert states(Offer) == {"accepted": 12}
    assert states(TrainingClass) == {"completed": 1, "running": 2, "open": 1}
    assert states(Enrolment) == {"certified": 8, "nesting": 1, "in_class": 1, "enrolled": 1}
    assert Certificate.objects.count() == 8


def test_each_seat_has_the_chain_that_leads_to_its_state(adopt):
    adopt()

    for seat in Seat.objects.exclude(state__in=["planned", "approved", "requisitioned", "vacated"]):
        offer = seat.offers.get()
        enrolment = seat.enrolments.first()
        found = (
            offer.application.state,
            offer.state,
            enrolment and enrolment.state,
            Certificate.objects.filter(enrolment=enrolment).exists(),
        )
        assert found in CHAIN[seat.state]
        assert offer.application.requisition in seat.requisitions.all()


@pytest.mark.parametrize("model", workflow.machines(), ids=lambda model: model._meta.label)
def test_each_history_is_in_order_and_ends_in_the_state_of_its_row(model, adopt):
    adopt()

    for row in model.objects.prefetch_related("log"):
        log = list(row.log.all())
        times = [row.created_at, *(line.at for line in log)]
        targets = [model._meta.get_field("state").default, *(line.target for line in log)]
        assert times == sorted(times)
        assert times[-1] <= NOW
        assert [line.source for line in log] == targets[:-1]
        assert targets[-1] == row.state


def test_history_says_who_and_when_and_where_a_day_is_not_known(adopt, staff):
    adopt()
    log = Application.objects.get(candidate__email="lars.kvamme@post.example").log

    told = [(line.step, f"{line.at:%m-%d}", line.by.name, line.note) for line in log.all()]

    recruiter = staff["recruiter@cadre.example"].name
    unknown = "Taken over. The day is not known: it was on this day or before."
    assert told == [
        ("apply", "09-21", "engagement.yaml", "Consent: agreed on the application form"),
        ("screen", "10-02", "engagement.yaml", unknown),
        ("interview", "10-02", recruiter, ""),
        ("put_forward", "10-06", recruiter, ""),
        ("reject", "10-12", recruiter, "Declined by the client"),
    ]


def test_seat_was_moved_by_what_happened_elsewhere(adopt):
    adopt()
    seat = Seat.objects.get(number="SF-1-002")

    told = [(line.step, line.at.date().isoformat()) for line in seat.log.all()]

    assert told == [
        ("approve", "2025-11-14"),
        ("requisition", "2025-12-01"),
        ("reserve", "2026-01-15"),
        ("train", "2026-02-02"),
        ("nest", "2026-03-20"),
        ("go_live", "2026-03-20"),
    ]


def test_certificates_keep_their_numbers_or_get_the_next_of_their_year(adopt):
    adopt()

    rows = Certificate.objects.order_by("number")
    assert [row.number for row in rows][-2:] == ["CERT-2026-0007", "OLD-2026-17"]
    old = rows.get(number="OLD-2026-17")
    assert (old.issued_on, old.expires_on) == (date(2026, 3, 19), date(2027, 3, 19))
    assert Effect.objects.filter(name="training.render_certificate").count() == 8


def test_who_left_has_no_seat_and_keeps_a_history(adopt):
    adopt()

    offer = Offer.objects.get(application__candidate__email="oskar.lindahl@post.example")
    assert (offer.seat.state, offer.ended_at.date()) == ("vacated", date(2026, 10, 30))
    steps = [line.step for line in offer.seat.log.all()]
    assert steps[-2:] == ["go_live", "vacate"]


def test_nobody_is_written_to_and_nothing_waits_for_approval(adopt):
    adopt()

    assert not Message.objects.exists()
    assert not ApprovalRound.objects.exists()
    assert {effect.name for effect in Effect.objects.all()} == {"training.render_certificate"}


def test_clients_people_may_do_what_the_file_says_once_they_are_invited(adopt):
    adopt()

    roles = {
        user.email: (user.groups.get().name, user.has_usable_password())
        for user in User.objects.filter(kind="client")
    }
    assert roles == {
        "ingrid@solheim.example": ("Client approver", False),
        "trygve@solheim.example": ("Client viewer", False),
    }


def test_who_only_looks_on_at_the_client_is_not_made_to_decide_by_a_file(adopt, person_of):
    client = ClientFactory(
        name="Solheim Forsikring",
        legal_name="Solheim Forsikring AS",
        industry="insurance",
        size="large",
        country="NO",
        time_zone="Europe/Oslo",
    )
    user = person_of(client, "Client viewer", user__email="ingrid@solheim.example")

    result = adopt()

    assert [group.name for group in user.groups.all()] == ["Client viewer"]
    assert result.notes == [
        "line 13, client.people[1]: known already as Client viewer, and left as they are."
    ]
    assert "Solheim Forsikring: 2 with access, of whom 0 may decide; nobody is written to." in (
        result.lines
    )


def test_timeline_and_careers_pages_are_as_the_apps_would_have_made_them(adopt):
    adopt()
    engagement = Engagement.objects.get()

    told = [(m.key, str(m), bool(m.done_at)) for m in engagement.milestones.order_by("key")]

    assert told == [
        ("certified", "7 of 14 people certified", True),
        ("first_class", "First class starts", True),
        ("go_live", "Go-live", True),
    ]
    assert [page.requisition.number for page in JobPage.objects.live()] == ["SF-R3"]


def test_taking_over_is_noted_once_without_names(adopt):
    adopt()

    entry = AuditEntry.objects.get()
    assert (entry.did, entry.by.name) == ("engagement_adopted", "engagement.yaml")
    assert entry.subject_id == Engagement.objects.get().pk
    assert entry.details.pop("file_sha256")
    assert entry.details == {
        "seats": 15,
        "requisitions": 3,
        "applications": 19,
        "offers": 12,
        "classes": 4,
        "enrolments": 11,
    }


def test_team_has_a_line_where_all_its_seats_have_the_same(adopt):
    adopt(('line: "E-mail, Norwegian", team: Team Skog', "team: Team Skog"))

    lines = {
        team.name: team.line and team.line.name for team in Engagement.objects.get().teams.all()
    }
    assert lines == {"Team Fjord": None, "Team Skog": "Phone, Norwegian"}


def test_headcounts_are_sums_over_seats(adopt):
    engagement = adopt().engagement

    counts = seats_by_state([engagement])[engagement.pk]
    row = Engagement.objects.with_seat_counts().get()
    assert (row.wanted, row.live) == (14, 8)
    assert counts == Counter(states(Seat))


def test_work_goes_on_from_where_it_was(adopt, staff):
    adopt()
    trainer = staff["trainer@cadre.example"].actor
    enrolment = Enrolment.objects.get(state="nesting")
    delivery = staff["delivery@cadre.example"].actor

    enter_scores(enrolment.training_class, scores={enrolment.pk: 90}, by=trainer)
    certify(enrolment, by=trainer)
    workflow.take_step(Seat.objects.get(number="SF-1-003"), "vacate", by=delivery)

    assert Seat.objects.get(pk=enrolment.seat_id).state == "live"
    left = Offer.objects.get(application__candidate__email="signe.odegard@post.example")
    assert left.ended_at is not None
    assert Certificate.objects.count() == 9


def test_today_may_stand_in_a_file_before_noon(adopt):
    adopt(("state: assessment, since: 2026-11-17", "state: assessment, since: 2026-11-24"))

    row = Application.objects.get(state="assessment")
    assert row.moved_at == NOW
    assert timezone.now() + timedelta(days=1) > row.moved_at
