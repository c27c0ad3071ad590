from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import count

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import files, jobs
from core.files import FileRefused
from core.models import Actor, Job, StoredFile
from core.workflow import Blocker, StepRefused
from recruiting.actions.applications import source
from recruiting.actions.candidates import add_candidate, add_cv
from recruiting.models import Candidate, CandidateImport, Fact, ImportedPerson, Requisition
from recruiting.models.candidates import sort_key
from recruiting.resumes import Known, Person, Unreadable, read_csv, read_json

MOST_ROWS = 100_000
Upload = tuple[str, bytes]


class Duplicate(Exception):
    """The person is known already, as `known`. Its text says by what."""

    def __init__(self, text: str, known: Candidate) -> None:
        super().__init__(text)
        self.known = known


@transaction.atomic
def import_person(
    person: Person,
    *,
    origin: str,
    by: Actor,
    requisition: Requisition | None = None,
    original: bytes | None = None,
    known: dict[str, Candidate] | None = None,
) -> Candidate:
    """Keep somebody from a file: not asked for consent yet, and considered for the requisition.

    The file itself is kept with them, so that nothing it says is lost. Raises Duplicate
    for an address that is known, or a name that is where there is no address to tell.
    Of many, `known` are those `known_among` them, asked once; whoever is kept is added.
    """
    known = known_among([person]) if known is None else known
    refuse_duplicate(person, known)
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
    known |= {key: candidate for key in (candidate.email, candidate.sort_name) if key}
    return candidate


def refuse_duplicate(person: Person, known: dict[str, Candidate]) -> None:
    found = known.get(person.email or sort_key(person.name))
    if found is None:
        return
    if person.email:
        raise Duplicate(f"{person.email} is {found}, {found.code}, already", found)
    text = f"there is {found}, {found.code}, and no e-mail address to tell them apart"
    raise Duplicate(text, found)


def people_in(name: str, content: bytes) -> Iterator[tuple[str, Person | Unreadable]]:
    """Give what a file holds, each with its place: the file, and the row in a CSV."""
    try:
        if name.lower().endswith(".csv"):
            for line, outcome in read_csv(content):
                yield f"{name}, row {line}", outcome
        else:
            yield name, read_json(content)
    except Unreadable as error:
        yield name, error


@transaction.atomic
def receive_import(
    uploads: Iterable[Upload], *, by: Actor, requisition: Requisition | None = None
) -> CandidateImport:
    """Read files of people and keep what they say for a look; nobody is taken over yet.

    Raises StepRefused where there are more than 100,000 people, and FileRefused.
    """
    if not by.has_perm("recruiting.add_candidate"):
        raise PermissionDenied
    given = list(uploads)
    title = given[0][0] if len(given) == 1 else f"{given[0][0]} … ({len(given)})"
    batch = CandidateImport.objects.create(by=by, requisition=requisition, title=title[:200])
    numbers = count()
    for name, content in given:
        _read(batch, name, content, numbers)
    return batch


def _read(batch: CandidateImport, name: str, content: bytes, numbers: "count[int]") -> None:
    """Keep what one file holds. A résumé's own file is kept too, to go to its person."""
    file = None if name.lower().endswith(".csv") else _kept(batch, name, content)
    rows = []
    for place, found in people_in(name, content):
        row = next(numbers)
        if row >= MOST_ROWS:
            raise StepRefused(Blocker(_("These are more than 100,000 people: divide the file.")))
        wrong = isinstance(found, Unreadable)
        rows.append(
            ImportedPerson(
                batch=batch,
                row=row,
                place=place[:300],
                person={} if isinstance(found, Unreadable) else asdict(found),
                problem=str(found) if wrong else "",
                file=file,
            )
        )
    ImportedPerson.objects.bulk_create(rows, batch_size=2000)


def _kept(batch: CandidateImport, name: str, content: bytes) -> StoredFile | None:
    try:
        return files.store(batch, name=name, content=content, by=batch.by)
    except FileRefused:
        return None  # what is no résumé either says so in the report


def person_of(row: ImportedPerson) -> Person:
    known = [Known(**each) for each in row.person["known"]]
    return Person(**{**row.person, "known": known})


def would(rows: Sequence[ImportedPerson]) -> list[tuple[ImportedPerson, str, str]]:
    """Say of each row what would become of it if it were taken over now: a word, and why."""
    people = {row: person_of(row) for row in rows if not row.problem}
    known = known_among(people.values())
    return [
        (row, *(_would(person, known) if (person := people.get(row)) else ("refused", row.problem)))
        for row in rows
    ]


