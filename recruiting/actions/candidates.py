from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import files
from core.models import Actor, StoredFile
from core.workflow import Blocker, StepRefused, take_step
from recruiting.actions.applications import open_application
from recruiting.models import Application, Candidate, Fact, Requisition
from vendors import actions as vendor_actions
from vendors.models import Vendor

Skill = tuple[str, str]  # its name, and its level or ""


@transaction.atomic(savepoint=False)
def add_candidate(
    *, name: str, source: str, by: Actor, facts: Iterable[Fact] = (), **fields: Any
) -> Candidate:
    """Keep a person who may be chosen, with what is known of them (facts not yet saved)."""
    if not by.has_perm("recruiting.add_candidate"):
        raise PermissionDenied
    return _keep(name=name, source=source, facts=facts, **fields)


def _keep(*, facts: Iterable[Fact] = (), email: str = "", **fields: Any) -> Candidate:
    candidate = Candidate.objects.create(email=email.lower(), **fields)
    for fact in facts:
        fact.candidate = candidate
    Fact.objects.bulk_create(facts)
    return candidate


@transaction.atomic
def add_facts(
    candidate: Candidate, *, skills: Iterable[Skill], source: str, evidence: str = ""
) -> None:
    """Add what was said now to what is known; what is known already from there is not doubled."""
    known = {(f.skill, f.level, f.source) for f in candidate.facts.all()}
    Fact.objects.bulk_create(
        Fact(candidate=candidate, skill=skill, level=level, source=source, evidence=evidence)
        for skill, level in dict.fromkeys(skills)
        if (skill, level, source) not in known
    )


def open_for_applications(requisition: Requisition) -> Requisition:
    """Lock the requisition, so that two who send the form at once apply one after the other."""
    row = Requisition.objects.select_for_update().get(pk=requisition.pk)
    if row.state != Requisition.State.OPEN:
        raise StepRefused(Blocker(_("This position is not open any more.")))
    return row


def add_cv(candidate: Candidate, *, upload: tuple[str, bytes], by: Actor) -> StoredFile:
    """Keep a CV with the candidate. Raises core.files.FileRefused."""
    name, content = upload
    return files.store(candidate, name=name, content=content, by=by)


@transaction.atomic
def submit_by_vendor(
    requisition: Requisition,
    *,
    vendor: Vendor,
    by: Actor,
    name: str,
    email: str,
    phone: str = "",
    country: str = "",
    city: str = "",
    headline: str = "",
    languages: Iterable[Skill] = (),
    notice_version: str = "",
    upload: tuple[str, bytes] | None = None,
) -> Application:
    """Put a candidate forward for a vendor, which confirms their consent to the notice.

    Refused while the vendor is not approved or lacks a document, and for a person
    whom we know from elsewhere: whoever brought them first has them.
    """
    if not by.has_perm("recruiting.submit_candidate"):
        raise PermissionDenied
    if blockers := vendor_actions.submission_blockers(vendor, timezone.localdate()):
        raise StepRefused(*blockers)
    requisition = open_for_applications(requisition)
    if not requisition.vendors.filter(pk=vendor.pk).exists():
        raise PermissionDenied
    candidate = _brought_by(
        vendor,
        requisition,
        name=name,
        email=email,
        phone=phone,
        country=country,
        city=city,
        headline=headline,
        notice_version=notice_version,
        consented_at=timezone.now() if notice_version else None,
    )
    add_facts(candidate, skills=languages, source=f"vendor {vendor}"[:100])
    application = open_application(
        candidate, requisition, source=Candidate.Source.VENDOR, vendor=vendor
    )
    if upload:
        add_cv(candidate, upload=upload, by=by)
    if candidate.consented_at:
        note = f"{vendor} put them forward, and confirmed their consent."
        application = take_step(application, "apply", by=Actor.objects.system(), note=note)
    return application


def _brought_by(
    vendor: Vendor, requisition: Requisition, *, email: str, **fields: Any
) -> Candidate:
    """Return the vendor's candidate, new or its own from before; refuse who came otherwise."""
    candidate = Candidate.objects.filter(email=email.lower()).first()
    if candidate is None:
        source = Candidate.Source.VENDOR
        try:
            with transaction.atomic():
                return _keep(email=email, source=source, vendor=vendor, **fields)
        except IntegrityError:  # another was faster, for a requisition of its own
            candidate = Candidate.objects.get(email=email.lower())
    if candidate.vendor_id != vendor.pk:
        raise StepRefused(Blocker(_("We know this person already."), str(requisition.recruiter)))
    return candidate
