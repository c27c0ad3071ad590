"""A plan is made by a worker, over sites, with seats that know site, shift and tier."""

from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from core.models import Job
from engagements import actions
from engagements.actions import make_plan
from engagements.models import Seat, StaffingPlan
from engagements.wish import AtSite, Wish
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory
from tests.factories.vendors import SiteFactory, VendorFactory
from tests.plans import ask

pytestmark = pytest.mark.django_db
ROUND = [[day, "00:00", "00:00"] for day in range(1, 8)]


@pytest.fixture
def accepted():
    row = RequirementsFactory(
        state="accepted", customer_time_zone="Europe/Berlin", go_live_on=date(2027, 6, 1)
    )
    LineOfBusinessFactory(
        requirements=row, name="Phone", hours=ROUND, contacts_per_half_hour=60, tier=2
    )
    return row


@pytest.fixture
def sites():
    return [
        SiteFactory(name="Manila", vendor=None, time_zone="Asia/Manila", seats=500),
        SiteFactory(name="Gdansk", vendor=None, time_zone="Europe/Warsaw", seats=500),
        SiteFactory(name="Bogota", vendor=None, time_zone="America/Bogota", seats=500),
    ]


def around_the_sun(sites):
    shares = zip(sites, (40, 30, 30), strict=True)
    at = tuple(AtSite(site.pk, share, "07:00", "19:00") for site, share in shares)
    return Wish(kind="geographic", sites=at, follow_sun=True)


def test_the_page_has_a_worker_make_it_and_leads_to_the_plan(accepted, client_as):
    browser = client_as("BizDev")

    waits = ask(browser, accepted, seats_by="week")
    arrives = browser.get(waits.url)

    plan = accepted.plans.get()
    job = Job.objects.get()
    assert waits.url == reverse("engagements:plan_progress", args=[job.pk])
    assert arrives.url == plan.get_absolute_url()
    said = [f"Phone: {plan.structure['lines'][0]['seats']} seats"]
    assert [line.text for line in job.lines.all()][:1] == said


def test_while_nobody_has_made_it_the_page_asks_again_by_itself(accepted, client_as):
    browser = client_as("BizDev")
    job = actions.begin_plan(accepted, by=browser.user.actor, wish=Wish())

    page = browser.get(reverse("engagements:plan_progress", args=[job.pk])).content.decode()

    assert "The plan is being made." in page
    assert 'hx-trigger="every 1s"' in page
    assert "Look again" in page


def test_numbers_that_are_impossible_end_the_job_with_their_sentence(
    accepted, client_as, django_capture_on_commit_callbacks
):
    accepted.lines.update(hours=[])
    browser = client_as("BizDev")

    with django_capture_on_commit_callbacks(execute=True):
        job = actions.begin_plan(accepted, by=browser.user.actor, wish=Wish())
    page = browser.get(reverse("engagements:plan_progress", args=[job.pk])).content.decode()

    assert "There is no plan." in page
    assert "The hours a week of Phone must be above 0" in page
    assert not StaffingPlan.objects.exists()


def test_done_twice_it_is_one_plan(accepted, actor_as):
    by = actor_as("BizDev")
    job = actions.begin_plan(accepted, by=by, wish=Wish(seats_by="week"))

    once, twice = (list(actions.do_plan(job, range(2), by)) for _ in range(2))

    assert once == twice
    assert accepted.plans.count() == 1


def test_seats_know_their_site_shift_and_tier(accepted, sites, actor_as):
    plan = make_plan(accepted, by=actor_as("BizDev"), wish=around_the_sun(sites))

    agents = plan.seats.filter(role="agent")
    assert set(agents.values_list("tier", flat=True)) == {2}
    assert "" not in set(agents.values_list("shift", flat=True))
    at_sites = Counter(agents.values_list("site__name", flat=True))
    stored = {each["site"]: each["seats"]["Phone"] for each in plan.structure["sites"]}
    assert {site.name: stored[site.pk] for site in sites} == at_sites
    assert sum(at_sites.values()) == plan.figure("agent_seats")["value"]
    assert plan.seats.count() == plan.total_seats


def test_each_site_has_its_roles_and_no_team_is_at_two(accepted, sites, actor_as):
    plan = make_plan(accepted, by=actor_as("BizDev"), wish=around_the_sun(sites))

    managers = plan.seats.filter(role="manager").values_list("site__name", flat=True)
    assert sorted(managers) == ["Bogota", "Gdansk", "Manila"]
    assert plan.seats.filter(role="director").count() == 1
    for team in plan.engagement.teams.all():
        assert set(Seat.objects.filter(team=team).values_list("site", flat=True)) == {team.site_id}


def test_the_plan_shows_who_works_where_and_when(accepted, sites, actor_as, client_as):
    plan = make_plan(accepted, by=actor_as("BizDev"), wish=around_the_sun(sites))

    browser = client_as("QA")

    page = browser.get(plan.get_absolute_url()).content.decode()
    week = browser.get(reverse("engagements:plan_week", args=[plan.pk]))

    assert "Who is on duty where, by half-hour" in page
    titles = [each.title for each in week.context["weeks"]]
    assert titles == ["Phone", "Manila", "Gdansk", "Bogota"]
    assert " on duty" in week.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"share_0": "40", "share_1": "40"}, "add up to 80 %, not to 100 %"),
        ({"share_0": "100", "follow_sun": "on"}, "Following the sun takes two sites or more."),
        (
            {"share_0": "100", "opens_0": "08:00", "closes_0": "08:00"},
            "Opening and closing at one time leaves none to work",
        ),
        ({"share_0": "0"}, "greater than or equal to 1"),
        ({"share_0": "half"}, "Enter a whole number."),
    ],
)
def test_wrong_shares_get_a_sentence_and_keep_what_was_typed(
    accepted, sites, client_as, given, sentence
):
    named = {
        f"{name.split('_')[0]}_{sites[int(name[-1])].pk}" if name[-1].isdigit() else name: value
        for name, value in given.items()
    }

    answer = ask(client_as("BizDev"), accepted, reason="The client says nine.", **named)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "The client says nine.</textarea>" in page
    assert not Job.objects.exists()


def test_only_sites_of_ours_and_of_approved_vendors_can_be_planned(accepted, sites, client_as):
    SiteFactory(name="Elsewhere", vendor=VendorFactory(state="prospect"))
    SiteFactory(name="Partner", vendor=VendorFactory(state="approved"))

    page = client_as("BizDev").get(reverse("engagements:make_plan", args=[accepted.pk]))

    assert [site.name for site in page.context["sites"].sites] == [
        "Bogota",
        "Gdansk",
        "Manila",
        "Partner",
    ]
