"""Ratios are policies: what ships cites usual practice, what was changed who changed it when."""

from datetime import UTC, datetime

import pytest

from core import policies
from core.models import PolicyValue
from engagements.actions import make_plan
from engagements.policies import ratios
from planning.structure import DEFAULT_RATIOS
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory

pytestmark = pytest.mark.django_db


def change(name, value, *, by):
    policies.change(policies.find(f"staffing.{name}"), value, by=by)
    PolicyValue.objects.filter(name=f"staffing.{name}").update(
        at=datetime(2027, 3, 3, 12, tzinfo=UTC)
    )


def test_the_ratios_that_ship_cite_usual_practice_and_cost_one_query(django_assert_num_queries):
    with policies.read_once(), django_assert_num_queries(1):
        held = ratios()

    assert held == DEFAULT_RATIOS


def test_a_changed_ratio_cites_the_policy_and_who_set_it_when(actor_as):
    change("agents_per_trainer", 15, by=actor_as("Administrator", name="Ada"))

    quality, trainer, planner = ratios()

    assert trainer.source == (
        "Our policy of 3 March 2027, set by Ada: one for 15 agents, from 10 on"
    )
    assert (quality, planner) == (DEFAULT_RATIOS[0], DEFAULT_RATIOS[2])


def test_the_size_from_which_a_role_is_employed_is_a_policy(actor_as):
    change("workforce_planner_from", 5, by=actor_as("Administrator", name="Ada"))

    planner = ratios()[2]

    assert (planner.from_agents, planner.agents_per) == (5, 50)
    assert planner.source.endswith("set by Ada: one for 50 agents, from 5 on")


def test_a_coach_is_employed_only_where_a_policy_says_for_how_many(actor_as):
    by = actor_as("Administrator")
    row = RequirementsFactory(state="accepted")
    LineOfBusinessFactory(requirements=row)
    without = make_plan(row, by=by)

    change("agents_per_coach", 35, by=by)
    employed = make_plan(row, by=by)

    assert not without.seats.filter(role="coach").exists()
    assert employed.seats.wanted().filter(role="coach").count() == 2


def test_a_ratio_changed_back_is_the_one_that_ships(actor_as):
    by = actor_as("Administrator")
    change("agents_per_trainer", 15, by=by)

    policies.change(policies.find("staffing.agents_per_trainer"), None, by=by)

    assert ratios() == DEFAULT_RATIOS
