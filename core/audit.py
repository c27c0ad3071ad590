"""Who looked, signed in, took data out or changed settings. Steps stand in the machines' logs.

    audit.note("view", did="candidate_seen", by=request.actor, about=candidate)

Details hold numbers and names of things ("rows", "list"), never those of people: who did it is
an actor, what it was about a row, so that erasing a person leaves every entry as it was.
"""

import ipaddress
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from core.models import Actor, AuditEntry

Kind = AuditEntry.Kind
BATCH = 5000


def note(
    kind: str,
    *,
    by: Actor | None,
    did: str = "",
    about: models.Model | None = None,
    **details: Any,
) -> AuditEntry:
    """Write one entry, in the caller's transaction.

    `kind` is change, sign_in, export, view or administration; `did` says what happened in words
    joined by underscores. A service account that asked is the actor like anybody else.
    """
    return AuditEntry.objects.create(
        kind=Kind(kind), did=did or kind, by=by, subject=about, details=details
    )


def truncated(address: str | None) -> str:
    """Return the network of an address (24 bits of IPv4, 48 of IPv6): enough to see a stranger."""
    try:
        parsed = ipaddress.ip_address((address or "").strip())
    except ValueError:
        return ""
    bits = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{parsed}/{bits}", strict=False))


def forget(*, now: datetime, days: int) -> int:
    """Delete the entries older than so many days, a few at a time. Returns how many they were."""
    gone = 0
    old = AuditEntry.objects.filter(at__lt=now - timedelta(days=days)).order_by()
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        gone += AuditEntry.objects.filter(pk__in=pks).delete()[0]
    return gone
