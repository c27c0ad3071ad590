from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.models import Actor
from core.workflow import StepRefused, take_step
from tests.factories.vendors import (
    RateCardFactory,
    SiteFactory,
    VendorDocumentFactory,
    VendorFactory,
    VendorPersonFactory,
)
from vendors.models import MANDATORY, RateCard, Site, Vendor, VendorDocument

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
STEPS = {
    ("prospect", "submit"): "in_review",
    ("in_review", "approve"): "approved",
    ("in_review", "send_back"): "prospect",
    ("approved", "suspend"): "suspended",
    ("suspended", "reinstate"): "approved",
    ("prospect", "offboard"): "offboarded",
    ("in_review", "offboard"): "offboarded",
    ("approved", "offboard"): "offboarded",
    ("suspended", "offboard"): "offboarded",
}


def with_documents(vendor, **dates):
    for kind in MANDATORY:
        VendorDocumentFactory(vendor=vendor, kind=kind, **dates)
    return vendor


def test_machine_has_exactly_these_steps():
    found = {(s.source, s.name): s.target for s in Vendor().get_all_state_transitions()}

    assert found == STEPS


def test_vendor_with_documents_and_a_person_is_approved(actor_as):
    vendor = with_documents(VendorFactory(state="in_review"))
    VendorPersonFactory(vendor=vendor)

    assert take_step(vendor, "approve", by=actor_as("HR director")).state == "approved"


def test_vendor_without_a_person_is_not_approved(actor_as):
    vendor = with_documents(VendorFactory(state="in_review"))

    with pytest.raises(StepRefused, match="Nobody at the vendor has access yet"):
        take_step(vendor, "approve", by=actor_as("HR director"))


def test_suspended_vendor_is_reinstated_only_with_valid_documents(actor_as):
    yesterday = timezone.localdate() - timedelta(days=1)
    vendor = with_documents(VendorFactory(state="suspended"), expires_on=yesterday)

    with pytest.raises(StepRefused, match="Missing or expired: company registration"):
        take_step(vendor, "reinstate", by=actor_as("HR director"))
    with_documents(vendor)

    assert take_step(vendor, "reinstate", by=actor_as("HR director")).state == "approved"


@pytest.mark.parametrize(
    ("expires_on", "lacking"),
    [
        (None, []),
        (DAY + timedelta(days=1), []),
        (DAY, ["liability insurance"]),
        (DAY - timedelta(days=1), ["liability insurance"]),
    ],
)
def test_document_is_valid_until_the_day_before_it_expires(expires_on, lacking):
    vendor = VendorFactory()
    for kind in MANDATORY:
        last_day = expires_on if kind == "insurance" else None
        VendorDocumentFactory(vendor=vendor, kind=kind, expires_on=last_day)

    assert vendor.lacking_documents(DAY) == lacking


def test_next_expiry_is_that_of_the_longest_document_of_a_mandatory_kind():
    vendor = with_documents(VendorFactory())
    ends = [DAY + timedelta(days=days) for days in (5, 30)]
    VendorDocument.objects.filter(kind="insurance").delete()
    for end in ends:
        VendorDocumentFactory(vendor=vendor, kind="insurance", expires_on=end)
    VendorDocumentFactory(vendor=vendor, kind="other", expires_on=ends[0])

    assert vendor.next_expiry(DAY) == ends[1]


def test_document_cannot_expire_before_it_begins():
    with pytest.raises(IntegrityError, match="document_expires_after_it_begins"):
        VendorDocumentFactory(valid_from=DAY, expires_on=DAY)


def test_vendors_person_sees_their_own_vendor_and_what_belongs_to_it(actor_as):
    own, other = VendorFactory(), VendorFactory()
    actor = actor_as("Vendor contact", kind="vendor")
    VendorPersonFactory(vendor=own, user=actor.user)
    for vendor in (own, other):
        VendorDocumentFactory(vendor=vendor)
        SiteFactory(vendor=vendor)
        RateCardFactory(vendor=vendor)
    SiteFactory()
    RateCardFactory()

    assert list(Vendor.objects.visible_to(actor)) == [own]
    for model in (VendorDocument, Site, RateCard):
        assert [row.vendor for row in model.objects.visible_to(actor)] == [own]


def test_system_sees_every_vendor_and_a_trainers_link_none(actor_as):
    VendorFactory()

    assert Vendor.objects.visible_to(Actor.objects.system()).count() == 1
    assert not Vendor.objects.visible_to(actor_as("Client approver", kind="client")).exists()
