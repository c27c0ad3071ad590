"""Which share of those hired begins a class, and is certified: what staffing plans count with."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from training.models import Enrolment, EnrolmentLog

State = Enrolment.State
ENDED = [State.CERTIFIED, State.FAILED, State.WITHDRAWN]


def counts(since: date) -> dict[str, tuple[int, int]]:
    """Return (passed, entered) for "started" and "certified", of those enrolled since a day.

    Whoever waits for the class to begin counts for neither, whoever is in it not yet for the
    second.
    """
    into_class = EnrolmentLog.objects.filter(subject=OuterRef("pk"), target=State.IN_CLASS)
    ended = Q(state__in=ENDED)
    found = (
        Enrolment.objects.filter(created_at__date__gte=since)
        .annotate(has_begun=Exists(into_class))
        .aggregate(
            began=Count("pk", filter=Q(has_begun=True)),
            hired=Count("pk", filter=~Q(state=State.ENROLLED)),
            certified=Count("pk", filter=Q(state=State.CERTIFIED, has_begun=True)),
            learned=Count("pk", filter=ended & Q(has_begun=True)),
        )
    )
    return {
        "started": (found["began"], found["hired"]),
        "certified": (found["certified"], found["learned"]),
    }
