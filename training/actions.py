"""Classes, and the people in them.

Every action locks the engagement first: what happens to its classes happens one after
another, so that places, seats and readiness are counted by one at a time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import effects
from core.models import Actor
from core.workflow import Blocker, StepRefused, locked, take_step
from engagements.actions import finish_milestone, set_milestone
from engagements.models import Engagement, Milestone, Seat
from recruiting.models import Application, Offer
from training.models import SCORED, Certificate, Enrolment, Programme, TrainingClass

FIRST_CLASS, CERTIFIED = "first_class", "certified"
FIRST_CLASS_STARTS = gettext_noop("First class starts")
PEOPLE_CERTIFIED = gettext_noop("%(live)s of %(wanted)s people certified")
EDITED = ["programme", "name", "trainer", "starts_on", "ends_on", "places"]


def _lock(engagement_id: int) -> Engagement:
    return Engagement.objects.select_for_update(no_key=True).get(pk=engagement_id)


@transaction.atomic
def schedule_class(training_class: TrainingClass, *, by: Actor) -> TrainingClass:
    """Save a new or edited class, and put the engagement's first one on its timeline."""
    if not by.has_perm("training.change_trainingclass"):
        raise PermissionDenied
    engagement = _lock(training_class.engagement_id)
    # Not the state of one that there is: it may have been started since the form was opened.
    training_class.save(update_fields=None if training_class._state.adding else EDITED)
    begun = Milestone.objects.filter(engagement=engagement, key=FIRST_CLASS).exclude(done_at=None)
    if not begun.exists():
        note_first_class(engagement, engagement.classes.standing().first() or training_class)
    return training_class


def note_first_class(
    engagement: Engagement, first: TrainingClass, *, started_at: datetime | None = None
) -> None:
    """Put the engagement's first class on its timeline, as done where it has started."""
    set_milestone(
        engagement,
        FIRST_CLASS,
        says=FIRST_CLASS_STARTS,
        due_on=first.starts_on,
        url=first.get_absolute_url(),
    )
    if started_at:
        finish_milestone(engagement, FIRST_CLASS, at=started_at)


def eligible(training_class: TrainingClass) -> Iterable[Application]:
    """Return the hired people of the class's engagement who have a seat and are in no class.

    Whoever may enrol reads these names, even without a right to see candidates.
    """
    rows = Application.objects.filter(
        state=Application.State.HIRED,
        requisition__engagement=training_class.engagement_id,
        offers__state=Offer.State.ACCEPTED,
        offers__ended_at=None,
        offers__seat__state=Seat.State.RESERVED,
    )
    taken = Enrolment.objects.open().values("application")
    rows = rows.exclude(pk__in=taken).select_related("candidate", "requisition")
    return rows.order_by("candidate__sort_name", "pk")


@transaction.atomic
def enrol(application: Application, training_class: TrainingClass, *, by: Actor) -> Enrolment:
    """Put a hired person into an open class, with the seat of the offer they accepted."""
    if not by.has_perm("training.change_enrolment"):
        raise PermissionDenied
    _lock(training_class.engagement_id)
    if application.requisition.engagement_id != training_class.engagement_id:
        raise _refused(_("%s is not hired for this engagement.") % application.candidate)
    offer = _accepted_offer(application)
    training_class = locked(training_class)
    if training_class.state != TrainingClass.State.OPEN:
        raise _refused(_("The class takes nobody: it is %s.") % training_class.get_state_display())
    if Enrolment.objects.open().filter(application=application).exists():
        raise _refused(_("%s is in a class already.") % application.candidate)
    taken = [row for row in training_class.enrolments.all() if row.state not in GONE]
    if len(taken) >= training_class.places:
        raise _refused(_("All %s places are taken.") % training_class.places)
    return Enrolment.objects.create(
        training_class=training_class, application=application, seat=offer.seat
    )


GONE = {Enrolment.State.FAILED, Enrolment.State.WITHDRAWN}


def _accepted_offer(application: Application) -> Offer:
    """Lock the person's seat and application, and return the offer that gave them the seat."""
    offer = Offer.objects.filter(
        application=application, state=Offer.State.ACCEPTED, ended_at=None
    ).first()
    if offer is None:
        raise _refused(_("%s has accepted no offer.") % application.candidate)
    seat = locked(offer.seat)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.state != Application.State.HIRED or seat.state != Seat.State.RESERVED:
        raise _refused(_("%s is not hired, or the seat is not kept.") % application.candidate)
    return offer


def _refused(reason: str) -> StepRefused:
    return StepRefused(Blocker(reason, _("the trainer")))


