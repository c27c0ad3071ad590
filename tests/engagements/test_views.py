from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.models import Client, Engagement, LineOfBusiness, Requirements, Seat
from tests.engagements.test_forms import DATA
from tests.factories.engagements import (
    ClientFactory,
    ClientPersonFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    MilestoneFactory,
    RequirementsFactory,
    SeatFactory,
    StaffingPlanFactory,
    TeamFactory,
)
from tests.plans import planned

pytestmark = pytest.mark.django_db
CLIENT = {"name": "Nordwind", "legal_name": "", "industry": "banking", "size": "large"}
CLIENT |= {"country": "DE", "time_zone": "Europe/Berlin"}
HEAD = {
    "business": {"scope_of_service": "Calls", "complexity": "simple"},
    "geography": {
        "delivery_countries": "pl, ES",
        "customer_time_zone": "Europe/Berlin",
        "structure_wish": "flat",
    },
    "dates": {"go_live_on": "2027-06-01"},
}


def full_engagement():
    """An engagement with one of all that its page shows."""
    engagement = EngagementFactory()
    line = LineOfBusinessFactory(requirements=RequirementsFactory(engagement=engagement))
    team = TeamFactory(engagement=engagement, line=line)
    for role in ("team_lead", "agent"):
        SeatFactory(engagement=engagement, role=role, team=team, line=line)
    MilestoneFactory(engagement=engagement)
    return engagement


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_one_record_query_count(count, client_as, django_assert_max_num_queries):
    browser = client_as("Administrator")
    engagement = full_engagement()
    requirements = engagement.requirements.get()
    for number in range(1, count):
        LineOfBusinessFactory(requirements=requirements)
        RequirementsFactory(engagement=engagement, version=number + 1)
        StaffingPlanFactory(engagement=engagement, version=number + 1)
        SeatFactory(engagement=engagement, team=TeamFactory(engagement=engagement))
        MilestoneFactory(engagement=engagement)
        ClientPersonFactory(client=engagement.client)

    pages = [
        row.get_absolute_url()
        for row in (engagement.client, requirements, engagement.seats.first())
    ]
    for page in [reverse("engagements:engagement", args=[engagement.pk]), *pages]:
        with django_assert_max_num_queries(15):
            assert browser.get(page).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["NB-1", "KA-1", "LU-1"]),
        ({"q": "nordwind"}, ["NB-1"]),
        ({"q": "ka-1"}, ["KA-1"]),
        ({"state": "lost"}, ["LU-1"]),
        ({"state": "open"}, ["NB-1", "KA-1"]),
        ({"sort": "-wanted"}, ["KA-1", "NB-1", "LU-1"]),
        ({"sort": "go_live"}, ["LU-1", "NB-1", "KA-1"]),
        ({"sort": "password"}, ["NB-1", "KA-1", "LU-1"]),
    ],
)
def test_engagements_are_searched_filtered_and_sorted(query, found, client_as):
    rows = [
        ("Alpha Nordwind", "NB-1", "scoping", date(2027, 1, 1)),
        ("Kestrel Air", "KA-1", "live", None),
        ("Lumen", "LU-1", "lost", date(2026, 1, 1)),
    ]
    for name, code, state, day in rows:
        client = ClientFactory(name=name)
        EngagementFactory(client=client, code=code, state=state, go_live_on=day)
    SeatFactory(engagement=Engagement.objects.get(code="KA-1"))
    SeatFactory(engagement=Engagement.objects.get(code="LU-1"), state="cancelled")

    page = client_as("QA").get(reverse("engagements:engagements"), query)

    assert [row.code for row, _ in page.context["list"].lines] == found


def test_seats_are_filtered_by_state_role_and_team(client_as):
    engagement = EngagementFactory()
    team = TeamFactory(engagement=engagement, name="Team 1")
    for number, state, role, of in [
        ("1", "live", "agent", team),
        ("2", "live", "team_lead", team),
        ("3", "planned", "agent", team),
        ("4", "live", "agent", None),
        ("5", "cancelled", "agent", team),
    ]:
        SeatFactory(engagement=engagement, number=number, state=state, role=role, team=of)
    url = reverse("engagements:seats", args=[engagement.pk])
    browser = client_as("QA")

    def found(**query):
        return [
            (seat.number, seat.lead and seat.lead.number)
            for seat, _ in browser.get(url, query).context["list"].lines
        ]

    assert found() == [("1", "2"), ("2", "2"), ("3", "2"), ("4", None)]
    assert found(state="live", role="agent", team=team.pk) == [("1", "2")]
    assert found(state="cancelled") == [("5", "2")]


