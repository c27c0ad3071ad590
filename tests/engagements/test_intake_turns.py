"""Whose turn requirements are: opened to the client, submitted, sent back, accepted, discarded."""

import pytest
from django.urls import reverse

from core.models import Notification
from engagements.models import Assumption, LineOfBusiness, Milestone, Requirements
from tests.engagements.test_forms import DATA
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory

pytestmark = pytest.mark.django_db


def post(browser, name, row, data=None):
    return browser.post(reverse(f"engagements:{name}", args=[row.pk]), data or {})


def told():
    return [(each.kind.split(".")[1], each.text) for each in Notification.objects.order_by("pk")]


def test_opened_draft_becomes_the_clients_turn_and_it_is_told(client_as, person_of):
    row = RequirementsFactory(engagement__name="Care")
    person_of(row.engagement.client)
    person_of(row.engagement.client, "Client viewer")

    post(client_as("BizDev"), "requirements_open", row)

    milestone = Milestone.objects.get()
    assert Requirements.objects.get().with_client
    assert (str(milestone), milestone.turn) == ("Requirements, version 1, to fill in", "client")
    assert told() == [
        ("requirements_opened", "The requirements of Care, version 1, are yours to fill in.")
    ]


def test_draft_is_not_opened_where_nobody_could_fill_it_in(client_as, person_of):
    row = RequirementsFactory()
    person_of(row.engagement.client, "Client viewer")

    answer = post(client_as("BizDev"), "requirements_open", row)

    assert answer.status_code == 409
    assert "has access and may decide" in answer.content.decode()
    assert not Requirements.objects.get().with_client


def test_draft_taken_back_is_nobodys_turn(client_as, person_of):
    row = RequirementsFactory()
    person_of(row.engagement.client)
    browser = client_as("BizDev")
    post(browser, "requirements_open", row)

    post(browser, "requirements_take_back", row)

    assert not Requirements.objects.get().with_client
    assert not Milestone.objects.exists()


def test_client_writes_lines_and_assumptions_and_submits(client_as, person_of):
    row = RequirementsFactory(with_client=True, engagement__name="Care")
    browser = client_as(person_of(row.engagement.client, user__name="Clara Lund"))

    added = post(browser, "line_add", row, DATA)
    line = LineOfBusiness.objects.get()
    post(browser, "line_edit", line, {**DATA, "aht_s": "99"})
    assumed = {"what": "Growth", "value": "8", "unit": "%", "source": "Our plan", "line": ""}
    noted = post(browser, "assumption_add", row, assumed)
    post(browser, "submit", row)

    each = Assumption.objects.get()
    assert added.url == reverse("engagements:intake", args=[row.pk, "lines"])
    assert noted.url == reverse("engagements:intake", args=[row.pk, "review"])
    assert LineOfBusiness.objects.get().aht_s == 99
    assert (each.given_by, each.owner) == ("client", row.engagement.owner)
    assert Requirements.objects.get().state == "submitted"
    assert told() == [
        (
            "requirements_submitted",
            "Clara Lund submits the requirements of Care, version 1.",
        )
    ]


def test_form_of_a_line_leads_a_client_to_no_page_of_ours(client_as, person_of):
    row = RequirementsFactory(with_client=True)
    browser = client_as(person_of(row.engagement.client))

    page = browser.get(reverse("engagements:line_add", args=[row.pk])).content.decode()

    assert row.get_absolute_url() in page
    assert row.engagement.get_absolute_url() not in page
    assert row.engagement.client.get_absolute_url() not in page


def test_sent_back_ones_are_the_clients_again_with_the_reason(client_as, person_of):
    row = LineOfBusinessFactory(
        requirements__state="submitted", requirements__with_client=True
    ).requirements
    clara = person_of(row.engagement.client)
    bizdev = client_as("BizDev")

    empty = post(bizdev, "send_back", row, {"reason": ""})
    post(bizdev, "send_back", row, {"reason": "Which hours on Sunday?"})

    page = client_as(clara).get(reverse("engagements:intake", args=[row.pk, "business"]))
    assert empty.status_code == 422
    assert "Which hours on Sunday?" in page.content.decode()
    assert Milestone.objects.get().turn == "client"
    assert [kind for kind, _text in told()] == ["requirements_answered", "requirements_opened"]


def test_lines_of_submitted_ones_are_refused_with_the_reason(client_as, person_of):
    line = LineOfBusinessFactory(requirements__state="submitted")
    browser = client_as(person_of(line.requirements.engagement.client))

    answer = post(browser, "line_edit", line, DATA)

    assert answer.status_code == 409
    assert "make a new version of them" in answer.content.decode()


def test_draft_is_discarded_unless_it_was_submitted_once(client_as):
    row = LineOfBusinessFactory().requirements
    browser = client_as("BizDev")
    page = reverse("engagements:requirements_discard", args=[row.pk])

    asked = browser.get(page).content.decode()
    post(browser, "submit", row)
    post(browser, "send_back", row, {"reason": "Later"})
    refused = browser.post(page)

    assert "Discard version 1, and all that is written in it?" in asked
    assert refused.status_code == 409
    assert Requirements.objects.get().lines.count() == 1


def test_discarded_draft_is_gone_with_its_lines(client_as):
    row = LineOfBusinessFactory().requirements

    answer = post(client_as("BizDev"), "requirements_discard", row)

    assert answer.url == row.engagement.get_absolute_url()
    assert not Requirements.objects.exists()
    assert not LineOfBusiness.objects.exists()
