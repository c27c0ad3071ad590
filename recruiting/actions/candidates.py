from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core import files
from core.models import Actor, StoredFile
from core.workflow import Blocker, StepRefused, take_step
from recruiting import mails
from recruiting.actions.applications import open_application
from recruiting.models import Application, Candidate, Fact, Requisition
from vendors import actions as vendor_actions
from vendors.models import Vendor

Skill = tuple[str, str]  # its name, and its level or ""


@transaction.atomic
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


@transaction.atomic
def apply_publicly(
    requisition: Requisition,
    *,
    name: str,
    email: str,
    phone: str,
    country: str,
    city: str,
    languages: Iterable[Skill],
    notice_version: str,
    language: str,
    upload: tuple[str, bytes] | None = None,
) -> Application:
    """Take an application from the public form, whose sender agreed to the notice.

    `languages` are (name in English, CEFR level). A known person is found by e-mail:
    nothing known of them is overwritten. Who has an open application for this
    requisition keeps that one, and is told by mail, so that no stranger learns of it.
    """
    requisition = _open_for_applications(requisition)
    candidate, new = Candidate.objects.get_or_create(
        email=email.lower(),
        defaults={
            "name": name,
            "phone": phone,
            "country": country,
            "city": city,
            "source": Candidate.Source.CAREERS,
            "language": language,
            "notice_version": notice_version,
            "consented_at": timezone.now(),
        },
    )
    if not new:
        _note_consent(candidate, notice_version, at=timezone.now())
    add_facts(candidate, skills=languages, source="application form")
    # In this request they have the right to apply, and no other.
    them = Actor.objects.of_link(candidate, may={"recruiting.move_application"})
    earlier = candidate.applications.filter(requisition=requisition).active().first()
    application = earlier or open_application(
        candidate, requisition, source=Candidate.Source.CAREERS
    )
    again = application.state != Application.State.SOURCED
    if not again:
        application = take_step(application, "apply", by=them)
    if upload:
        add_cv(candidate, upload=upload, by=them)
    if mail := mails.applied(application, again=again):
        mail.send()
    return application


def _open_for_applications(requisition: Requisition) -> Requisition:
    """Lock the requisition, so that two who send the form at once apply one after the other."""
    row = Requisition.objects.select_for_update().get(pk=requisition.pk)
    if row.state != Requisition.State.OPEN:
        raise StepRefused(Blocker("This position is not open any more."))
    return row


def _note_consent(candidate: Candidate, notice_version: str, *, at: datetime) -> None:
    candidate.notice_version, candidate.consented_at = notice_version, at
    candidate.save(update_fields=["notice_version", "consented_at", "sort_name"])


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
    requisition = _open_for_applications(requisition)
    if not requisition.vendors.filter(pk=vendor.pk).exists():
        raise PermissionDenied
    candidate = Candidate.objects.filter(email=email.lower()).first()
    if candidate is None:
        candidate = _keep(
            name=name,
            email=email,
            phone=phone,
            country=country,
            city=city,
            headline=headline,
            source=Candidate.Source.VENDOR,
            vendor=vendor,
            notice_version=notice_version,
            consented_at=timezone.now() if notice_version else None,
        )
    elif candidate.vendor_id != vendor.pk:
        raise StepRefused(Blocker("We know this person already.", str(requisition.recruiter)))
    add_facts(candidate, skills=languages, source=f"vendor {vendor}"[:100])
    application = open_application(
        candidate, requisition, source=Candidate.Source.VENDOR, vendor=vendor
    )
    if upload:
        add_cv(candidate, upload=upload, by=by)
    if candidate.consented_at:
        note = f"{by} of {vendor} put them forward, and confirmed their consent."
        application = take_step(application, "apply", by=Actor.objects.system(), note=note)
    return application
