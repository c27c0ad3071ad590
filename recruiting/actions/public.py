"""The public form: who is new has applied; an address that we know is asked whether it was them."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from core import files, links
from core.models import Actor, Link, StoredFile
from core.workflow import take_step
from recruiting import mails
from recruiting.actions.applications import open_application
from recruiting.actions.candidates import Skill, add_cv, add_facts, open_for_applications
from recruiting.links import APPLICATION
from recruiting.models import Application, Candidate, Requisition, UnprovedApplication


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
) -> Application | None:
    """Take an application from the public form, whose sender agreed to the notice.

    `languages` are (name in English, CEFR level). None comes back for an address that we know:
    what was sent waits until its owner follows the link in our mail, and the sender is told no
    more than anybody else.
    """
    requisition = open_for_applications(requisition)
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
    if new:
        application = _apply(candidate, requisition, languages=languages)
        if upload:
            add_cv(candidate, upload=upload, by=_them(candidate))
        return application
    unproved = UnprovedApplication.objects.create(
        candidate=candidate,
        requisition=requisition,
        languages=[list(each) for each in languages],
        notice_version=notice_version,
    )
    if upload:
        files.store(unproved, name=upload[0], content=upload[1], by=_them(candidate))
    _ask_whether_it_was_them(unproved)
    return None


def _them(candidate: Candidate) -> Actor:
    """Who applies: in this request they have the right to, and no other."""
    return Actor.objects.of_link(candidate, may=APPLICATION.rights)


def _ask_whether_it_was_them(unproved: UnprovedApplication) -> None:
    candidate = unproved.candidate
    link = links.promise(APPLICATION, unproved, email=candidate.email, by=_them(candidate))
    if mail := mails.confirm_application(unproved):
        mail.send(link=link)


def _apply(
    candidate: Candidate, requisition: Requisition, *, languages: Iterable[Skill]
) -> Application:
    """Open the application, or find the one that was sourced or sent before, and write to them.

    Nothing known of them is overwritten. Who has an open application keeps that one.
    """
    add_facts(candidate, skills=languages, source="application form")
    earlier = candidate.applications.filter(requisition=requisition).active().first()
    application = earlier or open_application(
        candidate, requisition, source=Candidate.Source.CAREERS
    )
    again = application.state != Application.State.SOURCED
    if not again:
        application = take_step(application, "apply", by=_them(candidate))
    if mail := mails.applied(application, again=again):
        mail.send()
    return application


@transaction.atomic
def confirm_application(unproved: UnprovedApplication, *, link: Link) -> Application:
    """It was them: note their consent, and add what they sent. The link is spent."""
    links.spend(link)
    requisition = open_for_applications(unproved.requisition)
    candidate = Candidate.objects.select_for_update().get(pk=unproved.candidate_id)
    candidate.notice_version = unproved.notice_version
    candidate.consented_at = timezone.now()
    candidate.save(update_fields=["notice_version", "consented_at", "sort_name"])
    languages = [(name, level) for name, level in unproved.languages]
    application = _apply(candidate, requisition, languages=languages)
    StoredFile.objects.on(unproved).update(
        subject_type=ContentType.objects.get_for_model(Candidate), subject_id=candidate.pk
    )
    return application


def forget_unproved(*, before: datetime) -> int:
    """Forget what nobody has confirmed in time, with its CV; return how many they were."""
    rows = UnprovedApplication.objects.filter(created_at__lt=before)
    for row in rows:
        for file in StoredFile.objects.on(row):
            file.delete()
            file.content.delete(save=False)
        row.delete()
    return len(rows)