def test_client_and_engagement_are_added(client_as):
    browser = client_as("BizDev")

    browser.post(reverse("engagements:client_add"), CLIENT)
    client = Client.objects.get()
    data = {"name": "Phone", "code": "NB-1", "owner": browser.user.pk, "currency": "EUR"}
    answer = browser.post(
        reverse("engagements:engagement_add", args=[client.pk]),
        {**data, "go_live_on": "2027-06-01"},
    )

    engagement = Engagement.objects.get()
    assert answer.url == engagement.get_absolute_url()
    assert (engagement.client, engagement.code, engagement.state) == (client, "NB-1", "enquiry")
    assert engagement.milestones.get().due_on == date(2027, 6, 1)


def test_client_is_edited(client_as):
    client = ClientFactory()

    client_as("BizDev").post(reverse("engagements:client_edit", args=[client.pk]), CLIENT)

    assert Client.objects.get().name == "Nordwind"


def test_wrong_code_is_told_and_what_was_typed_stays(client_as):
    browser = client_as("BizDev")
    data = {"name": "Phone calls", "code": "nb 1", "owner": browser.user.pk, "currency": "EUR"}

    answer = browser.post(reverse("engagements:engagement_add", args=[ClientFactory().pk]), data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write up to 12 capital letters" in page
    assert "Phone calls" in page
    assert not Engagement.objects.exists()


def test_editing_an_engagement_leaves_its_code_and_state(client_as):
    engagement = EngagementFactory(code="NB-1", state="scoping")
    data = {"name": "Chat", "owner": engagement.owner.pk, "currency": "USD", "code": "XX"}
    data |= {"next_step": "Call Jo", "next_step_on": "2026-12-01"}

    client_as("BizDev").post(reverse("engagements:engagement_edit", args=[engagement.pk]), data)

    row = Engagement.objects.get()
    assert (row.name, row.currency, row.code, row.state) == ("Chat", "USD", "NB-1", "scoping")
    assert (row.next_step, row.next_step_on) == ("Call Jo", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("may_decide", "role"), [("yes", "Client approver"), ("no", "Client viewer")]
)
def test_clients_person_is_invited(may_decide, role, client_as):
    client = ClientFactory()
    data = {"email": "jo@x.example", "name": "Jo", "may_decide": may_decide}

    client_as("BizDev").post(reverse("engagements:client_invite", args=[client.pk]), data)

    assert [group.name for group in client.people.get().user.groups.all()] == [role]


def test_requirements_go_from_a_form_to_a_plan(client_as):
    browser = client_as("BizDev")
    engagement = EngagementFactory()

    browser.post(reverse("engagements:requirements_begin", args=[engagement.pk]))
    row = Requirements.objects.get()
    for step, answers in HEAD.items():
        browser.post(reverse("engagements:intake", args=[row.pk, step]), answers)
    browser.post(reverse("engagements:line_add", args=[row.pk]), DATA)
    browser.post(reverse("engagements:submit", args=[row.pk]))
    browser.post(reverse("engagements:accept", args=[row.pk]))
    made = planned(browser, row)

    assert Requirements.objects.get().delivery_countries == ["PL", "ES"]
    assert engagement.plans.get() == made
    assert made.seats.count() == made.total_seats > 0
    assert Engagement.objects.get().go_live_on == date(2027, 6, 1)


def test_line_is_edited_and_removed(client_as):
    line = LineOfBusinessFactory(position=4)
    browser = client_as("BizDev")

    browser.post(reverse("engagements:line_edit", args=[line.pk]), {**DATA, "aht_s": "99"})
    edited = LineOfBusiness.objects.get()
    browser.post(reverse("engagements:line_remove", args=[line.pk]))

    assert (edited.name, edited.aht_s, edited.position) == ("Phone", 99, 4)
    assert not LineOfBusiness.objects.exists()


def test_arrivals_that_cannot_be_read_are_told_and_nothing_typed_is_lost(client_as):
    row = RequirementsFactory()
    data = {**DATA, "contacts_per_half_hour": "", "name": "Calls from Bremen"}
    upload = SimpleUploadedFile("calls.csv", b"day,people\n1,2\n")

    answer = client_as("BizDev").post(
        reverse("engagements:line_add", args=[row.pk]), {**data, "arrivals": upload}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The header needs a column named timestamp" in page
    assert "Calls from Bremen" in page
    assert not LineOfBusiness.objects.exists()


def test_requirements_show_reasons_and_what_the_first_year_holds(client_as):
    requirements = LineOfBusinessFactory(
        requirements__go_live_on=date(2027, 6, 1),
        contact_reasons=[["Order status", 0.4], ["Bill", 0.2]],
        holiday_region="DE",
        closed_on_holidays=True,
        seats_asked=12,
    ).requirements
    browser = client_as("BizDev")

    page = browser.get(requirements.get_absolute_url()).content.decode()
    line = browser.get(reverse("engagements:line_edit", args=[requirements.lines.get().pk]))

    assert "2,064 h on 258 days in the first year" in page
    for each in (page, line.content.decode()):
        assert "Closed on 4 public holidays (Germany) in the first year" in each
        assert "Fri 14 Apr 2028: Good Friday" in each
        assert 'data-label="Up to here">60%</td>' in each
    assert "at least 12 agents asked for" in page
    assert "Why 2,064?" in line.content.decode()


def test_submitted_requirements_are_edited_by_a_new_version_only(client_as):
    row = LineOfBusinessFactory(requirements__state="submitted").requirements
    browser = client_as("BizDev")

    page = reverse("engagements:intake", args=[row.pk, "dates"])
    answer = browser.post(page, HEAD["dates"])
    browser.post(reverse("engagements:new_version", args=[row.pk]))

    assert answer.status_code == 409
    assert list(Requirements.objects.values_list("version", "state")) == [
        (2, "draft"),
        (1, "submitted"),
    ]


def test_engagement_is_agreed_and_lost_by_its_buttons(client_as):
    browser = client_as("BizDev")
    seat = SeatFactory(engagement__state="proposed")
    other = EngagementFactory()

    browser.post(reverse("engagements:agree", args=[seat.engagement.pk]))
    empty = browser.post(reverse("engagements:lose", args=[other.pk]), {"reason": ""})
    browser.post(reverse("engagements:lose", args=[other.pk]), {"reason": "Price"})

    assert Seat.objects.get().state == "approved"
    assert empty.status_code == 422
    assert Engagement.objects.get(pk=other.pk).lost_reason == "Price"


def test_requirements_begin_with_those_of_another_engagement(client_as):
    source = LineOfBusinessFactory(
        name="Phone", requirements__scope_of_service="Calls", requirements__state="accepted"
    ).requirements
    engagement = EngagementFactory(client__time_zone="Asia/Manila", go_live_on=date(2027, 9, 1))
    page = reverse("engagements:requirements_copy", args=[engagement.pk])
    browser = client_as("BizDev")

    assert str(source) in browser.get(page).content.decode()
    answer = browser.post(page, {"source": source.pk})

    made = engagement.requirements.get()
    assert answer.url == made.get_absolute_url()
    assert (made.state, made.version, made.scope_of_service) == ("draft", 1, "Calls")
    assert (made.customer_time_zone, made.go_live_on) == ("Asia/Manila", date(2027, 9, 1))
    assert made.lines.get().name == "Phone"
    assert source.lines.count() == 1


def test_what_is_no_requirements_to_copy_is_said_beside_the_field(client_as):
    engagement = EngagementFactory()
    own = RequirementsFactory(engagement=engagement)
    page = reverse("engagements:requirements_copy", args=[engagement.pk])
    assert client_as("BizDev").post(page, {"source": own.pk}).status_code == 422
