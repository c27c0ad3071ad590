"""Whether sums over seats equal the plan, each kind of difference, and who is told."""

import pytest
from django.urls import reverse

from core.models import Notification
from engagements import ledger
from engagements.models import Engagement, Seat
from engagements.tasks import tell_of_differences
from tests.factories.engagements import (
    LineOfBusinessFactory,
    SeatFactory,
    StaffingPlanFactory,
    TeamFactory,
)
from tests.factories.vendors import SiteFactory

pytestmark = pytest.mark.django_db
STRUCTURE = {
    "roles": [
        {"role": "team_lead", "count": 1, "parent": ""},
        {"role": "agent", "count": 3, "parent": "team_lead"},
        {"role": "trainer", "count": 0, "parent": ""},
    ],
    "lines": [
        {"name": "Phone", "seats": 2, "language": "de", "contacts": 1.0},
        {"name": "Mail", "seats": 1, "language": "de", "contacts": 1.0},
    ],
    "teams": [{"number": 1, "size": 3, "pool": "de", "members": []}],
    "sites": [{"name": "Cebu", "seats": {"Phone": 2, "Mail": 1}}],
}


@pytest.fixture
def operation():
    """Return the plan of a live operation whose seats are those of the plan, and the seats."""
    plan = StaffingPlanFactory(
        structure=STRUCTURE, total_seats=4, engagement__state="live", engagement__code="NB-1"
    )
    team = TeamFactory(engagement=plan.engagement, name="Team 1")
    lines = {
        name: LineOfBusinessFactory(requirements=plan.requirements, name=name)
        for name in ("Phone", "Mail")
    }
    site = SiteFactory(name="Cebu")
    seats = [
        SeatFactory(
            engagement=plan.engagement,
            plan=plan,
            state="live",
            role="agent" if line else "team_lead",
            line=lines.get(line),
            team=team,
            site=site,
        )
        for line in ("Phone", "Phone", "Mail", None)
    ]
    return plan, seats


def found(plan):
    return [(each.kind, each.text) for each in ledger.check(plan.engagement)]


def test_seats_made_by_a_plan_equal_it(operation):
    assert found(operation[0]) == []


def test_without_a_plan_there_is_nothing_to_compare():
    assert ledger.check(TeamFactory().engagement) == []


def test_vacated_seat_is_missed_in_its_role_line_team_and_site(operation, client_as):
    plan, seats = operation
    Seat.objects.filter(pk=seats[0].pk).update(state="vacated")

    says = "and {} seat{} wanted, 1 fewer. 1 is vacated."
    assert found(plan) == [
        ("role", "Agent: the plan has 3, " + says.format(2, "s are")),
        ("line", "Agents of Phone: the plan has 2, " + says.format(1, " is")),
        ("team", "Agents in Team 1: the plan has 3, " + says.format(2, "s are")),
        ("site", "Agents of Phone in Cebu: the plan has 2, " + says.format(1, " is")),
    ]
    line = ledger.check(plan.engagement)[1]
    assert line.remedy == "Reopen the vacated seats for a backfill."
    assert "line=Phone" in line.url
    assert f">{seats[0].number}<" in client_as("QA").get(line.url).content.decode()


def test_seat_that_is_in_no_plan_is_too_many(operation):
    plan, _seats = operation
    SeatFactory(engagement=plan.engagement, plan=plan, role="trainer", state="approved")

    (each,) = ledger.check(plan.engagement)
    assert each.text == "Trainer: the plan has 0, and 1 seat is wanted, 1 more."
    assert each.remedy.startswith("Cancel what is not needed")
    assert each.url == reverse("engagements:seats", args=[plan.engagement.pk]) + "?role=trainer"


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [({"team": None}, ["team", "team"]), ({"line": None}, ["line", "line", "site"])],
)
def test_agent_in_the_wrong_place_is_missed_in_one_and_too_many_in_the_other(
    operation, changed, kinds
):
    plan, seats = operation
    Seat.objects.filter(pk=seats[0].pk).update(**changed)

    assert [kind for kind, _ in found(plan)] == kinds


@pytest.mark.parametrize(
    "seats",
    [
        3,
        {"Phone": 2, "Mail": 1},
        [["Phone", 2], ["Mail", 1]],
        [{"line": "Phone", "seats": 2}],
        None,
    ],
)
def test_plan_may_give_the_seats_of_a_site_in_several_ways(operation, seats):
    plan, _seats = operation
    plan.structure = {**STRUCTURE, "sites": [{"name": "Cebu", "seats": seats}]}
    plan.save()

    assert found(plan) == []
    Seat.objects.update(site=None)
    assert {kind for kind, _ in found(plan)} == ({"site"} if seats else set())


def test_older_plan_without_roles_is_compared_by_its_sum(operation):
    plan, _seats = operation
    plan.structure, plan.total_seats = {}, 9
    plan.save()

    assert found(plan) == [("total", "All seats: the plan has 9, and 4 seats are wanted, 5 fewer.")]


def test_before_agreement_the_remedy_is_a_new_plan(operation):
    plan, seats = operation
    Engagement.objects.filter(pk=plan.engagement.pk).update(state="planned")
    seats[0].delete()

    assert {each.remedy for each in ledger.check(Engagement.objects.get())} == {
        "Nothing is agreed yet: make the plan anew, which makes its seats anew."
    }


def test_plan_and_ledger_say_whether_the_sums_agree(operation, client_as):
    plan, seats = operation
    browser = client_as("QA")
    pages = [plan.get_absolute_url(), reverse("engagements:ledger", args=[plan.engagement.pk])]

    for page in pages:
        assert "Sums over seats equal the plan." in browser.get(page).content.decode()
    seats[2].delete()
    for page in pages:
        text = browser.get(page).content.decode()
        assert "Agents of Mail: the plan has 1, and 0 seats are wanted, 1 fewer." in text
        assert "Sums over seats equal the plan." not in text


def test_owner_is_told_once_of_a_plan_that_seats_differ_from(operation):
    plan, seats = operation
    seats[0].delete()

    tell_of_differences()
    tell_of_differences()

    row = Notification.objects.get()
    assert row.user == plan.engagement.owner
    assert row.url == reverse("engagements:ledger", args=[plan.engagement.pk])
    assert row.text == f"{plan.engagement}: the seats differ from plan v1 in 4 sums"


def test_nobody_is_told_where_sums_agree_or_nothing_is_agreed(operation):
    plan, seats = operation

    tell_of_differences()
    Engagement.objects.filter(pk=plan.engagement.pk).update(state="proposed")
    seats[0].delete()
    tell_of_differences()

    assert not Notification.objects.exists()
