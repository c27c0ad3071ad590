from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.files import FileRefused, may_see
from core.models import Message
from core.workflow import StepRefused
from tests.factories.core import UserFactory
from tests.factories.vendors import VendorDocumentFactory, VendorFactory, VendorPersonFactory
from vendors.actions import add_document, invite_person, submission_blockers
from vendors.models import MANDATORY, VendorDocument

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
PDF = b"%PDF-1.7 a policy"


def test_invited_person_belongs_to_the_vendor_and_gets_a_mail(actor_as):
    vendor = VendorFactory()

    person = invite_person(vendor, email="Ana@x.example", name="Ana", by=actor_as("BizDev"))

    assert (person.vendor, person.user.kind) == (vendor, "vendor")
    assert [group.name for group in person.user.groups.all()] == ["Vendor contact"]
    assert Message.objects.get().to == "ana@x.example"


def test_person_invited_twice_is_one_person(actor_as):
    vendor, by = VendorFactory(), actor_as("BizDev")

    first = invite_person(vendor, email="ana@x.example", name="Ana", by=by)

    assert invite_person(vendor, email="ana@x.example", name="Ana", by=by) == first


def test_address_of_somebody_elsewhere_is_not_invited(actor_as):
    other = VendorPersonFactory()
    staff = UserFactory()

    for user in (other.user, staff):
        with pytest.raises(StepRefused, match="belongs to somebody who is not at"):
            invite_person(VendorFactory(), email=user.email, name="A", by=actor_as("BizDev"))

    assert not Message.objects.exists()


def test_document_is_seen_by_its_vendor_and_no_other(actor_as):
    person, other = VendorPersonFactory(), VendorPersonFactory()
    for each in (person, other):
        each.user.groups.add(*actor_as("Vendor contact").user.groups.all())

    document = add_document(
        person.vendor,
        kind="insurance",
        valid_from=DAY,
        expires_on=None,
        upload=SimpleUploadedFile("policy.pdf", PDF),
        by=person.user.actor,
    )

    assert (document.file.name, document.file.media_type) == ("policy.pdf", "application/pdf")
    assert may_see(document.file, person.user.actor)
    assert not may_see(document.file, other.user.actor)


def test_refused_file_leaves_no_document(actor_as):
    with pytest.raises(FileRefused):
        add_document(
            VendorFactory(),
            kind="insurance",
            valid_from=DAY,
            expires_on=None,
            upload=SimpleUploadedFile("policy.exe", b"MZ\0\0"),
            by=actor_as("BizDev"),
        )

    assert not VendorDocument.objects.exists()


def test_expired_mandatory_document_blocks_submissions_and_says_whom_to_ask():
    person = VendorPersonFactory(vendor__state="approved", user__name="Ana")
    for kind in MANDATORY:
        ends = DAY if kind == "insurance" else None
        VendorDocumentFactory(vendor=person.vendor, kind=kind, expires_on=ends)

    before = submission_blockers(person.vendor, DAY - timedelta(days=1))
    found = submission_blockers(person.vendor, DAY)

    assert before == []
    assert [str(each) for each in found] == ["Missing or expired: liability insurance. (Ana)"]


def test_vendor_that_is_not_approved_puts_nobody_forward():
    vendor = VendorFactory(name="Polaris", state="suspended")
    for kind in MANDATORY:
        VendorDocumentFactory(vendor=vendor, kind=kind)

    found = submission_blockers(vendor, DAY)

    assert [str(each) for each in found] == [
        "Polaris is not approved: suspended. (the HR director)"
    ]