@transaction.atomic
def start_class(training_class: TrainingClass, *, by: Actor) -> TrainingClass:
    """Start an open class: everybody enrolled is in class, and their seats are in training."""
    engagement = _lock(training_class.engagement_id)
    enrolled = training_class.enrolments.filter(state=Enrolment.State.ENROLLED)
    rows = list(enrolled.select_related("seat").order_by("seat_id"))
    for row in rows:
        take_step(row.seat, "train", by=by)
    training_class = take_step(training_class, "start", by=by)
    for row in rows:
        take_step(row, "start", by=by)
    if not Milestone.objects.filter(engagement=engagement, key=FIRST_CLASS).exists():
        note_first_class(engagement, training_class)
    finish_milestone(engagement, FIRST_CLASS)
    return training_class


@transaction.atomic
def cancel_class(training_class: TrainingClass, *, by: Actor) -> TrainingClass:
    """Cancel a class that has not begun. Its people keep their seats, for another class."""
    _lock(training_class.engagement_id)
    training_class = take_step(training_class, "cancel", by=by)
    for row in training_class.enrolments.open():
        take_step(row, "withdraw", by=by, note=_("The class was cancelled."))
    return training_class


@transaction.atomic
def enter_scores(
    training_class: TrainingClass, *, scores: Mapping[int, Decimal | None], by: Actor
) -> int:
    """Set the scores of people who are in class or nesting, and return how many changed."""
    if not by.has_perm("training.change_enrolment"):
        raise PermissionDenied
    _lock(training_class.engagement_id)
    rows = training_class.enrolments.filter(pk__in=scores, state__in=SCORED)
    changed = [row for row in rows.select_for_update() if row.score != scores[row.pk]]
    for row in changed:
        row.score = scores[row.pk]
        row.save(update_fields=["score"])
    return len(changed)


@transaction.atomic
def nest(enrolment: Enrolment, *, by: Actor) -> Enrolment:
    """Let a person who passed take real contacts beside a coach."""
    _lock(enrolment.training_class.engagement_id)
    seat = locked(enrolment.seat)
    enrolment = take_step(enrolment, "nest", by=by)
    take_step(seat, "nest", by=by)
    return enrolment


@transaction.atomic
def certify(enrolment: Enrolment, *, by: Actor) -> Certificate:
    """Certify a person, take their seat live, and have the certificate written after the commit."""
    engagement = _lock(enrolment.training_class.engagement_id)
    seat = locked(enrolment.seat)
    enrolment = take_step(enrolment, "certify", by=by)
    take_step(seat, "go_live", by=by)
    certificate = _issue(enrolment)
    effects.cause(
        "training.render_certificate",
        key=f"certificate:{certificate.pk}",
        certificate=certificate.pk,
    )
    note_certified(engagement)
    return certificate


def _issue(enrolment: Enrolment) -> Certificate:
    today = timezone.localdate()
    programme: Programme = enrolment.training_class.programme
    return Certificate.objects.create(
        enrolment=enrolment,
        number=Certificate.objects.next_number(today.year),
        issued_on=today,
        expires_on=programme.expires_on(today),
    )


def note_certified(engagement: Engagement, *, at: datetime | None = None) -> None:
    """Say on the timeline how many seats are certified, and that all are once they are."""
    held = Certificate.objects.of_people_at_work().filter(enrolment__seat__engagement=engagement)
    live, wanted = held.count(), Seat.objects.filter(engagement=engagement).wanted().count()
    set_milestone(
        engagement,
        CERTIFIED,
        says=PEOPLE_CERTIFIED,
        arguments={"live": live, "wanted": wanted},
        due_on=engagement.go_live_on,
    )
    if live == wanted:
        finish_milestone(engagement, CERTIFIED, at=at)


def fail(enrolment: Enrolment, *, note: str, by: Actor) -> Enrolment:
    """Fail a person: their seat is vacated, and can be reopened for a backfill."""
    return _leave(enrolment, "fail", note=note, by=by)


def withdraw(enrolment: Enrolment, *, note: str, by: Actor) -> Enrolment:
    """Take a person out who leaves: their seat is vacated, and can be reopened for a backfill."""
    return _leave(enrolment, "withdraw", note=note, by=by)


@transaction.atomic
def _leave(enrolment: Enrolment, step: str, *, note: str, by: Actor) -> Enrolment:
    """End an enrolment, and with it the seat. Cadre itself moves the seat: trainers may not.

    That the seat is vacated ends the accepted offer too (recruiting listens).
    """
    _lock(enrolment.training_class.engagement_id)
    seat = locked(enrolment.seat)
    enrolment = take_step(enrolment, step, by=by, note=note)
    take_step(
        seat,
        "vacate",
        by=Actor.objects.system(),
        note=enrolment.get_state_display().capitalize(),
        on=timezone.localdate(),
    )
    return enrolment
