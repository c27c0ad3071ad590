"""Who is told what becomes of requirements and seats, each as they chose: docs/notifications.md.

It is written in the language of whom it is told to, not in that of whoever caused it.
"""

from collections.abc import Iterable, Mapping

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, gettext_noop, override

from core import notifications
from core.models import Actor, User, UserKind
from core.notifications import NotificationKind
from engagements import ledger
from engagements.models import Engagement, Milestone, Requirements

GIVE = "engagements.give_requirements"
OPENED = notifications.kind(
    "engagements.requirements_opened",
    label=gettext_lazy("Requirements are yours to fill in"),
    default="mail",
    audience={UserKind.CLIENT},
)
ANSWERED = notifications.kind(
    "engagements.requirements_answered",
    label=gettext_lazy("We accept your requirements, or send them back"),
    default="mail",
    audience={UserKind.CLIENT},
)
SUBMITTED = notifications.kind(
    "engagements.requirements_submitted",
    label="A client submits its requirements",
    default="mail",
    audience={UserKind.STAFF},
)
ASKED = notifications.kind(
    "engagements.seats_asked",
    label="A client asks for more seats",
    default="mail",
    audience={UserKind.STAFF},
)
SEATS_DIFFER = notifications.kind(
    "engagements.seats_differ",
    label="The seats of an engagement differ from its plan",
    default="page",
    audience={UserKind.STAFF},
)


def opened(row: Requirements, milestone: Milestone) -> None:
    """Tell the client's people who may fill in; anew each time that it becomes their turn."""
    says = gettext_noop("The requirements of %(name)s, version %(version)s, are yours to fill in.")
    _tell(OPENED, deciders(row), row, says, key=f"turn:{milestone.pk}")


def answered(row: Requirements, says: str, **words: object) -> None:
    """Tell the same people what we did with what they submitted or asked."""
    _tell(ANSWERED, deciders(row), row, says, key=_last_step(row), words=words)


def submitted(row: Requirements, *, by: Actor) -> None:
    """Tell the engagement's owner, unless it was one of us who submitted."""
    if by.user and by.user.kind == UserKind.CLIENT:
        says = gettext_noop("%(by)s submits the requirements of %(name)s, version %(version)s.")
        _tell(
            SUBMITTED, [row.engagement.owner], row, says, key=_last_step(row), words={"by": by.name}
        )


def asked(row: Requirements, wish: str, *, by: Actor) -> None:
    says = gettext_noop("%(by)s asks for more seats, %(name)s: %(wish)s")
    words = {"by": by.name, "wish": wish}
    key = f"requirements:{row.pk}:asked:{len(row.asked)}"
    _tell(ASKED, [row.engagement.owner], row, says, key=key, words=words)


def declined(row: Requirements, reason: str) -> None:
    """Tell the client that its wish is not taken up; the draft that held it is about to go."""
    says = gettext_noop("Your wish for more seats, %(name)s, is not taken up: %(reason)s")
    url = reverse("portal:progress")
    key = f"requirements:{row.pk}:declined"
    words = {"reason": reason}
    people, about = deciders(row), row.engagement
    _tell(ANSWERED, people, row, says, key=key, words=words, about=about, url=url)


def deciders(row: Requirements) -> list[User]:
    return row.engagement.client.deciders(GIVE)


def _last_step(row: Requirements) -> str:
    return f"step:{row.log.latest('pk').pk}"


def _tell(
    kind: NotificationKind,
    people: Iterable[User],
    row: Requirements,
    says: str,
    *,
    key: str,
    words: Mapping[str, object] | None = None,
    about: models.Model | None = None,
    url: str = "",
) -> None:
    """Tell each a sentence that `gettext_noop` marks, with the row's version and name in it."""
    about, url = about or row, url or row.get_absolute_url()
    said = {"version": row.version, "name": row.engagement.name, **(words or {})}
    for user in people:
        with override(user.language):
            text = gettext(says) % said
        notifications.notify(kind, user, about=about, text=text, url=url, key=key)


def seats_differ(engagement: Engagement) -> bool:
    """Tell the owner, once for each plan, if sums over seats are not what it says."""
    plan = engagement.plans.order_by("-version").defer("figures", "structure").first()
    found = ledger.check(engagement)
    if plan is None or not found:
        return False
    told = notifications.notify(
        SEATS_DIFFER,
        engagement.owner,
        about=engagement,
        text=f"{engagement}: the seats differ from plan v{plan.version} in {len(found)} sums",
        url=reverse("engagements:ledger", args=[engagement.pk]),
        key=f"plan:{plan.pk}:differs",
    )
    return told is not None