def _would(person: Person, known: dict[str, Candidate]) -> tuple[str, str]:
    if candidate := known.get(person.email or sort_key(person.name)):
        return "known", _("is %(code)s already") % {"code": candidate.code}
    return "new", "; ".join(person.notes)


def known_among(people: Iterable[Person]) -> dict[str, Candidate]:
    """Find who is known, by address or else by name.

    Who comes in from elsewhere meanwhile is not seen: the database lets no address in twice.
    """
    people = list(people)
    emails = {person.email for person in people if person.email}
    names = {sort_key(person.name) for person in people if not person.email}
    rows = Candidate.objects.filter(models.Q(email__in=emails) | models.Q(sort_name__in=names))
    found: dict[str, Candidate] = {}
    for candidate in rows:
        for key in {candidate.email, candidate.sort_name} & (emails | names):
            found.setdefault(key, candidate)
    return found


@transaction.atomic
def begin_import(batch: CandidateImport, *, by: Actor) -> Job:
    """Have a worker take everybody over. Asking twice begins it once."""
    batch = CandidateImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.job is not None:
        return batch.job
    total = batch.people.count()
    if not total:
        raise StepRefused(Blocker(_("There is nobody in these files.")))
    name = "recruiting.import_candidates"
    batch.job = jobs.start(name, by=by, title=batch.title, total=total, batch=batch.pk)
    batch.save(update_fields=["job"])
    return batch.job


def take_over(job: Job, rows: range, by: Actor) -> Iterator[jobs.Line]:
    """Take over a chunk of an import; each who can't be is reported, and stops nobody else."""
    batches = CandidateImport.objects.select_related("requisition")
    batch = batches.filter(pk=job.payload["batch"]).first()
    if batch is None:
        raise jobs.JobRefused(_("What was read was kept too long and is deleted: begin anew."))
    found = batch.people.filter(row__gte=rows.start, row__lt=rows.stop).select_related("file")
    people = list(found)
    known = known_among(person_of(row) for row in people if not row.problem)
    for row in people:
        outcome, text, url = _take(batch, row, by, known)
        yield jobs.Line(row.row, outcome, text, place=row.place, url=url)


def _take(
    batch: CandidateImport, row: ImportedPerson, by: Actor, known: dict[str, Candidate]
) -> tuple[str, str, str]:
    # Reports outlive people's data: they hold codes, and no names.
    if row.problem:
        return _("refused"), row.problem, ""
    try:
        candidate = import_person(
            person_of(row),
            origin=row.place,
            by=by,
            requisition=batch.requisition,
            original=_bytes_of(row.file),
            known=known,
        )
    except Duplicate as error:
        text = _("Known already, and left as they are: %(code)s.")
        return _("known already"), text % {"code": error.known.code}, error.known.get_absolute_url()
    except (StepRefused, FileRefused) as error:
        return _("refused"), str(error), ""
    text = "; ".join([candidate.code, *row.person["notes"]])
    return _("taken over"), text, candidate.get_absolute_url()


def _bytes_of(file: StoredFile | None) -> bytes | None:
    if file is None:
        return None
    with file.content.open() as content:
        return bytes(content.read())


def finish_import(job: Job) -> None:
    """Forget what was read and the files: what counts is with the people now."""
    _forget_people(CandidateImport.objects.filter(pk=job.payload["batch"]))


@transaction.atomic
def forget_abandoned_imports(*, before: datetime) -> int:
    """Forget files that were read and never taken over; return how many imports they were.

    So are those whose job was stopped or has failed, unless somebody has gone on with it. Their
    jobs are locked, so that none goes on meanwhile; its report stays.
    """
    ended = Job.objects.broken_off(before).filter(pk__in=CandidateImport.objects.values("job"))
    broken_off = list(ended.select_for_update(of=("self",)))
    never_begun = Q(job=None, created_at__lt=before)
    abandoned = CandidateImport.objects.filter(never_begun | Q(job__in=broken_off))
    _forget_people(abandoned)
    return abandoned.delete()[0]


def _forget_people(batches: "models.QuerySet[CandidateImport]") -> None:
    for batch in batches:
        for file in StoredFile.objects.on(batch):
            transaction.on_commit(lambda kept=file.content: kept.delete(save=False))  # type: ignore[misc]
            file.delete()
    ImportedPerson.objects.filter(batch__in=batches).delete()
