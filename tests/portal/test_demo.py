"""The demo: loaded once, twice over, for this whole module, and taken back at its end."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.test import override_settings
from django.urls import reverse

from cms.models import Contract, JobPage, Proposal, ProposalVersion
from core import versions, workflow
from core.models import Effect, Message, User
from engagements.models import Client, Engagement, Requirements, Seat, StaffingPlan
from engagements.pricing import price_table
from portal.demo.load import load
from portal.demo.people import PASSWORD, SIGN_INS
from portal.demo.printing import print_contract
from recruiting.models import Application, Candidate, CriteriaSet, Offer, Requisition
from training.models import Certificate, Enrolment

pytestmark = pytest.mark.demo
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
ADDRESSES = [address for address, *_ in SIGN_INS.values()]
HOLDING = ["draft", "in_approval", "approved", "sent", "accepted"]
# What an offer, an application and an enrolment are while the seat is in a state.
HELD = {
    "reserved": {
        ("draft", "offered", None),
        ("in_approval", "offered", None),
        ("approved", "offered", None),
        ("sent", "offered", None),
        ("accepted", "hired", None),
        ("accepted", "hired", "enrolled"),
    },
    "in_training": {("accepted", "hired", "in_class"), ("accepted", "hired", "assessment")},
    "nesting": {("accepted", "hired", "nesting"), ("accepted", "hired", "extended")},
    "live": {("accepted", "hired", "certified")},
}


def states():
    return {
        model.__name__: Counter(model.objects.values_list("state", flat=True))
        for model in workflow.machines()
    }


@pytest.fixture(scope="module")
def two_loads(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load, count and take back; load again, and keep that for the tests."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True)
    with django_db_blocker.unblock(), media:
        with transaction.atomic():
            load(NOW)
            first = states()
            transaction.set_rollback(True)
        with transaction.atomic():
            load(NOW)
            yield first, states()
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _savepoint(two_loads):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_two_loads_tell_the_same_story(two_loads):
    first, second = two_loads

    assert first == second


def test_every_state_of_recruiting_and_training_is_there_to_be_seen(two_loads):
    _, counts = two_loads

    seen = {name: set(counts[name]) for name in ["Application", "Offer", "Requisition", "Seat"]}
    assert seen == {
        "Application": set(Application.State.values),
        "Offer": set(Offer.State.values),
        "Requisition": set(Requisition.State.values),
        "Seat": set(Seat.State.values),
    }


def test_there_is_an_engagement_in_each_state():
    found = Engagement.objects.order_by("code").values_list("code", "state")

    assert {state for _, state in found} == set(Engagement.State.values)
    assert list(found) == [
        ("AQ-1", "live"),
        ("AQ-2", "recruiting"),
        ("FE-1", "planned"),
        ("HL-1", "live"),
        ("HL-2", "training"),
        ("KT-1", "scoping"),
        ("MV-1", "recruiting"),
        ("MV-2", "enquiry"),
        ("NB-1", "recruiting"),
        ("NB-2", "agreed"),
        ("NB-3", "proposed"),
        ("OR-1", "on_hold"),
        ("OR-2", "proposed"),
        ("PC-1", "closed"),
        ("PC-2", "recruiting"),
        ("RB-1", "live"),
        ("RB-2", "lost"),
        ("SK-1", "training"),
        ("ST-1", "live"),
        ("TT-1", "training"),
    ]


def test_it_has_the_size_that_the_readme_promises():
    assert Client.objects.count() == 12
    assert 390 <= Seat.objects.count() <= 430
    assert 2900 <= Candidate.objects.count() <= 3500
    assert 4900 <= Application.objects.count() <= 5100


def test_applications_are_spread_over_twelve_months_and_convert_as_real_ones_do():
    began = Application.objects.values_list("created_at", flat=True)
    months = Counter(at.strftime("%Y-%m") for at in began)
    reached = Counter(
        target
        for (target,) in Application._meta.get_field("log")
        .related_model.objects.filter(step__in=["screen", "interview", "offer", "hire"])
        .values_list("target")
    )

    assert len(months) >= 11
    assert max(months.values()) < 0.25 * sum(months.values())
    assert 0.5 < reached["screening"] / sum(months.values()) < 0.8
    assert 0.3 < reached["interview"] / reached["screening"] < 0.6
    assert 0.2 < reached["offered"] / reached["interview"] < 0.6
    assert 0.6 < reached["hired"] / reached["offered"] < 0.95


@pytest.mark.parametrize("model", workflow.machines(), ids=lambda model: model._meta.label)
def test_each_history_is_in_order_and_ends_in_the_state_of_its_row(model):
    for row in model.objects.prefetch_related("log"):
        log = sorted(row.log.all(), key=lambda line: line.pk)
        times = [line.at for line in log]
        initial = model._meta.get_field("state").default
        targets = [initial, *(line.target for line in log)]

        assert times == sorted(times)
        assert not times or began(row) <= times[0] <= times[-1] < NOW
        assert [line.source for line in log] == targets[:-1]
        assert row.state == targets[-1]


def began(row):
    return getattr(row, "created_at", datetime.min.replace(tzinfo=UTC))


def test_most_of_the_work_is_done_on_weekdays():
    lines = [
        at for (at,) in Application._meta.get_field("log").related_model.objects.values_list("at")
    ]

    weekdays = sum(at.weekday() < 5 for at in lines)

    assert weekdays / len(lines) > 0.9


@pytest.mark.parametrize("state", HELD)
def test_a_taken_seat_has_one_offer_and_what_belongs_to_it(state):
    for seat in Seat.objects.filter(state=state):
        offer = seat.offers.get(state__in=HOLDING, ended_at=None)
        enrolment = seat.enrolments.filter(application=offer.application).first()

        held = (offer.state, offer.application.state, enrolment.state if enrolment else None)
        assert held in HELD[state], seat


def test_a_free_seat_is_held_by_nobody():
    free = Seat.objects.exclude(state__in=HELD)

    assert not Offer.objects.filter(seat__in=free, state__in=HOLDING, ended_at=None).exists()


def test_a_seat_that_is_asked_for_belongs_to_a_requisition_that_may_fill_it():
    for seat in Seat.objects.filter(state="requisitioned"):
        found = seat.requisitions.filter(state__in=["open", "on_hold"])

        assert found.count() == 1, seat


def test_an_open_offer_and_only_that_keeps_an_application_at_the_offer():
    offered = set(Application.objects.filter(state="offered").values_list("pk", flat=True))

    assert offered == set(Offer.objects.open().values_list("application", flat=True))


@pytest.mark.parametrize("state", ["filled", "closed"])
def test_a_filled_requisition_has_a_hire_for_each_seat(state):
    for requisition in Requisition.objects.filter(state=state):
        hired = requisition.applications.filter(state="hired").count()

        assert hired == requisition.seats.count()


def test_the_seats_add_up_to_the_plan():
    for engagement in Engagement.objects.with_seat_counts().filter(plans__isnull=False):
        gone = engagement.seats.filter(state__in=["vacated", "cancelled"]).count()

        assert engagement.wanted + gone == engagement.plans.get().total_seats


def test_prices_and_costs_are_known_and_leave_a_margin_above_the_floor():
    for engagement in Engagement.objects.filter(seats__isnull=False).distinct():
        table = price_table(engagement, on=NOW.date(), costs=True)

        assert (engagement.code, table.problems, table.cost_problems) == (engagement.code, (), ())
        assert not table.lines or Decimal("0.2") <= table.margin <= Decimal("0.4")


def test_certificates_are_those_of_who_was_certified():
    certified = Enrolment.objects.filter(state="certified").values_list("pk", flat=True)

    assert set(Certificate.objects.values_list("enrolment", flat=True)) == set(certified)


def test_each_open_requisition_has_its_page_on_the_careers_site():
    shown = JobPage.objects.live().values_list("requisition", flat=True)

    assert set(shown) == set(Requisition.objects.open().values_list("pk", flat=True))


@pytest.mark.parametrize("name", ["cms.render_contract", "portal.print_demo_contract"])
def test_what_the_worker_shall_print_exists(name):
    asked = [payload["contract"] for (payload,) in effects_of(name).values_list("payload")]

    assert sorted(asked) == sorted(Contract.objects.values_list("pk", flat=True))


def effects_of(name):
    return Effect.objects.filter(name=name)


def test_what_was_sent_can_be_hashed_again():
    for version in ProposalVersion.objects.all():
        _, sha256 = versions.freeze({"data": version.data, "html": version.html})

        assert sha256 == version.sha256


def test_every_address_leads_nowhere():
    found = [User.objects.values_list("email"), Candidate.objects.values_list("email")]
    found.append(Message.objects.values_list("to"))

    strays = [address for rows in found for (address,) in rows if not address.endswith(".example")]
    assert strays == []


def test_the_database_holds_all_its_constraints():
    assert connection.check_constraints() is None  # it raises for a row that breaks one


def test_every_row_is_as_a_form_would_have_let_it_in():
    ours = {"vendors", "engagements", "recruiting", "training"}
    wrong = []
    for model in [model for app in sorted(ours) for model in apps.get_app_config(app).get_models()]:
        wrong += [said for row in model.objects.all() if (said := complaints(row))]

    assert wrong == []


def complaints(row):
    """Say what is wrong with the row's values; what only forms demand is not."""
    machine = workflow.state_field(type(row))
    relations = [f.name for f in row._meta.fields if isinstance(f, models.ForeignKey)]
    try:
        row.clean_fields(exclude=[*relations, *([machine.name] if machine else [])])
    except ValidationError as error:
        errors = error.error_dict.items()
        found = [(f, e.code) for f, es in errors for e in es if e.code not in {"blank", "null"}]
        return (repr(row), found) if found else None


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_sign_in_signs_in_and_sees_their_home(address, client):
    answer = client.post(
        reverse("account_login"), {"login": address, "password": PASSWORD}, follow=True
    )

    assert (answer.status_code, answer.context["user"].email) == (200, address)
    assert client.get(reverse("portal:home"), follow=True).status_code == 200


