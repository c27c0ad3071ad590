from django.db import transaction

from core.models import Actor
from recruiting.actions.applications import source
from recruiting.actions.candidates import add_candidate, add_cv
from recruiting.models import Candidate, Fact, Requisition
from recruiting.models.candidates import sort_key
from recruiting.resumes import Person


class Duplicate(Exception):
    """The person is known already. Its text names them."""


@transaction.atomic
def import_person(
    person: Person,
    *,
    origin: str,
    by: Actor,
    requisition: Requisition | None = None,
    original: bytes | None = None,
) -> Candidate:
    """Keep somebody from a file: not asked for consent yet, and considered for the requisition.

    The file itself is kept with them, so that nothing it says is lost. Raises Duplicate
    for an address that is known, or a name that is where there is no address to tell.
    """
    _refuse_duplicate(person)
    candidate = add_candidate(
        name=person.name,
        email=person.email,
        phone=person.phone,
        country=person.country,
        city=person.city,
        headline=person.headline,
        source=Candidate.Source.IMPORT,
        by=by,
        facts=[
            Fact(skill=k.skill, level=k.level, evidence=k.evidence, source=f"import {origin}"[:100])
            for k in person.known
        ],
    )
    if original is not None:
        add_cv(candidate, upload=(origin, original), by=by)
    if requisition is not None:
        source(candidate, requisition, by=by)
    return candidate


def _refuse_duplicate(person: Person) -> None:
    if person.email:
        known = Candidate.objects.filter(email=person.email).first()
        if known:
            raise Duplicate(f"{person.email} is {known}, {known.code}, already")
        return
    known = Candidate.objects.filter(sort_name=sort_key(person.name)).first()
    if known:
        raise Duplicate(f"there is {known}, {known.code}, and no e-mail address to tell them apart")
