"""Sessions that know whose they are: listed with device and last use, ended one by one.

`settings.SESSION_ENGINE` names this module. What a session knows of itself is written into its
data when somebody signs in, and into the columns of its row with each save. When it was last
used is kept to ten minutes, so that a page costs no write; how long a session may last and lie
idle is asked in the same moment, and holds for sessions that are open already.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit, policies, throttling
from core.models import Actor, Session, User

SEEN_EVERY = timedelta(minutes=10)
OWN = "session"  # where a session's data say what its row says

LONGEST = policies.declare(
    "security.session_days",
    default=30,
    kind=int,
    unit=_("days"),
    label=_("Sign in again after"),
    help=_("However busy a session was. It holds for those that are open, too."),
    minimum=1,
    maximum=90,
)
IDLE = policies.declare(
    "security.idle_hours",
    default=336,
    kind=int,
    unit=_("hours"),
    label=_("Signed out when idle for"),
    help=_("No page was asked for in so long. It holds for sessions that are open, too."),
    minimum=1,
    maximum=336,
)

BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
]


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        own = data.get(OWN)
        if own and SESSION_KEY in data:
            row.user_id = int(data[SESSION_KEY])
            row.number = UUID(own["number"])
            row.device, row.network = own["device"], own["network"]
            row.began_at, row.seen_at = _at(own["began"]), _at(own["seen"])
        return row


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def begin(request: HttpRequest) -> None:
    """Write into the session of whoever has just signed in where and when that was."""
    now = int(timezone.now().timestamp())
    address = throttling.address(request) if "REMOTE_ADDR" in request.META else ""
    request.session[OWN] = {
        "number": uuid4().hex,
        "device": device(request.headers.get("User-Agent", "")),
        "network": audit.truncated(address),
        "began": now,
        "seen": now,
    }


def device(agent: str) -> str:
    """Say which browser on which system, as far as one need know to recognise one's own."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part)


def goes_on(session: Any, *, now: datetime) -> bool:
    """Say whether a session may still be used, and note every ten minutes that it was."""
    own = session.get(OWN)
    if own is None or now - _at(own["seen"]) < SEEN_EVERY:
        return True
    if now - _at(own["seen"]) > timedelta(hours=IDLE.value()):
        return False
    if now - _at(own["began"]) > timedelta(days=LONGEST.value()):
        return False
    session[OWN] = {**own, "seen": int(now.timestamp())}
    return True


def own_number(session: Any) -> UUID | None:
    own = session.get(OWN)
    return UUID(own["number"]) if own else None


@transaction.atomic
def end(user: User, *, by: Actor, number: UUID | None = None, but: UUID | None = None) -> int:
    """End a person's sessions at once: one, or all `but` one. Returns how many they were."""
    rows = Session.objects.filter(user=user)
    if number is not None:
        rows = rows.filter(number=number)
    if but is not None:
        rows = rows.exclude(number=but)
    ended = rows.delete()[0]
    if ended:
        audit.note("sign_in", did="sessions_ended", by=by, about=user, sessions=ended)
    return ended


def forget(*, now: datetime) -> int:
    """Delete what has expired: it opens nothing any more. Returns how many they were."""
    return Session.objects.filter(expire_date__lte=now).delete()[0]
