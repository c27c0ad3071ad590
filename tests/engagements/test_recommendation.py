"""From requirements to a suggestion, to a choice, to a plan that says why it is built so."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from core import policies
from engagements.actions import make_plan
from engagements.models import StaffingPlan, StructureRule
from engagements.recommendation import facts_of, recommended
from engagements.wish import Wish
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory
from tests.plans import ask, planned

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


@pytest.fixture
def accepted():
    row = RequirementsFactory(
        state="accepted", engagement__code="NB-1", complexity="moderate", structure_wish="flat"
    )
    LineOfBusinessFactory(requirements=row, name="Phone")
    return row


@pytest.fixture
def path(accepted):
    return reverse("engagements:make_plan", args=[accepted.pk])


def text(response):
    return " ".join(unescape(response.content.decode()).split())


def test_facts_are_read_off_requirements_and_their_plan(accepted):
    LineOfBusinessFactory(requirements=accepted, channel="chat", language="fr", tier=2)

    assert facts_of(accepted, today=TODAY) == {
        "complexity": "moderate",
        "business_size": "medium",
        "industry": "banking",
        "channels": 2,
        "countries": 1,
        "languages": 2,
        "lines": 2,
        "tiers": 2,
        "go_live_weeks": 8,
        "agents": 138,
        "hours_per_week": 40,
    }


@pytest.mark.parametrize(("days", "weeks"), [(-1, None), (0, 0), (13, 1), (14, 2)])
def test_time_to_go_live_is_counted_in_whole_weeks_and_not_of_a_past_day(days, weeks):
    row = RequirementsFactory(go_live_on=TODAY + timedelta(days=days))

    assert facts_of(row, today=TODAY)["go_live_weeks"] == weeks


def test_what_is_not_known_yet_causes_nothing():
    draft = RequirementsFactory(go_live_on=None, delivery_countries=[])

    facts = facts_of(draft, today=TODAY)

    assert (facts["go_live_weeks"], facts["countries"], facts["hours_per_week"]) == (None,) * 3


def test_numbers_that_cannot_be_planned_leave_their_factors_open(accepted):
    accepted.lines.update(hours=[])

    facts = facts_of(accepted, today=TODAY)

    assert (facts["agents"], facts["hours_per_week"]) == (None, None)


def test_a_rule_that_is_switched_off_no_longer_suggests(accepted):
    before = recommended(accepted, today=TODAY)["kind"].suggestion
    StructureRule.objects.filter(setting="kind").update(is_on=False)
    StructureRule.objects.filter(suggestion="geographic").update(value="1", is_on=True)

    after = recommended(accepted, today=TODAY)["kind"].suggestion

    assert (before, after) == ("hierarchical", "geographic")


def test_the_form_begins_with_the_suggestion_and_says_why(path, client_as):
    answer = client_as("BizDev").get(path)

    form, page = answer.context["form"], text(answer)
    assert form["kind"].value() == "hierarchical"
    assert "Team size: 69 agents → Structure: hierarchical, because more leads than one" in page
    assert "The client wishes: flat: leads report to one manager." in page
    assert "Tiers: two tiers" in page
    assert "One more role: coach" not in page


def test_a_plan_as_suggested_needs_no_reason(accepted, client_as):
    plan = planned(client_as("BizDev"), accepted)

    decisions = plan.structure["decisions"]
    assert [(each["setting"], each["chosen"], each["reason"]) for each in decisions] == [
        ("kind", "hierarchical", ""),
        ("teams_by", "language_and_tier", ""),
        ("channels", "split", ""),
        ("share_roles", "no", ""),
        ("extra_roles", [], ""),
        ("target_span", 8, ""),
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "flat"}, "Say why this is otherwise than suggested: Structure."),
        (
            {"kind": "flat", "target_span": "12", "reason": "  "},
            "Say why these are otherwise than suggested: Structure, Agents for a lead.",
        ),
        ({"kind": "king"}, "king is not one of the available choices"),
    ],
)
def test_a_choice_without_its_reason_is_told_beside_the_field(changed, words, accepted, client_as):
    answer = ask(client_as("BizDev"), accepted, **changed, share_roles="no")

    assert (answer.status_code, words in text(answer)) == (422, True)
    assert not StaffingPlan.objects.exists()


def test_the_plan_shows_who_decided_otherwise_and_why(accepted, user_as, client_as):
    browser = client_as(user_as("BizDev", name="Bea"))
    why = "The client leads its leads itself."

    plan = planned(browser, accepted, kind="flat", reason=why)

    page = text(browser.get(plan.get_absolute_url()))
    assert plan.structure["kind"] == "flat"
    assert "<h2>Why this structure</h2>" in page
    assert "Bea: The client leads its leads itself." in page
    assert page.count("The client leads its leads itself.") == 1
    assert "Team size: 69 agents → Structure: hierarchical" in page


def test_a_stored_decision_does_not_change_with_the_rules(accepted, client_as):
    browser = client_as("BizDev")
    planned(browser, accepted)
    before = StaffingPlan.objects.get().structure["decisions"]

    StructureRule.objects.all().delete()

    page = text(browser.get(StaffingPlan.objects.get().get_absolute_url()))
    assert all(cause in page for each in before for cause in each["causes"])


def test_a_plan_of_other_decisions_is_another_plan(accepted, actor_as):
    by = actor_as("BizDev")
    as_suggested = Wish(decisions=({"setting": "kind", "reason": ""},))
    otherwise = Wish(decisions=({"setting": "kind", "reason": "So said"},))
    first = make_plan(accepted, by=by, wish=as_suggested)

    again = make_plan(accepted, by=by, wish=as_suggested)
    other = make_plan(accepted, by=by, wish=otherwise)

    assert (again, other.version) == (first, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_plan_form_query_count(count, path, accepted, client_as, django_assert_num_queries):
    browser = client_as("BizDev")
    LineOfBusinessFactory.create_batch(count - 1, requirements=accepted)

    # session, user, permissions, requirements, engagement, client, lines twice, rules, sites
    with django_assert_num_queries(10):
        answer = browser.get(path)

    assert answer.context["form"]["kind"].value() == "hierarchical"


def test_the_spans_above_leads_are_policies(accepted, actor_as):
    by = actor_as("Administrator")
    accepted.structure_wish = "hierarchical"
    accepted.save()
    policies.change(policies.find("staffing.leads_per_supervisor"), 2, by=by)
    policies.change(policies.find("staffing.supervisors_per_manager"), 3, by=by)

    plan = make_plan(accepted, by=by)

    counts = {each["role"]: each["count"] for each in plan.structure["roles"]}
    assert [counts[role] for role in ("director", "manager", "supervisor", "team_lead")] == [
        1, 2, 5, 9,
    ]  # fmt: skip
