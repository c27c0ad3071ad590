"""What happens to vendors, beyond the steps of their machine."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from core import files, people
from core.models import Actor
from core.workflow import Blocker, StepRefused
from vendors.models import Vendor, VendorDocument, VendorPerson


@transaction.atomic
def invite_person(
    vendor: Vendor, *, email: str, name: str, by: Actor, language: str = "en"
) -> VendorPerson:
    """Give somebody at the vendor an account of their own, and mail them the link that opens it.

    Raises StepRefused for an address that belongs to our staff, a client or another vendor.
    """
    if VendorPerson.elsewhere(email, vendor):
        raise StepRefused(Blocker(f"{email} belongs to somebody who is not at {vendor}."))
    user = people.invite(email=email, name=name, role="Vendor contact", language=language, by=by)
    person, _ = VendorPerson.objects.get_or_create(user=user, defaults={"vendor": vendor})
    return person


@transaction.atomic
def add_document(
    vendor: Vendor,
    *,
    kind: str,
    valid_from: date,
    expires_on: date | None,
    upload: "UploadedFile[bytes]",
    by: Actor,
) -> VendorDocument:
    """Keep a document with its file. Earlier ones of its kind stay. Raises FileRefused."""
    document = VendorDocument.objects.create(
        vendor=vendor, kind=kind, valid_from=valid_from, expires_on=expires_on
    )
    document.file = files.store(document, name=upload.name or kind, content=upload.read(), by=by)
    document.save(update_fields=["file"])
    return document


def submission_blockers(vendor: Vendor, on: date) -> list[Blocker]:
    """Say why the vendor may put nobody forward on that day; an empty list means that it may."""
    found = vendor.documents_blockers(on)
    if vendor.state != Vendor.State.APPROVED:
        words = gettext("%(vendor)s is not approved: %(state)s.")
        reason = words % {"vendor": vendor, "state": vendor.get_state_display()}
        found.insert(0, Blocker(reason, gettext("the HR director"), vendor.get_absolute_url()))
    return found
