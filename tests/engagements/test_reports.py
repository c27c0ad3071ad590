"""A plan's page says which duty has no owner, which skill too few people, which role is double."""

import pytest

from engagements.actions import make_plan
from engagements.models import RoleCharter, Seat
from engagements.reports import reports_of
from tests.factories.engagements import (
    LineOfBusinessFactory,
    RequirementsFactory,
    SeatFactory,
    StaffingPlanFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(actor_as):
    row = RequirementsFactory(state="accepted", engagement__code="NB-1")
    LineOfBusinessFactory(requirements=row, name="Phone", skills=[{"name": "Cards"}])
    small = {"contacts_per_half_hour": 1, "shrinkage": 0}
    LineOfBusinessFactory(requirements=row, name="Chat", skills=[{"name": "SAP"}], **small)
    return make_plan(row, by=actor_as("BizDev"))


def page_of(plan, browser):
    return " ".join(browser.get(plan.get_absolute_url()).content.decode().split())


def test_a_plan_whose_duties_all_have_an_owner_says_so_quietly(plan, client_as):
    plan.requirements.lines.update(skills=[])

    page = page_of(plan, client_as("QA"))

    assert "Every duty has an owner, every skill three people or more" in page
    assert "the manager as well" in page  # the director's, whom nobody employs
    assert 'href="/charters/trainer/"' in page


def test_a_role_whose_seats_are_all_gone_leaves_its_duties_without_owner(plan, client_as):
    Seat.objects.get(plan=plan, role="manager")
    seats = plan.seats.filter(role="trainer")
    browser = client_as("Administrator")

    for seat in seats:
        browser.post(f"/steps/engagements.seat/{seat.pk}/cancel/", {"note": "No budget"})

    assert set(seats.values_list("state", flat=True)) == {"cancelled"}
    (trainer,) = reports_of(plan).unowned
    page = page_of(plan, browser)
    assert (trainer.role, len(trainer.duties)) == ("trainer", 4)
    assert "4 duties of the trainer without an owner" in page
    assert "A trainer is planned, and no seat holds the role." in page


def test_a_skill_with_two_people_behind_it_is_told_with_its_line(plan, client_as):
    agents = plan.seats.filter(line__name="Chat")

    assert agents.count() < 3
    (rare,) = reports_of(plan).rare
    assert (rare.skill, rare.people, rare.lines) == ("SAP", agents.count(), ("Chat",))
    assert "SAP:" in page_of(plan, client_as("QA"))


def test_skills_shared_by_lines_are_held_by_all_their_people(plan):
    plan.requirements.lines.update(skills=[{"name": "Cards"}])

    assert reports_of(plan).rare == ()


def test_a_second_manager_and_too_many_shares_are_told(plan, client_as):
    SeatFactory(engagement=plan.engagement, plan=plan, number="NB-1-900", role="manager")
    shares = [["coach", 0.5], ["trainer", 0.75]]
    SeatFactory(
        engagement=plan.engagement, plan=plan, number="NB-1-901", role="coach", duties=shares
    )

    found = [(name, each.seats) for name, each in reports_of(plan).twice]

    manager = plan.seats.get(role="manager", number__lt="NB-1-900").number
    assert found == [("manager", (manager, "NB-1-900")), ("coach", ("NB-1-901",))]
    page = page_of(plan, client_as("QA"))
    assert f"Manager: held twice, seats {manager}, NB-1-900" in page
    assert "The shares of this person sum to 1.25, and one person is 1." in page


def test_a_charter_that_names_nobody_leaves_its_duties_without_owner(plan):
    RoleCharter.objects.filter(role="loyalty_manager").update(reports_to="")

    (loyalty,) = reports_of(plan).unowned

    assert loyalty.why == "Nobody in the team is above it, and it is not employed."


def test_a_plan_without_roles_has_no_reports():
    assert reports_of(StaffingPlanFactory()) is None
