"""The org chart of a day: roles, sites and teams, vacancies with their age, and its days."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from core.models import Actor
from core.workflow import Line, adopt
from engagements import changes
from engagements.chart import chart
from engagements.models import Seat
from tests.factories.engagements import StaffingPlanFactory, TeamFactory
from tests.factories.recruiting import OfferFactory
from tests.factories.vendors import SiteFactory

pytestmark = pytest.mark.django_db
ROLES = [
    {"role": "manager", "count": 1, "parent": ""},
    {"role": "team_lead", "count": 2, "parent": "manager"},
    {"role": "trainer", "count": 1, "parent": "manager"},
    {"role": "agent", "count": 4, "parent": "team_lead"},
]
LIVE = ["approve", "requisition", "reserve", "train", "nest", "go_live"]


def march(day):
    return date(2026, 3, day)


def at(day):
    return datetime(2026, 3, day, 10, tzinfo=UTC)


def lived(plan, number, role="agent", *, steps=LIVE, left=None, **fields):
    """Return a seat made on 1 March that is live since the 2nd, and perhaps left since a day."""
    seat = Seat(
        engagement=plan.engagement,
        plan=plan,
        number=number,
        role=role,
        starts_on=march(2),
        created_at=at(1),
        **fields,
    )
    by = Actor.objects.system()
    told = [Line(step, at(2), by) for step in steps]
    if left:
        told.append(Line("vacate", at(left), by, details={"on": march(left)}))
    return adopt([(seat, told)])[0]


@pytest.fixture
def plan():
    """Return the plan of two teams at two sites, of whose four agents two have left."""
    plan = StaffingPlanFactory(
        structure={"kind": "hierarchical", "roles": ROLES}, total_seats=8, made_at=at(1)
    )
    lived(plan, "boss", "manager")
    lived(plan, "coach", "trainer")
    for number, name in enumerate(("Cebu", "Lodz"), start=1):
        site = SiteFactory(name=name)
        team = TeamFactory(engagement=plan.engagement, name=f"Team {number}")
        lived(plan, f"lead-{number}", "team_lead", team=team, site=site)
        lived(plan, f"agent-{number}", team=team, site=site)
        lived(plan, f"gone-{number}", team=team, site=site, left=number * 10)
    return plan


def outline(nodes):
    return [
        (node["label"], node["count"], node["note"], outline(node["children"])) for node in nodes
    ]


def test_chart_shows_who_reports_to_whom_and_what_is_vacant_for_how_long(plan):
    drawn = chart(plan.engagement, plan, march(25), UTC)

    cebu = ("Team 1", "1 of 2", "led by lead-1; 1 vacant for 15 days", [])
    lodz = ("Team 2", "1 of 2", "led by lead-2; 1 vacant for 5 days", [])
    assert outline(drawn.nodes) == [
        (
            "Manager",
            "1 of 1",
            "",
            [
                (
                    "Team leads",
                    "2 of 2",
                    "1 in Cebu, 1 in Lodz",
                    [
                        ("Cebu", "1 of 2", "1 vacant for 15 days", [cebu]),
                        ("Lodz", "1 of 2", "1 vacant for 5 days", [lodz]),
                    ],
                ),
                ("Trainer", "1 of 1", "", []),
            ],
        )
    ]
    assert drawn.sentence == (
        "6 of 8 places are filled on 25 March 2026; 2 vacant, the oldest for 15 days."
    )


def test_chart_of_a_day_before_anybody_left_has_no_vacancy(plan):
    drawn = chart(plan.engagement, plan, march(5), UTC)

    assert drawn.sentence == "8 of 8 places are filled on 5 March 2026, none is vacant."


def test_geographic_structure_has_its_roles_at_each_site(plan):
    plan.structure["kind"] = "geographic"

    nodes = chart(plan.engagement, plan, march(5), UTC).nodes

    assert [(node["label"], node["count"]) for node in nodes] == [
        ("Cebu", "3 of 3"),
        ("Lodz", "3 of 3"),
        ("No site yet", "2 of 2"),
    ]
    assert [below["label"] for below in nodes[0]["children"]] == ["Team lead"]


def test_role_that_no_plan_places_reports_to_the_nearest_above(plan):
    plan.structure["roles"] = []
    lived(plan, "top", "director")

    (top,) = chart(plan.engagement, plan, march(5), UTC).nodes

    assert top["label"] == "Director"
    assert [node["label"] for node in top["children"]] == ["Manager"]
    assert [node["label"] for node in top["children"][0]["children"]] == ["Team leads", "Trainer"]


def test_many_teams_are_folded_on_the_page_and_counted_by_size_on_paper(plan, actor_as):
    for number in range(3, 16):
        team = TeamFactory(engagement=plan.engagement, name=f"Team {number}")
        lived(plan, f"more-{number}", team=team)
    Seat.objects.update(site=None)

    def teams(**who):
        return chart(plan.engagement, plan, march(5), UTC, **who).nodes[0]["children"][0]

    (folded,) = teams(actor=actor_as("QA"))["children"]
    assert (folded["label"], folded["folded"]) == ("15 teams", "Open the teams")
    assert [node["label"] for node in folded["children"]][8:11] == ["Team 9", "Team 10", "Team 11"]
    assert [(node["label"], node["count"]) for node in teams()["children"]] == [
        ("2 teams of 2", "4 of 4"),
        ("13 teams of 1", "13 of 13"),
    ]


def test_structure_changed_on_the_days_of_plans_and_of_seats(plan):
    zone = UTC
    newer = StaffingPlanFactory(
        engagement=plan.engagement, requirements=plan.requirements, version=2, made_at=at(15)
    )
    made = changes.plans(plan.engagement)
    found = changes.changes(plan.engagement, made, zone)

    assert [(each.day, each.what) for each in found] == [
        (march(20), "1 seat vacated"),
        (march(15), "plan v2 made"),
        (march(10), "1 seat vacated"),
        (march(1), "plan v1 made, 8 seats added"),
    ]
    assert changes.around(found, march(12)) == (found[2], found[1])
    assert changes.around(found, march(1)) == (None, found[2])
    held = [changes.plan_on(made, date(2026, 2, 28) + timedelta(days=d), zone) for d in (0, 1, 15)]
    assert held == [None, plan, newer]


def test_page_says_the_plan_that_held_and_leads_to_the_changes(plan, client_as):
    page = reverse("engagements:chart", args=[plan.engagement.pk])

    text = client_as("QA").get(page, {"on": "2026-03-12"}).content.decode()

    assert ">plan v1</a> held, made on 1 March 2026" in text
    assert 'href="?on=2026-03-10" rel="prev"' in text
    assert 'href="?on=2026-03-20" rel="next"' in text
    assert "1 vacant for 2 days" in text
    assert client_as("QA").get(page, {"on": "soon"}).status_code == 422


def test_page_names_holders_to_those_who_may_see_candidates(plan, client_as):
    seat = Seat.objects.get(number="agent-1")
    offer = OfferFactory(state="accepted", seat=seat)
    page = reverse("engagements:chart", args=[plan.engagement.pk])
    name = offer.application.candidate.name

    assert name in client_as("Recruiter").get(page).content.decode()
    text = client_as("QA").get(page).content.decode()
    assert "agent-1" in text
    assert name not in text


def test_chart_on_paper_fits_one_page_and_says_its_day(plan, client_as):
    page = reverse("engagements:chart_pdf", args=[plan.engagement.pk])

    answer = client_as("QA").get(page, {"on": "2026-03-25"})

    (paper,) = PdfReader(BytesIO(answer.content)).pages
    text = " ".join(paper.extract_text().split())
    assert paper.mediabox.width > paper.mediabox.height
    assert "Organisation on 25 March 2026" in text
    assert "6 of 8 places are filled" in text
    assert "led by lead-1; 1 vacant for 15 days" in text


@pytest.mark.parametrize("agents", [1, 3])
def test_chart_query_count(agents, client_as, django_assert_num_queries):
    plan = StaffingPlanFactory(structure={"roles": ROLES})
    for number in range(agents):
        team = TeamFactory(engagement=plan.engagement)
        lived(plan, f"agent-{number}", team=team)
    browser = client_as("Recruiter")
    page = reverse("engagements:chart", args=[plan.engagement.pk])

    with django_assert_num_queries(9):
        browser.get(page, {"on": timezone.localdate().isoformat()})
