from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import approvals
from core.models import Actor, Effect, Message
from core.people import invite
from tests.factories.cms import ContractFactory, ProposalFactory, ProposalVersionFactory
from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory, MilestoneFactory, SeatFactory
from tests.factories.recruiting import (
    ApplicationFactory,
    CriteriaSetFactory,
    OfferFactory,
    RequisitionFactory,
)
from tests.factories.training import CertificateFactory, EnrolmentFactory, TrainingClassFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=10)


def shown(browser, **query):
    response = browser.get(reverse("portal:home"), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def being_staffed(number):
    engagement = EngagementFactory(
        state="recruiting", client__name=f"Bank {number}", go_live_on=LONG_AGO.date()
    )
    SeatFactory(engagement=engagement, state="requisitioned")
    SeatFactory(engagement=engagement, state="live")
    requisition = RequisitionFactory(engagement=engagement, state="in_approval")
    offer = OfferFactory(application__requisition=requisition, state="in_approval")
    for row in (requisition, offer):
        approvals.begin(row, by=Actor.objects.system())
    ApplicationFactory(requisition=requisition, state="interview", moved_at=LONG_AGO)
    OfferFactory(application__requisition=requisition, state="approved")
    CriteriaSetFactory(engagement=engagement, state="changes_requested")
    return engagement


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize("role", ["HR director", "Recruiter"])
def test_staffing_home(role, item_count, client_as, django_assert_max_num_queries):
    browser = client_as(role)
    for number in range(item_count):
        being_staffed(number)

    with django_assert_max_num_queries(15):
        text = shown(browser)

    assert f"{item_count} of {item_count} team" in text
    assert text.count("the agreed day is past") == item_count
    assert text.count("over a week in “interview”: 1") == item_count
    assert text.count("Answer the client on") == item_count
    asked = item_count if role == "HR director" else 0
    assert text.count("Approve the offer to") == asked
    assert text.count("Approve Agent, phone, German") == asked


def before_agreement(number):
    engagement = EngagementFactory(
        state="proposed", next_step="Call again", next_step_on=LONG_AGO.date()
    )
    version = ProposalVersionFactory(proposal__engagement=engagement)
    reader = UserFactory(name=f"Reader {number}")
    version.views.create(by=reader.actor, at=timezone.now() - timedelta(days=1))
    approvals.begin(ProposalFactory(state="in_review"), by=Actor.objects.system())
    ContractFactory(state="issued")


@pytest.mark.parametrize("item_count", [1, 3])
def test_sales_home(item_count, client_as, django_assert_max_num_queries):
    browser = client_as("BizDev")
    for number in range(item_count):
        before_agreement(number)

    with django_assert_max_num_queries(15):
        text = shown(browser)

    assert f"{item_count} next step" in text
    assert [f"read by Reader {n}, yesterday" in text for n in range(item_count)] == (
        [True] * item_count
    )
    assert text.count("Approve Proposal") == item_count
    assert text.count("Sign Contract") == item_count


def in_training(number):
    engagement = EngagementFactory(state="training", client__name=f"Bank {number}")
    row = TrainingClassFactory(engagement=engagement, state="running", name=f"Class {number}")
    EnrolmentFactory(training_class=row, state="assessment", seat__state="in_training")
    CertificateFactory(
        enrolment__training_class=row,
        expires_on=timezone.localdate() + timedelta(days=30),
        enrolment__application__candidate__name=f"Agent {number}",
    )


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize("role", ["Delivery manager", "Trainer", "QA"])
def test_training_home(role, item_count, client_as, django_assert_max_num_queries):
    browser = client_as(role)
    for number in range(item_count):
        in_training(number)

    with django_assert_max_num_queries(15):
        text = shown(browser)

    noun = "1 class is running; 1 person" if item_count == 1 else "3 classes are running; 3 people"
    assert noun in text
    assert text.count("seats not live: 1 · in a class: 1") == item_count
    assert all(f"Agent {n}" in text for n in range(item_count))


def test_team_is_ready_when_it_lacks_nothing(client_as):
    ready, uncertified = EngagementFactory.create_batch(2, state="training")
    CertificateFactory(
        enrolment__training_class__engagement=ready,
        expires_on=timezone.localdate() + timedelta(days=90),
    )
    SeatFactory(engagement=uncertified, state="live")

    text = shown(client_as("Trainer"))

    assert "1 of 2 teams are ready for go-live" in text
    assert text.count("at work without certificate: 1") == 1


@pytest.mark.parametrize("item_count", [1, 3])
def test_administrators_home(item_count, client_as, django_assert_max_num_queries):
    browser = client_as("Administrator")
    for number in range(item_count):
        Message.objects.create(
            template="x", to="a@b.example", subject_line=f"Lost {number}", outcome="failed"
        )
        Effect.objects.create(name=f"effect {number}", key=f"{number}", state="dead")
        invite(
            email=f"new{number}@cadre.example",
            name=f"Newcomer {number}",
            role="QA",
            by=browser.user.actor,
        )

    with django_assert_max_num_queries(15):
        text = shown(browser)

    for number in range(item_count):
        assert f"Lost {number}" in text
        assert f"effect {number}" in text
        assert f"Newcomer {number}" in text


def test_who_has_several_homes_finds_them_as_tabs(client_as):
    text = shown(client_as("Administrator"), of="sales")

    assert 'href="?of=sales" aria-current="page"' in text
    assert "0 engagements are before agreement" in text


def test_staff_without_a_role_are_told_whom_to_ask(client_as):
    assert "An administrator gives roles" in shown(client_as(UserFactory()))


def test_clients_and_vendors_are_led_to_their_portals(client_as, person_of, contact_of, world):
    client = person_of(world.client)
    assert client_as(client).get(reverse("portal:home"))["Location"] == reverse("portal:decisions")
    vendor = contact_of(world.vendor)
    assert client_as(vendor).get(reverse("portal:home"))["Location"] == "/partner/"


@pytest.mark.parametrize("item_count", [1, 3])
# Whoever may take the team live is also told what holds it up, by guards of three apps.
@pytest.mark.parametrize(("role", "most"), [("BizDev", 15), ("Administrator", 20)])
def test_engagement_page(role, most, item_count, client_as, django_assert_max_num_queries):
    browser = client_as(role)
    engagement = EngagementFactory(state="training")
    for _ in range(item_count):
        SeatFactory(engagement=engagement, state="live")
        CriteriaSetFactory(engagement=engagement)
        RequisitionFactory(engagement=engagement)
        TrainingClassFactory(engagement=engagement)
        ContractFactory(engagement=engagement, proposal__state="declined")
        MilestoneFactory(engagement=engagement)

    with django_assert_max_num_queries(most):
        response = browser.get(reverse("portal:engagement", args=[engagement.pk]))

    text = " ".join(response.content.decode().split())
    assert f"{item_count} of {item_count} seats are live." in text
    titles = ["Requirements", "Staffing plan", "Proposal", "Criteria", "Requisitions", "Classes"]
    assert [link.title for link in response.context["chain"]] == [*titles, "Contract"]
    assert f"/criteria/new/?engagement={engagement.pk}" in text


def test_chain_leaves_out_what_somebody_may_not_see(client_as):
    engagement = EngagementFactory()
    MilestoneFactory(engagement=engagement, key="proposal:1", url="/proposals/1/")
    MilestoneFactory(engagement=engagement, key="first_class", url="/classes/1/")
    page = engagement.get_absolute_url()

    response = client_as("Trainer").get(page)
    seller = client_as("BizDev").get(page)

    titles = [link.title for link in response.context["chain"]]
    assert [entry["url"] for entry in response.context["milestones"]] == ["", "/classes/1/"]
    assert {entry["url"] for entry in seller.context["milestones"]} == {
        "/proposals/1/",
        "/classes/1/",
    }

    assert "Proposal" not in titles
    assert "Contract" not in titles


def test_approval_is_late_here_from_the_same_hour_on_as_in_the_list_of_approvals(client_as):
    browser = client_as("HR director")
    row = OfferFactory(state="in_approval")
    this = approvals.begin(row, by=Actor.objects.system())
    assert '<span class="late">' not in shown(browser)

    this.steps.update(due_at=timezone.now() - timedelta(seconds=5))

    assert shown(browser).count('<span class="late">late</span>') == 1
    assert "1 of them late" in browser.get(reverse("core:approvals")).content.decode()
