"""A client reads what changed in what they know, criteria and a proposal, until they say so."""

import hashlib
import json

import pytest

from cms.models import ProposalVersion
from core import versions
from recruiting.models import Criterion
from tests.factories.cms import ProposalFactory, ProposalVersionFactory
from tests.factories.engagements import ClientPersonFactory
from tests.factories.recruiting import CriteriaSetFactory, CriterionFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.django_db(transaction=True),
]
CHANGED = "Changed since you read it"


def test_client_reads_what_changed_and_says_so(cast):
    seat = ClientPersonFactory(user__name="Claudia Petersen", user__email="client@nordwind.example")
    client = cast.sign_in("client", "Claudia Petersen", seat.user.email, "Client approver")

    criteria_are_read_again(client, seat.client)
    proposal_costs_more(client, seat.client)
    frozen_text_gives_its_hash(client)

    assert cast.inspection.faults == []


def criteria_are_read_again(client, company):
    row = CriteriaSetFactory(engagement__client=company, state="in_review")
    CriterionFactory(criteria_set=row, name="Polite", kind="weighted", weight=40)
    path = f"/portal/criteria/{row.pk}/"
    client.visit(path)
    assert CHANGED not in client.text()

    Criterion.objects.update(weight=50)
    client.visit(path).visit(path).reads(CHANGED, "Item Polite: weight", "+10, +25%")
    client.press("I have read this")

    assert CHANGED not in client.text()


def proposal_costs_more(client, company):
    first, second = sent(company, "20000.00"), None
    client.visit(f"/portal/proposals/{first.pk}/")
    first.__class__.objects.filter(pk=first.pk).update(state="superseded")
    second = sent(company, "25000.00", after=first)

    client.visit(f"/portal/proposals/{second.pk}/")
    client.reads(CHANGED, "you read version 1", "€20,000.00", "€25,000.00", "+€5,000.00, +25%")
    client.press("I have read this")

    assert CHANGED not in client.text()


def sent(company, total, after=None):
    """Send a proposal of a price, or a further version of one, frozen as the office does."""
    data = {"currency": "EUR", "price": {"total": total, "lines": []}, "title": "A team"}
    html = f"<h1>A team for {total}</h1>"
    more = {"engagement": after.engagement, "number": after.number, "version": 2} if after else {}
    row = ProposalFactory(state="sent", **{"engagement__client": company} if not after else more)
    sha256 = versions.freeze({"data": data, "html": html})[1]
    ProposalVersionFactory(proposal=row, data=data, html=html, sha256=sha256)
    return row


def frozen_text_gives_its_hash(client):
    with client.page.expect_download() as download:
        client.page.get_by_role("link", name="The frozen text").click()
    content = download.value.path().read_bytes()
    client.reads(hashlib.sha256(content).hexdigest())
    assert json.loads(content)["html"] == ProposalVersion.objects.latest("pk").html
