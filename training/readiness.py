"""What stands between a team and its go-live: people without certificates that last."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.workflow import Blocker, guard
from engagements.models import Engagement, Seat
from training.models import Certificate, Enrolment


def _trainers(rows: Iterable[Enrolment]) -> str:
    """Name those whose classes the people are in, each once."""
    return ", ".join(dict.fromkeys(str(row.training_class.trainer) for row in rows))


@guard(_("People are still in training."), clears=_("the trainer"))
def nobody_is_in_training(engagement: Engagement) -> bool | Blocker:
    rows = Enrolment.objects.for_steps().open().filter(training_class__engagement=engagement)
    waiting = list(rows)
    if not waiting:
        return True
    reason = ngettext(
        "%s person in class is neither certified, failed nor withdrawn.",
        "%s people in classes are neither certified, failed nor withdrawn.",
        len(waiting),
    ) % len(waiting)
    return Blocker(reason, _trainers(waiting), waiting[0].get_absolute_url())


@guard(_("Somebody on this seat is in a class."), clears=_("the trainer"))
def nobody_learns_for_it(seat: Seat) -> bool | Blocker:
    """Whoever leaves is taken out of the class, which vacates the seat: not the other way round."""
    rows = Enrolment.objects.for_steps().open().filter(seat=seat)
    enrolment = rows.first()
    if enrolment is None:
        return True
    return Blocker(
        f"{enrolment} is not through: withdraw them there.",
        str(enrolment.training_class.trainer),
        enrolment.get_absolute_url(),
    )


@guard(_("People at work have no certificate."), clears=_("the trainer"))
def live_seats_are_certified(engagement: Engagement) -> bool | Blocker:
    live = sum(seat.state == Seat.State.LIVE for seat in engagement.seats.all())
    certified = Certificate.objects.of_people_at_work()
    lacking = live - certified.filter(enrolment__seat__engagement=engagement).count()
    if not lacking:
        return True
    return Blocker(
        f"{lacking} of {live} people at work have no certificate.", str(_("the trainer"))
    )


@guard(_("Certificates expire before go-live."), clears=_("the trainer"))
def certificates_last_until_go_live(engagement: Engagement) -> bool | Blocker:
    """A go-live date that is past counts as today: what matters is the day the team goes live."""
    today = timezone.localdate()
    day = max(engagement.go_live_on or today, today)
    rows = Certificate.objects.of_people_at_work().filter(enrolment__seat__engagement=engagement)
    held = list(rows.select_related("enrolment__training_class__trainer"))
    short = [row.enrolment for row in held if row.expires_on <= day]
    if not short:
        return True
    reason = f"{len(short)} of {len(held)} certificates expire before go-live."
    return Blocker(reason, _trainers(short), short[0].get_absolute_url())