@pytest.mark.parametrize(
    "model",
    [CriteriaSet, Engagement, Offer, Proposal, Requirements, Requisition, StaffingPlan],
    ids=lambda model: model.__name__,
)
def test_each_of_them_opens_its_page(model, client):
    """Of one kind all look alike; what follows another version, or has ended, does not."""
    reader = User.objects.get(email=SIGN_INS["admin"][0])
    client.force_login(reader, backend="core.sign_in.Backend")

    for row in model.objects.all()[:60]:
        assert client.get(row.get_absolute_url()).status_code == 200, row


def test_the_worker_prints_a_contract_that_was_signed_long_ago_once():
    contract = Contract.objects.filter(state="executed").first()
    effect = Effect.objects.get(name="portal.print_demo_contract", key__endswith=f":{contract.pk}")

    print_contract(**effect.payload)
    printed = Contract.objects.get(pk=contract.pk)
    print_contract(**effect.payload)

    hashes = set(printed.signatures.values_list("document_sha256", flat=True))
    assert hashes == {printed.document.sha256}
    assert printed.executed_document.name == f"{contract.number}-signed.pdf"
    again = Contract.objects.get(pk=contract.pk)
    assert again.executed_document_id == printed.executed_document_id


def test_loading_again_changes_nothing(capsys):
    before = states()

    call_command("load_demo")

    assert capsys.readouterr().out == "The example data are there already: nothing was changed.\n"
    assert states() == before


def test_it_is_refused_where_no_demo_is_meant(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="Example data belong into a demo only"):
        call_command("load_demo")
