"""A team that was there before: what becomes of the sample, on the pages and afterwards."""

import json
from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.models import JobPage
from core import workflow
from core.models import ApprovalRound, AuditEntry, Effect, Message, User
from engagements.models import Client, Engagement, Seat
from portal.adoption import taking
from portal.staffing import seats_by_state
from recruiting.models import Application, Candidate, Offer, Requisition
from tests.adoption import NOW, SAMPLE, everything
from tests.factories.engagements import ClientFactory
from tests.factories.recruiting import CandidateFactory
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


def test_plan_says_that_its_seats_were_counted(adopt, client_as):
    adopt()
    plan = Engagement.objects.get().plans.get()

    page = client_as("BizDev").get(plan.get_absolute_url()).content.decode()

    assert plan.figure("total_seats")["formula"] == "14 + 1 = 15"
    for words in ["15 seats: 14 agents, 1 team lead.", "Team Skog", "Counted in the file"]:
        assert words in page


def pages():
    """Return the pages of what was taken over: who opens them, and what must stand there."""
    engagement = Engagement.objects.get()
    requisition = engagement.requisitions.get(number="SF-R3")
    open_one = Application.objects.get(candidate__email="peder.nygaard@post.example")
    rejected = Application.objects.get(candidate__email="lars.kvamme@post.example")
    at_work = Candidate.objects.get(email="kacper.wojtowicz@post.example")
    nesting = engagement.classes.get(name="Wave 2")
    return [
        ("HR director", reverse("engagements:engagements"), "Claims and questions, Norwegian"),
        ("HR director", engagement.get_absolute_url(), "8 of 14 seats are live."),
        ("HR director", reverse("portal:engagement", args=[engagement.pk]), "SF-R3"),
        ("HR director", reverse("engagements:seats", args=[engagement.pk]), "SF-1-015"),
        ("HR director", Seat.objects.get(number="SF-1-002").get_absolute_url(), "Team Fjord"),
        ("HR director", at_work.get_absolute_url(), "Kacper Wójtowicz"),
        ("HR director", at_work.applications.get().offers.get().get_absolute_url(), "1,600"),
        ("Recruiter", reverse("recruiting:board", args=[requisition.pk]), "Peder Nygaard"),
        ("Recruiter", requisition.get_absolute_url(), "2"),
        ("Recruiter", open_one.get_absolute_url(), "no answer yet"),
        ("Recruiter", rejected.get_absolute_url(), "more calm on the phone"),
        ("Recruiter", reverse("recruiting:candidates"), "Zofia Malinowska"),
        ("BizDev", engagement.client.get_absolute_url(), "Trygve Aasen"),
        ("BizDev", engagement.requirements.get().get_absolute_url(), "First notice of claims"),
        ("Delivery manager", reverse("portal:home"), "Wave 2"),
        ("Trainer", nesting.get_absolute_url(), "Tuva Brekke"),
        ("Trainer", reverse("training:certificates"), "OLD-2026-17"),
        ("Recruiter", engagement.criteria_sets.first().get_absolute_url(), "Norwegian, C1"),
        ("ingrid@solheim.example", reverse("portal:decisions"), "1"),
        ("ingrid@solheim.example", reverse("portal:candidates"), "K-"),
        ("ingrid@solheim.example", reverse("portal:progress"), "8"),
    ]


def test_every_page_shows_what_was_taken_over(adopt, client_as):
    adopt()

    for who, url, words in pages():
        user = User.objects.get(email=who) if "@" in who else who
        response = client_as(user).get(url)
        assert response.status_code == 200, (who, url)
        assert words in response.content.decode(), (who, url, words)


@pytest.mark.parametrize("role", ["HR director", "Recruiter"])
def test_team_that_is_not_yet_live_stands_on_the_homes(role, adopt, client_as):
    adopt(("state: live\n  history", "state: training\n  history"), ("go_live,", "train,"))

    page = client_as(role).get(reverse("portal:home")).content.decode()

    assert "Claims and questions, Norwegian" in page


