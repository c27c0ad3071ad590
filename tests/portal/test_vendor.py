from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from recruiting.models import Application
from tests.factories.engagements import SeatFactory
from tests.factories.recruiting import ApplicationFactory, CriterionFactory, RequisitionFactory
from tests.factories.vendors import VendorDocumentFactory, VendorFactory
from vendors.models import MANDATORY, VendorDocument

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def vendor():
    row = VendorFactory(name="Partner", state="approved")
    for kind in MANDATORY:
        VendorDocumentFactory(vendor=row, kind=kind)
    return row


@pytest.fixture
def contact(vendor, client_as, contact_of):
    return client_as(contact_of(vendor))


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def requisition(vendor):
    row = RequisitionFactory(state="open", vendors=[vendor], title="Agent, German")
    CriterionFactory(criteria_set=row.criteria_set, name="German, spoken")
    CriterionFactory(
        criteria_set=row.criteria_set, name="Charm", kind="weighted", weight=100, position=1
    )
    return row


PERSON = {
    "name": "Ewa Nowak",
    "email": "ewa@mail.example",
    "country": "PL",
    "language_1": "de",
    "level_1": "C1",
    "consent": "on",
}


@pytest.mark.parametrize("item_count", [1, 3])
def test_requisitions_of_the_vendor_and_no_others(
    item_count, contact, vendor, django_assert_max_num_queries
):
    RequisitionFactory(state="open", title="Of others", vendors=[VendorFactory()])
    RequisitionFactory(state="draft", title="Not yet open", vendors=[vendor])
    for _ in range(item_count):
        row = RequisitionFactory(state="open", vendors=[vendor])
        row.seats.set(SeatFactory.create_batch(2, engagement=row.engagement))
        ApplicationFactory(requisition=row, vendor=vendor, source="vendor")
        ApplicationFactory(requisition=row)

    with django_assert_max_num_queries(13):
        response = contact.get(reverse("portal:vendor_requisitions"))

    found = [(row.seat_count, row.put_forward) for row, _ in response.context["list"].lines]
    assert found == [(2, 1)] * item_count
    assert "Of others" not in text_of(response)
    assert "Not yet open" not in text_of(response)


def test_requisition_shows_its_must_haves_and_takes_a_candidate(contact, requisition, vendor):
    page = reverse("portal:vendor_requisition", args=[requisition.pk])
    text = text_of(contact.get(page))
    assert "German, spoken, C1" in text
    assert "Charm" not in text

    response = contact.post(page, PERSON)

    assert response["Location"] == reverse("portal:vendor_candidates")
    row = Application.objects.get()
    assert (row.vendor, row.state, row.candidate.name) == (vendor, "applied", "Ewa Nowak")


def test_bad_candidate_is_told_beside_the_field_and_loses_nothing(contact, requisition):
    page = reverse("portal:vendor_requisition", args=[requisition.pk])

    response = contact.post(page, {**PERSON, "email": "nonsense", "consent": ""})

    assert (response.status_code, Application.objects.count()) == (422, 0)
    assert 'value="Ewa Nowak"' in text_of(response)


def test_person_known_from_elsewhere_is_refused_in_words(contact, requisition):
    ApplicationFactory(candidate__email="ewa@mail.example")

    response = contact.post(reverse("portal:vendor_requisition", args=[requisition.pk]), PERSON)

    assert response.status_code == 422
    assert "We know this person already." in text_of(response)


def test_expired_document_takes_the_forms_place_and_refuses_a_post(contact, requisition, vendor):
    vendor.documents.filter(kind="insurance").update(expires_on=timezone.localdate())
    page = reverse("portal:vendor_requisition", args=[requisition.pk])

    shown, posted = contact.get(page), contact.post(page, PERSON)

    assert "Missing or expired: liability insurance." in text_of(shown)
    assert "Put forward</button>" not in text_of(shown)
    assert (posted.status_code, Application.objects.count()) == (422, 0)


def test_requisition_that_is_filled_takes_nobody(contact, vendor):
    row = RequisitionFactory(state="filled", vendors=[vendor])
    page = reverse("portal:vendor_requisition", args=[row.pk])

    assert "takes nobody now" in text_of(contact.get(page))
    assert contact.post(page, PERSON).status_code == 422


@pytest.mark.parametrize("item_count", [1, 3])
def test_candidates_are_the_vendors_own_with_their_stage(
    item_count, contact, vendor, django_assert_max_num_queries
):
    ApplicationFactory(candidate__name="Of others", vendor=VendorFactory())
    ApplicationFactory(candidate__name="Hired", vendor=vendor, state="hired")
    for number in range(item_count):
        ApplicationFactory(candidate__name=f"Own {number}", vendor=vendor, state="interview")

    with django_assert_max_num_queries(12):
        text = text_of(contact.get(reverse("portal:vendor_candidates")))

    assert f"{item_count} of your candidate" in text
    assert "under way, 1 hired." in text
    assert all(f"Own {n}" in text for n in range(item_count))
    assert "Of others" not in text


@pytest.mark.parametrize("item_count", [1, 3])
def test_documents_tell_what_expires(item_count, contact, vendor, django_assert_max_num_queries):
    soon = timezone.localdate() + timedelta(days=2)
    VendorDocumentFactory(vendor=VendorFactory(), kind="security")
    VendorDocumentFactory.create_batch(item_count, vendor=vendor, kind="other", expires_on=soon)

    with django_assert_max_num_queries(12):
        text = text_of(contact.get(reverse("portal:vendor_documents")))

    assert "Every document that we need is valid." in text
    assert text.count("in 2 days") == item_count
    assert "Security certificate" not in text


def test_renewed_document_is_kept_with_its_file(contact, vendor):
    data = {
        "kind": "insurance",
        "valid_from": "2026-01-01",
        "expires_on": "2030-01-01",
        "upload": SimpleUploadedFile("insurance.pdf", PDF),
    }

    contact.post(reverse("portal:vendor_document_add"), data)

    row = VendorDocument.objects.get(file__isnull=False)
    assert (row.vendor, row.kind, row.expires_on) == (vendor, "insurance", date(2030, 1, 1))
    sent = contact.get(row.file.get_absolute_url())
    assert b"".join(sent) == PDF
    sent.close()


def test_document_that_is_no_document_is_refused(contact):
    data = {"kind": "insurance", "upload": SimpleUploadedFile("x.pdf", b"<html>")}

    response = contact.post(reverse("portal:vendor_document_add"), data)

    assert response.status_code == 422
    assert "neither a PDF nor a PNG or JPEG" in text_of(response)
