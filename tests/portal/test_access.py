"""Who is answered what, on every route of the portals and homes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.access import differences, line
from tests.factories.engagements import EngagementFactory
from tests.factories.recruiting import (
    ApplicationFactory,
    CriteriaSetFactory,
    CriterionFactory,
    RequisitionFactory,
)
from tests.spanish import english_left, read_outside

OWN_CLIENT = {"own_approver": 200, "own_viewer": 200}
CLIENTS = line(**OWN_CLIENT, other_client=200)
VENDORS = line(own_vendor=200, other_vendor=200)

ACCESS = {
    ("get", "portal:api"): line(200, staff=200, outside=200),
    ("get", "portal:home"): line(staff=200, outside=302),
    ("get", "portal:engagement"): line(staff=200),
    ("get", "portal:decisions"): CLIENTS,
    ("get", "portal:progress"): CLIENTS,
    ("get", "portal:candidates"): CLIENTS,
    ("get", "portal:documents"): CLIENTS,
    ("get", "portal:sent_proposals"): CLIENTS,
    ("get", "portal:agreed_criteria"): CLIENTS,
    ("get", "portal:people"): CLIENTS,
    ("get", "portal:criteria"): line(**OWN_CLIENT, other_client=404),
    ("post", "portal:criteria"): line(own_approver=422, own_viewer=403, other_client=404),
    ("get", "portal:candidate"): line(**OWN_CLIENT, other_client=404),
    ("post", "portal:candidate"): line(own_approver=422, own_viewer=403, other_client=404),
    ("get", "portal:vendor_requisitions"): VENDORS,
    ("get", "portal:vendor_candidates"): VENDORS,
    ("get", "portal:vendor_documents"): VENDORS,
    ("get", "portal:vendor_requisition"): line(own_vendor=200, other_vendor=404),
    ("post", "portal:vendor_requisition"): line(own_vendor=422, other_vendor=404),
    ("get", "portal:vendor_document_add"): VENDORS,
    ("post", "portal:vendor_document_add"): line(own_vendor=422, other_vendor=422),
}


@pytest.fixture
def paths(world):
    engagement = EngagementFactory(client=world.client)
    criteria_set = CriteriaSetFactory(engagement=engagement, state="in_review")
    CriterionFactory(criteria_set=criteria_set)
    requisition = RequisitionFactory(engagement=engagement, state="open", vendors=[world.vendor])
    application = ApplicationFactory(
        requisition=requisition, state="client_review", put_forward_at=timezone.now()
    )
    keys = {
        "engagement": engagement,
        "criteria": criteria_set,
        "candidate": application,
        "vendor_requisition": requisition,
    }

    def path(route):
        row = keys.get(route.split(":")[1])
        return reverse(route, args=[row.pk] if row else [])

    return path


def test_each_kind_of_user_is_answered(world, paths):
    assert differences(world, ACCESS, paths) == {}


@pytest.mark.parametrize(("method", "route"), read_outside(ACCESS))
@pytest.mark.usefixtures("pseudo_spanish")
def test_nobody_outside_is_left_with_english(method, route, world, paths):
    assert english_left(world, method, paths(route)) == {}
