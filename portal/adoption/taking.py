"""Takes a file over, all of it or nothing: first as a rehearsal that is taken back."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from cms.actions import publish_job
from core import audit, effects
from core.models import Actor
from core.versions import freeze
from core.yaml_files import ImportRefused, Problems, load
from engagements.actions import finish_milestone, set_milestone
from engagements.actions.milestones import GO_LIVE, GOES_LIVE
from engagements.actions.requirements import content as requirements_content
from engagements.models import (
    Engagement,
    LineOfBusiness,
    Requirements,
    Seat,
    SeatLog,
    Team,
)
from portal.adoption import plans, report
from portal.adoption.file import File
from portal.adoption.reading import Reading
from recruiting.actions.criteria import content as criteria_content
from recruiting.models import (
    Application,
    Candidate,
    CriteriaSet,
    Criterion,
    Fact,
    Offer,
    Requisition,
)
from training.actions import CERTIFIED, note_certified, note_first_class
from training.models import Certificate, Enrolment, Programme, TrainingClass

MAX_BYTES = 8 * 1024 * 1024
COUNTED: list[type[Any]] = [
    Seat,
    Requisition,
    Application,
    Offer,
    TrainingClass,
    Enrolment,
]


# Each kind before those that point to it.
SAVED_BEFORE_THE_PLAN: list[type[Any]] = [Requirements, LineOfBusiness, Team]
SAVED_AFTER_IT: list[type[Any]] = [
    *(Candidate, Fact, CriteriaSet, Criterion, Requisition, Seat),
    *(Application, Offer, Programme, TrainingClass, Enrolment),
]


@dataclass
class Result:
    """What a file makes, or made; or, where the engagement is known, what of it is there."""

    engagement: Engagement
    is_known: bool = False
    notes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@transaction.atomic
def adopt_engagement(path: Path, *, now: datetime, confirm: bool) -> Result:
    """Take over the engagement of a file; without `confirm` everything is made and taken back.

    So what is shown before is what will be, down to the database's own constraints. Raises
    ImportRefused with all that is wrong; an engagement that is known is left as it is.
    """
    with connection.cursor() as cursor:  # two files: one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal.adoption'))")
    found = load(path, max_bytes=MAX_BYTES)
    by = Actor.objects.of_import(path.name)
    file = File(found.data, Problems.of(found), path.name, by, now)
    reading = Reading(file, path.parent)
    reading.read()
    if file.problems:
        raise ImportRefused(*file.problems.with_lines())
    if reading.known:
        return Result(reading.known, is_known=True, lines=report.already(file, reading.known))
    _save(reading)
    engagement = file.engagement
    result = Result(engagement, lines=report.counts(reading), notes=file.notes)
    audit.note(
        "change",
        did="engagement_adopted",
        by=by,
        about=engagement,
        file_sha256=sha256(path.read_bytes()).hexdigest(),
        **{str(model._meta.verbose_name_plural): len(file.book.rows[model]) for model in COUNTED},
    )
    if not confirm:
        transaction.set_rollback(True)
    return result


def _save(reading: Reading) -> None:
    """Save the rows from the engagement down, and what the apps would have made of them."""
    file = reading.file
    book, engagement = file.book, file.engagement
    book.save(Engagement)
    set_milestone(engagement, GO_LIVE, says=GOES_LIVE, due_on=engagement.go_live_on)
    for model in SAVED_BEFORE_THE_PLAN:
        book.save(model)
    _save_plan(reading)
    for candidate in reading.hiring.agreed_now:
        candidate.save(update_fields=["notice_version", "consented_at"])
    for model in SAVED_AFTER_IT:
        book.save(model)
    _freeze(reading)
    _ask_for_seats(reading)
    _number_certificates(book.rows[Certificate])
    _write_milestones(reading)
    for requisition in Requisition.objects.open().filter(engagement=engagement):
        publish_job(requisition)


def _save_plan(reading: Reading) -> None:
    file, plan = reading.file, reading.seats.plan
    seats: list[Seat] = file.book.rows[Seat]
    plan.requirements, plan.made_by, plan.made_at = reading.requirements, file.by, file.now
    plan.total_seats = len(seats)
    plan.figures = plans.figures(seats, source=file.name, on=file.now.date())
    wish = reading.requirements.structure_wish
    plan.structure = plans.structure(seats, file.book.rows[Team], wish)
    plan.save()


def _freeze(reading: Reading) -> None:
    """Freeze what was agreed, as it is when it is agreed here."""
    row = Requirements.objects.get(pk=reading.requirements.pk)
    row.frozen, row.sha256 = freeze(requirements_content(row))
    row.save(update_fields=["frozen", "sha256"])
    for criteria in reading.hiring.sets.values():
        criteria.frozen, criteria.sha256 = freeze(criteria_content(criteria))
        criteria.save(update_fields=["frozen", "sha256"])


def _ask_for_seats(reading: Reading) -> None:
    through = Requisition.seats.through
    through.objects.bulk_create(
        through(requisition=reading.hiring.requisitions[number], seat=seat)
        for number, found in reading.seats.asked.items()
        for seat, _ in found
    )


def _number_certificates(rows: list[Certificate]) -> None:
    """Save the certificates, and have their PDFs written: none of them is mailed to anybody."""
    for row in sorted(rows, key=lambda row: row.issued_on):
        row.number = row.number or Certificate.objects.next_number(row.issued_on.year)
        row.enrolment_id = row.enrolment.pk
        row.save()
        effects.cause(
            "training.render_certificate", key=f"certificate:{row.pk}", certificate=row.pk
        )


def _write_milestones(reading: Reading) -> None:
    """Write what is due and done as the apps would have."""
    engagement = reading.file.engagement
    live = engagement.log.filter(step="go_live").last()
    if live:
        finish_milestone(engagement, GO_LIVE, at=live.at)
    classes = engagement.classes.exclude(state=TrainingClass.State.CANCELLED)
    if first := classes.order_by("starts_on", "pk").first():
        started = first.log.filter(step="start").first()
        note_first_class(engagement, first, started_at=started.at if started else None)
    went_live = SeatLog.objects.filter(subject__engagement=engagement, step="go_live")
    if went_live.exists():
        note_certified(engagement, at=went_live.latest("at").at)
    if live:  # it went live with all its people: who follows them is not late for that day
        finish_milestone(engagement, CERTIFIED, at=live.at)
