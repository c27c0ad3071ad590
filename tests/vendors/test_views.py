from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories.vendors import (
    RateCardFactory,
    RateFactory,
    SiteFactory,
    VendorDocumentFactory,
    VendorFactory,
    VendorPersonFactory,
)
from vendors.models import MANDATORY, Site, Vendor, VendorDocument

pytestmark = pytest.mark.django_db
POLICY = {"kind": "insurance", "valid_from": "2026-01-01", "expires_on": "2027-01-01"}


def full_vendor(**fields):
    vendor = VendorPersonFactory(vendor=VendorFactory(**fields)).vendor
    for kind in MANDATORY:
        VendorDocumentFactory(vendor=vendor, kind=kind)
    SiteFactory(vendor=vendor)
    RateFactory(card=RateCardFactory(vendor=vendor))
    return vendor


@pytest.mark.parametrize("count", [1, 3])
def test_vendor_query_count(count, client_as, django_assert_max_num_queries):
    browser = client_as("BizDev")
    vendor = full_vendor()
    for _ in range(count - 1):
        VendorPersonFactory(vendor=vendor)
        SiteFactory(vendor=vendor)
        RateFactory(card=RateCardFactory(vendor=vendor))

    with django_assert_max_num_queries(15):
        browser.get(vendor.get_absolute_url())


def test_list_is_searched_and_filtered_by_state(client_as):
    for name, state in [("Polaris", "approved"), ("Polar", "prospect"), ("Vega", "approved")]:
        VendorFactory(name=name, state=state)

    found = client_as("QA").get(reverse("vendors:vendors"), {"q": "polar", "state": "approved"})

    assert [row.name for row, _ in found.context["list"].lines] == ["Polaris"]


def test_vendor_page_says_what_blocks_and_how_many_days_are_left(client_as):
    vendor = full_vendor(name="Polaris", state="approved")
    today = timezone.localdate()
    vendor.documents.filter(kind="insurance").update(expires_on=today - timedelta(days=1))
    vendor.documents.filter(kind="registration").update(expires_on=today + timedelta(days=9))

    page = client_as("BizDev").get(vendor.get_absolute_url()).content.decode()

    assert "Polaris may put nobody forward now." in page
    assert "Missing or expired: liability insurance." in page
    assert "in 9 days" in page


def test_document_is_added(client_as):
    vendor = VendorFactory()
    upload = SimpleUploadedFile("policy.pdf", b"%PDF-1.7")

    client_as("BizDev").post(
        reverse("vendors:document_add", args=[vendor.pk]), {**POLICY, "upload": upload}
    )

    document = VendorDocument.objects.get()
    assert (document.vendor, document.kind, document.file.name) == (
        vendor,
        "insurance",
        "policy.pdf",
    )
    assert document.expires_on == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"upload": ("a.exe", b"MZ\0")}, "a.exe is neither a PDF nor a PNG or JPEG image."),
        ({"upload": ("a.txt", b"words")}, "a.txt is neither a PDF nor a PNG or JPEG image."),
        ({"upload": ("a.pdf", b"")}, "The submitted file is empty."),
        ({"expires_on": "2026-01-01"}, "It must expire after the day from which it is valid."),
        ({"valid_from": "soon"}, "Enter a valid date."),
    ],
)
def test_wrong_document_gets_a_sentence_and_nothing_is_stored(change, sentence, client_as):
    data = {**POLICY, "upload": ("policy.pdf", b"%PDF-1.7"), **change}
    data["upload"] = SimpleUploadedFile(*data["upload"])

    answer = client_as("BizDev").post(
        reverse("vendors:document_add", args=[VendorFactory().pk]), data
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not VendorDocument.objects.exists()


def test_vendor_is_added_and_edited(client_as):
    browser = client_as("BizDev")
    data = {"name": "Polaris", "kind": "sourcing", "country": "PL", "notes": ""}

    browser.post(reverse("vendors:vendor_add"), data)
    vendor = Vendor.objects.get()
    browser.post(reverse("vendors:vendor_edit", args=[vendor.pk]), {**data, "country": "ES"})

    assert Vendor.objects.values_list("name", "kind", "country", "state").get() == (
        "Polaris",
        "sourcing",
        "ES",
        "prospect",
    )


def test_name_taken_is_told_and_what_was_typed_stays(client_as):
    VendorFactory(name="Polaris")

    answer = client_as("BizDev").post(
        reverse("vendors:vendor_add"),
        {"name": "Polaris", "kind": "sourcing", "notes": "Met in May"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Vendor with this Name already exists." in page
    assert "Met in May" in page


def test_person_of_another_vendor_cannot_be_invited(client_as):
    other = VendorPersonFactory()

    answer = client_as("BizDev").post(
        reverse("vendors:person_invite", args=[VendorFactory().pk]),
        {"email": other.user.email, "name": "A"},
    )

    assert answer.status_code == 422
    assert "belongs to somebody who is not at" in answer.content.decode()


def test_person_is_invited(client_as):
    vendor = VendorFactory()

    client_as("BizDev").post(
        reverse("vendors:person_invite", args=[vendor.pk]),
        {"email": "ana@x.example", "name": "Ana"},
    )

    assert [str(person) for person in vendor.people.all()] == ["Ana"]


@pytest.mark.parametrize("owner", ["vendor", "ours"])
def test_site_is_added_and_edited(owner, client_as):
    browser = client_as("BizDev")
    vendor = VendorFactory()
    site = {"name": "A", "city": "B", "country": "PL", "time_zone": "Europe/Warsaw", "seats": "9"}
    route = {"vendor": ("vendors:site_add", [vendor.pk]), "ours": ("vendors:our_site_add", [])}

    browser.post(reverse(route[owner][0], args=route[owner][1]), site)
    row = Site.objects.get()
    browser.post(reverse("vendors:site_edit", args=[row.pk]), {**site, "seats": "12"})

    row = Site.objects.get()
    assert (row.vendor, row.seats) == (vendor if owner == "vendor" else None, 12)


def test_our_page_shows_our_sites_and_rates_only(client_as):
    RateFactory(card=RateCardFactory(name="Standard"))
    SiteFactory(name="Mogilska")
    SiteFactory(name="Secret place", vendor=VendorFactory())

    page = client_as("QA").get(reverse("vendors:ours")).content.decode()

    assert "Standard" in page
    assert "Mogilska" in page
    assert "Secret place" not in page
