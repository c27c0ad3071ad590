"""What a plan rests on beside its requirements: the ramp, our own rates, the price of the day."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from engagements import funnel, ledger, pages, scenarios
from engagements.actions import make_plan
from engagements.deadlines import deadlines
from engagements.models import Engagement
from engagements.wish import AtSite, Wish
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory
from tests.factories.vendors import RateCardFactory, RateFactory, SiteFactory

pytestmark = pytest.mark.django_db
GO_LIVE = date(2027, 6, 1)


@pytest.fixture
def accepted():
    row = RequirementsFactory(state="accepted", go_live_on=GO_LIVE, engagement__go_live_on=GO_LIVE)
    LineOfBusinessFactory(requirements=row, name="Phone")
    return row


@pytest.fixture
def seen(monkeypatch):
    """Let the funnel tell of what it is given."""
    found = {}
    monkeypatch.setattr(funnel, "_providers", [lambda since: found])
    return found


def test_agents_start_by_the_ramp_and_their_lead_with_the_first_of_the_team(accepted, actor_as):
    accepted.ramp = [[0, 0.5], [4, 1.0]]
    accepted.save()

    plan = make_plan(accepted, by=actor_as("BizDev"))

    agents = Counter(plan.seats.filter(role="agent").values_list("starts_on", flat=True))
    assert agents == {GO_LIVE: 35, date(2027, 6, 29): 34}
    for team in plan.engagement.teams.all():
        first = min(team.seats.filter(role="agent").values_list("starts_on", flat=True))
        assert team.seats.get(role="team_lead").starts_on == first
    others = plan.seats.exclude(role__in=["agent", "team_lead"])
    assert set(others.values_list("starts_on", flat=True)) == {GO_LIVE}


def test_our_own_rates_hold_once_enough_people_are_through(seen, accepted, actor_as):
    seen |= {"offered": (40, 200), "accepted": (9, 10)}

    rates = {rate.key: rate for rate in funnel.rates(date(2026, 11, 2))}

    assert (rates["offered"].share, rates["offered"].entered) == (0.2, 200)
    assert rates["offered"].source == "Our own funnel since 2 November 2025: 40 of 200"
    assert rates["accepted"].source.startswith("Default: 85 %")  # ten say too little
    figure = make_plan(accepted, by=actor_as("BizDev")).figure("candidates")
    given = {each["name"]: each["source"] for each in figure["inputs"]}
    assert given["Candidates who get an offer"].endswith("40 of 200")


def test_other_rates_make_another_plan(seen, accepted, actor_as):
    by = actor_as("BizDev")
    first = make_plan(accepted, by=by)
    again = make_plan(accepted, by=by)
    seen["offered"] = (40, 200)

    other = make_plan(accepted, by=by)

    assert (again, other.version) == (first, 2)


def test_a_plan_stores_what_it_costs_the_client_and_never_what_it_costs_us(accepted, actor_as):
    card = RateCardFactory(vendor=None, kind="price", currency="EUR")
    RateFactory(card=card, role="agent", language="", monthly=Decimal(2000))
    cost = RateCardFactory(vendor=None, kind="cost", currency="EUR")
    RateFactory(card=cost, role="agent", language="", monthly=Decimal(1500))

    plan = make_plan(accepted, by=actor_as("BizDev"))

    assert plan.figure("price.month")["value"] == 138_000
    assert "price.month" in plan.structure["figures"]
    assert not [key for key in plan.figures if key.startswith(("cost", "margin"))]


def test_the_last_safe_days_say_how_many_people_each_is_about(accepted, actor_as):
    plan = make_plan(accepted, by=actor_as("BizDev"))
    row = Engagement.objects.for_page().get(pk=plan.engagement_id)

    notes = [each["note"] for each in deadlines(row, today=date(2026, 11, 2))]

    candidates = plan.figure("candidates")["value"]
    assert any(f"{candidates:,} candidates to source" in note for note in notes)
    assert any("begin the class" in note for note in notes)


def test_each_site_leads_its_own_in_the_tree_of_a_geographic_plan(accepted, actor_as):
    sites = [SiteFactory(name=name, vendor=None) for name in ("North", "South")]
    at = tuple(AtSite(site.pk, 50) for site in sites)

    plan = make_plan(accepted, by=actor_as("BizDev"), wish=Wish(kind="geographic", sites=at))

    (director,) = pages.plan(plan)["nodes"]
    managers = [node for node in director["children"] if node["label"] == "Manager"]
    assert director["label"] == "Director"
    assert [node["note"].split(",")[0] for node in managers] == ["North", "South"]
    agents = [leads["children"][0]["count"] for m in managers for leads in m["children"][:1]]
    assert sum(agents) == plan.figure("agent_seats")["value"]
    assert "2 managers" in pages.plan(plan)["sentence"]


def test_a_scenario_goes_on_from_how_the_newest_plan_was_made(accepted, actor_as):
    sites = [SiteFactory(name=name, vendor=None) for name in ("North", "South")]
    at = tuple(AtSite(site.pk, 50) for site in sites)
    plan = make_plan(accepted, by=actor_as("BizDev"), wish=Wish(kind="geographic", sites=at))
    requirements = type(accepted).objects.for_page().get(pk=accepted.pk)

    (written,), _rows = scenarios.compare(requirements, [], on=date(2026, 11, 2))

    assert written.plan.total_seats == plan.total_seats


def test_sums_over_seats_of_a_geographic_plan_equal_it(accepted, actor_as):
    sites = [SiteFactory(name=name, vendor=None) for name in ("North", "South")]
    at = tuple(AtSite(site.pk, share) for site, share in zip(sites, (60, 40), strict=True))

    plan = make_plan(accepted, by=actor_as("BizDev"), wish=Wish(kind="geographic", sites=at))

    assert ledger.check(plan.engagement) == []
