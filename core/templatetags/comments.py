"""Threads of comments on any page: `{% comments subject %}`, and a link with their number."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import template
from django.db import models

from core import comments as actions
from core.models import Actor, Audience, Comment, Thread

register = template.Library()


@dataclass(frozen=True)
class Line:
    """A comment as one reader sees it."""

    comment: Comment
    is_mine: bool
    is_new: bool


@dataclass(frozen=True)
class Talked:
    thread: Thread
    lines: list[Line]

    @property
    def last(self) -> int:
        return self.lines[-1].comment.pk

    @property
    def new(self) -> int:
        return sum(line.is_new for line in self.lines)


def _read(context: dict[str, Any], subject: models.Model) -> dict[str, list[Talked]]:
    """Return a subject's threads by item: one query for each page, however many items it has."""
    request = context["request"]
    kept: dict[Any, Any] = request.__dict__.setdefault("comments_read_here", {})
    key = (subject._meta.label_lower, subject.pk)
    if key not in kept:
        kept[key] = _items(subject, request.actor)
    found: dict[str, list[Talked]] = kept[key]
    return found


def _items(subject: models.Model, actor: Actor) -> dict[str, list[Talked]]:
    comments = Comment.objects.for_reader(subject, actor)
    items: dict[str, list[Talked]] = {}
    for _pk, said in groupby(comments, key=lambda comment: comment.thread_id):
        lines = list(said)
        thread = lines[0].thread
        items.setdefault(thread.item, []).append(Talked(thread, _lines(lines, actor)))
    return items


def _lines(said: list[Any], actor: Actor) -> list[Line]:
    lines: list[Line] = []
    for comment in said:
        is_mine = comment.by_id == actor.pk
        is_new = not is_mine and (comment.looked_at is None or comment.at > comment.looked_at)
        lines.append(Line(comment, is_mine, is_new))
    return lines


def _first_new(threads: list[Talked]) -> int | None:
    """Return the comment at which a reader goes on reading, in the order of the page."""
    new = [line.comment.pk for each in threads for line in each.lines if line.is_new]
    return new[0] if new else None


def _last(threads: list[Talked]) -> int:
    """Return the newest comment that is shown: up to it the reader marks all as read."""
    shown = [line.comment for each in threads for line in each.lines]
    return max(shown, key=lambda comment: (comment.at, comment.pk)).pk if shown else 0


def _context(context: dict[str, Any], subject: models.Model, item: str) -> dict[str, Any]:
    request = context["request"]
    may = actions.choices(subject, request.actor)
    talked = _read(context, subject).get(item, []) if may else []
    is_open = [each for each in talked if each.thread.resolved_at is None]
    resolved = [each for each in talked if each.thread.resolved_at is not None]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "subject": subject,
        "label": subject._meta.label_lower,
        "item": item,
        "may_internal": Audience.INTERNAL in may,
        "may_shared": Audience.SHARED in may,
        "may": bool(may),
        "open": is_open,
        "resolved": resolved,
        "resolved_new": any(each.new for each in resolved),
        "first_new": _first_new([*is_open, *resolved]),
        "last": _last(talked),
        "count": sum(len(each.lines) for each in talked),
        "new": sum(each.new for each in talked),
        "url": actions.url_of(subject, item),
        "zone": request.user.time_zone,
        "here": request.get_full_path(),
    }


@register.inclusion_tag("core/_comments.html", takes_context=True)
def comments(context: dict[str, Any], subject: models.Model, item: str = "") -> dict[str, Any]:
    """Draw what is said about a subject, or one item of it; nothing for who has no part in it."""
    return _context(context, subject, item)


@register.inclusion_tag("core/_comments_link.html", takes_context=True)
def comments_link(context: dict[str, Any], subject: models.Model, item: str = "") -> dict[str, Any]:
    """Link to the comments on an item, with their number: fit to stand within a form."""
    return _context(context, subject, item)
