"""What an approver reads beside what is approved: what it belongs to, as far as they may see that.

    approvals.beside("recruiting.Offer", the_requisition)   # (subject, actor) -> [Fact]

It is as it stands now, and no part of what is frozen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.models import Actor


@dataclass(frozen=True)
class Fact:
    label: str | Promise
    text: str
    url: str = ""


Gather = Callable[[Any, Actor], list[Fact]]
_gathered: dict[str, Gather] = {}


def beside(label: str, gather: Gather) -> None:
    """Have the approval page of a kind show these facts too. Called when the app is ready."""
    _gathered[label.lower()] = gather


def facts(subject: Any, actor: Actor) -> list[Fact]:
    gather = _gathered.get(subject._meta.label_lower)
    return gather(subject, actor) if gather else []
