"""Which share of our candidates gets an offer, and accepts it: what staffing plans count with."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from recruiting.models import Application, ApplicationLog, Offer
from recruiting.models.stages import ACTIVE, State


def counts(since: date) -> dict[str, tuple[int, int]]:
    """Return (passed, entered) for "offered" and "accepted", of what has been decided since a day.

    Accepted are those of all answers, an offer that expired being one (docs: offer acceptance);
    one that we took back was nobody's answer.
    """
    offered = ApplicationLog.objects.filter(subject=OuterRef("pk"), target=State.OFFERED)
    decided = Application.objects.filter(created_at__date__gte=since).exclude(
        state__in=[each for each in ACTIVE if each != State.OFFERED]
    )
    applications = decided.aggregate(
        passed=Count("pk", filter=Exists(offered)), entered=Count("pk")
    )
    answers = Offer.objects.filter(
        created_at__date__gte=since,
        state__in=[Offer.State.ACCEPTED, Offer.State.DECLINED, Offer.State.EXPIRED],
    ).aggregate(passed=Count("pk", filter=Q(state=Offer.State.ACCEPTED)), entered=Count("pk"))
    return {
        "offered": (applications["passed"], applications["entered"]),
        "accepted": (answers["passed"], answers["entered"]),
    }