def second(text):
    """Return the same team under other names: another client's."""
    for old, new in [
        ("SF-", "XY-"),
        ("Solheim", "Nordheim"),
        ("solheim", "nordheim"),
        ("@post.", "@mail."),
        ("OLD-", "PREV-"),
    ]:
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("route", ["portal:home", "engagements:engagements", "recruiting:board"])
def test_pages_ask_no_more_for_two_teams_than_for_one(route, adopt, client_as):
    """A board has one requisition: the other team's people must not be asked for on it."""
    adopt()
    args = [Requisition.objects.get(number="SF-R3").pk] if route == "recruiting:board" else []
    browser = client_as("HR director")
    counts = []

    for text in [None, second(SAMPLE.read_text())]:
        if text:
            adopt(text=text)
        browser.get(reverse(route, args=args))  # what a process asks once
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(reverse(route, args=args)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert Engagement.objects.count() == 2


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


def test_preview_says_what_would_be_and_writes_nothing(adopt):
    before = everything()

    result = adopt(confirm=False)

    assert everything() == before
    lines = {line.split("  ")[0]: " ".join(line.split()) for line in result.lines}
    assert lines["seats"] == (
        "seats 15 live 8, vacated 1, nesting 1, in training 1, reserved 1, requisitioned 2, "
        "approved 1"
    )
    assert lines["people"] == "people 19 new 19, known already 0"
    assert (
        "Solheim Forsikring: 2 with access, of whom 1 may decide; nobody is written to."
        in result.lines
    )


def test_second_run_says_what_is_there_and_adds_nothing(adopt):
    adopt()
    before = everything()

    result = adopt()

    assert everything() == before
    assert result.is_known
    assert result.lines[0] == "seats: 15 of 15 are here."


def test_second_run_names_what_was_added_to_the_file_since(adopt):
    adopt()

    result = adopt(("\napplications:", "  - {role: agent, state: planned}\n\napplications:"))

    assert result.lines[0] == "seats: 15 of 16 are here; not SF-1-016."
    assert Seat.objects.count() == 15


def test_who_is_known_by_their_address_is_not_doubled_and_not_changed(adopt):
    known = CandidateFactory(name="Peder Nygaard", email="peder.nygaard@post.example", city="Oslo")

    result = adopt()

    assert Candidate.objects.filter(name="Peder Nygaard").get() == known
    row = Candidate.objects.get(pk=known.pk)
    assert (row.city, row.applications.count()) == ("Oslo", 1)
    line = SAMPLE.read_text().splitlines().index("  - name: Peder Nygaard") + 1
    assert result.notes == [
        f"line {line}, people[13]: known already as {known.code}, and left as they are."
    ]


def test_namesake_by_another_address_is_pointed_out(adopt):
    other = CandidateFactory(name="Peder Nygård", email="p@mail.example")
    CandidateFactory(name="PEDER NYGAARD", email="pn@mail.example")

    result = adopt(confirm=False)

    assert len(result.notes) == 1
    assert "bears the same name, with another address." in result.notes[0]
    assert other.code not in result.notes[0]


def test_known_client_is_named_by_the_name_alone(adopt):
    adopt()
    text = second(SAMPLE.read_text()).replace("Nordheim Forsikring\n", "Solheim Forsikring\n")
    head, rest = text.split("engagement:\n", 1)

    adopt(
        text="client: Solheim Forsikring\n\nengagement:\n"
        + rest.replace("ingrid@nordheim", "ingrid@solheim")
    )

    assert "people:" in head
    assert Client.objects.count() == 1
    assert Engagement.objects.filter(client__name="Solheim Forsikring").count() == 2


@pytest.mark.parametrize("late", ["publish_job", "_number_certificates", "_write_milestones"])
def test_failure_in_the_middle_leaves_nothing(late, adopt, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the machine stopped")

    before = everything()
    monkeypatch.setattr(taking, late, fail)

    with pytest.raises(RuntimeError):
        adopt()

    assert everything() == before


def test_command_shows_first_and_takes_over_when_told(staff):
    out = StringIO()

    call_command("adopt_engagement", SAMPLE, stdout=out)
    shown = out.getvalue()
    there = Engagement.objects.exists()
    call_command("adopt_engagement", SAMPLE, "--confirm", stdout=out)
    call_command("adopt_engagement", SAMPLE, "--confirm", stdout=out)

    assert shown.startswith("engagement.yaml would make:\n  Solheim Forsikring")
    assert shown.endswith("Run it again with --confirm to take it over.\n")
    assert not there
    assert Engagement.objects.count() == 1
    assert "SF-1 is here already; nothing was added." in out.getvalue()


def test_command_tells_each_problem_with_its_line_and_fails(staff, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(SAMPLE.read_text().replace("role: team_lead", "role: team_leed"))

    with pytest.raises(CommandError) as refused:
        call_command("adopt_engagement", path, "--confirm")

    first, *rest = str(refused.value).splitlines()
    assert first == f"Nothing was taken over. {len(rest)} problems:"
    assert all(line.startswith("  line ") for line in rest)
    assert not Engagement.objects.exists()


def test_command_prints_the_schema_for_editors():
    out = StringIO()

    call_command("adopt_engagement", "--schema", stdout=out)

    shape = json.loads(out.getvalue())
    roles = shape["properties"]["seats"]["items"]["properties"]["role"]["enum"]
    assert roles[:2] == ["agent", "team_lead"]


def test_command_wants_a_file():
    with pytest.raises(CommandError, match="Name the file to take over"):
        call_command("adopt_engagement")


def test_today_may_stand_in_a_file_before_noon(adopt):
    adopt(("state: assessment, since: 2026-11-17", "state: assessment, since: 2026-11-24"))

    row = Application.objects.get(state="assessment")
    assert row.moved_at == NOW
    assert timezone.now() + timedelta(days=1) > row.moved_at
