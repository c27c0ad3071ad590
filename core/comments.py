"""Conversations about rows: internal ones of our staff, and those that the client reads too.

    comments.declare("cms.Proposal", label=_("Proposal"), keepers=lambda p: [p.engagement.owner],
                     client_people=client_people, client_page=lambda p: reverse(…))

An app declares which of its models are talked about. One without `client_people` has internal
threads only. The kind of a thread is chosen before its first word and never changes: there is
no function here that could. Pages draw a thread with `{% comments subject %}`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import notifications
from core.models import (
    Actor,
    Audience,
    Channel,
    Comment,
    CommentsRead,
    CommentText,
    Thread,
    User,
    UserKind,
    audiences_of,
)

READERS = {UserKind.STAFF, UserKind.CLIENT}
MENTION = notifications.kind(
    "comments.mention",
    label=gettext_lazy("Somebody names you in a comment"),
    default=Channel.MAIL,
    audience=READERS,
)
REPLY = notifications.kind(
    "comments.reply",
    label=gettext_lazy("Somebody answers where you have written"),
    default=Channel.PAGE,
    audience=READERS,
)
NEW = notifications.kind(
    "comments.new",
    label=gettext_lazy("A comment on what you look after"),
    default=Channel.DIGEST,
    audience=READERS,
)
WORDS = {
    MENTION.name: gettext_lazy("%(who)s names you in a comment on %(what)s (%(kind)s)"),
    REPLY.name: gettext_lazy("%(who)s has answered you on %(what)s (%(kind)s)"),
    NEW.name: gettext_lazy("%(who)s has commented on %(what)s (%(kind)s)"),
}


class CommentRefused(Exception):
    """The comment can't be kept as asked. Its text is fit for the user to read."""


@dataclass(frozen=True)
class Talk:
    """What an app says about comments on one of its models."""

    label: "str | Promise"
    keepers: Callable[[Any], Iterable[User]]
    client_people: Callable[[Any], Iterable[User]] | None = None
    client_page: Callable[[Any], str] | None = None
    items: Callable[[Any], Mapping[str, str]] | None = None


_talks: dict[str, Talk] = {}


def declare(model: str, **said: Any) -> None:
    """Let people talk about the rows of a model ("cms.Proposal"). See `Talk` for the rest."""
    _talks[model.lower()] = Talk(**said)


def talk_of(subject: models.Model) -> Talk:
    return _talks[subject._meta.label_lower]


def found(label: str, pk: int, actor: Actor) -> models.Model | None:
    """Return the row that is talked about, if the actor sees it and may read any of its threads."""
    if label.lower() not in _talks or not audiences_of(actor):
        return None
    model: Any = apps.get_model(label)
    row: models.Model | None = model._default_manager.visible_to(actor).filter(pk=pk).first()
    return row if row is not None and choices(row, actor) else None


def choices(subject: models.Model, actor: Actor) -> list[Audience]:
    """Return the kinds of thread that the actor may begin here; a client only shared ones."""
    here = [Audience.INTERNAL]
    if talk_of(subject).client_people is not None:
        here.append(Audience.SHARED)
    read = audiences_of(actor)
    return [audience for audience in here if audience in read]


def sees(thread: Thread, actor: Actor) -> bool:
    """Whether the actor reads this thread: its kind, and the row that it is about."""
    if thread.audience not in audiences_of(actor) or thread.subject_type is None:
        return False
    model: Any = thread.subject_type.model_class()
    if model is None or model._meta.label_lower not in _talks:
        return False
    visible: bool = model._default_manager.visible_to(actor).filter(pk=thread.subject_id).exists()
    return visible


def thread_for(pk: int, actor: Actor) -> Thread | None:
    thread = Thread.objects.filter(pk=pk).first()
    return thread if thread and sees(thread, actor) else None


def item_label(subject: models.Model, item: str) -> str | None:
    """Name an item of a subject; "" is the subject itself, None that there is no such item."""
    if not item:
        return ""
    items = talk_of(subject).items
    return items(subject).get(item) if items else None


def page_of(subject: Any, user: User) -> str:
    """Return the path where a person reads about the subject: a client in the portal."""
    talk = talk_of(subject)
    if user.kind == UserKind.CLIENT and talk.client_page is not None:
        return talk.client_page(subject)
    return str(subject.get_absolute_url())


def url_of(subject: models.Model, item: str = "") -> str:
    """Return the page of comments on a subject or one item of it: the same for everybody."""
    url = reverse("core:comments", args=[subject._meta.label_lower, subject.pk])
    return f"{url}?{urlencode({'item': item})}" if item else url


def may_be_told(subject: models.Model, audience: str, by: Actor) -> list[User]:
    """Return who can be named: whoever sees the subject and reads this kind of thread.

    Staff of the same roles see the same, so one of each is asked; whoever is told in the end
    is asked again, one by one. A client chooses among its own people and those of us who look
    after the subject or have written to it here: our list of staff is not theirs to read.
    """
    staff = User.objects.filter(is_active=True, kind=UserKind.STAFF)
    if audiences_of(by) == [Audience.SHARED]:
        keepers = [user.pk for user in talk_of(subject).keepers(subject)]
        staff = staff.filter(
            models.Q(pk__in=keepers) | models.Q(actor__in=_writers(subject, audience))
        )
    people = list(staff.select_related("actor").prefetch_related("groups"))
    known: dict[Any, bool] = {}
    able = []
    for user in people:
        roles = (user.is_superuser, frozenset(group.pk for group in user.groups.all()))
        if roles not in known:
            known[roles] = _reads(subject, audience, user)
        if known[roles]:
            able.append(user)
    talk = talk_of(subject)
    if audience == Audience.SHARED and talk.client_people is not None:
        able += [user for user in talk.client_people(subject) if _reads(subject, audience, user)]
    return able


def _writers(subject: models.Model, audience: str) -> models.QuerySet[Any, Any]:
    threads = Thread.objects.on(subject).filter(audience=audience)
    return Comment.objects.filter(thread__in=threads).values("by")


def _reads(subject: models.Model, audience: str, user: User) -> bool:
    actor = user.actor
    if not user.is_active or audience not in audiences_of(actor):
        return False
    rows: Any = type(subject)._default_manager.all()
    visible: bool = rows.visible_to(actor).filter(pk=subject.pk).exists()
    return visible


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Return those of the people whom a text names as "@Name", the longest name first."""
    able = sorted(people, key=lambda user: -len(user.name))
    rest, named = text.casefold(), []
    for user in able:
        # Of "@Anastasia" Ana is not meant.
        call = re.compile(rf"@{re.escape(user.name.casefold())}(?!\w)")
        if user.name and call.search(rest):
            named.append(user)
            rest = call.sub(" ", rest)
    return named


@transaction.atomic
def begin(
    subject: models.Model,
    *,
    text: str,
    audience: str,
    by: Actor,
    item: str = "",
    tell: Iterable[User] = (),
) -> Comment:
    """Begin a thread of a kind. Raises PermissionDenied where the actor may not write that."""
    rows: Any = type(subject)._default_manager.all()
    if audience not in choices(subject, by) or not rows.visible_to(by).filter(pk=subject.pk):
        raise PermissionDenied
    if item_label(subject, item) is None:
        raise CommentRefused(_("What this was about is no longer there."))
    thread = Thread.objects.create(subject=subject, item=item, audience=audience)
    return _say(thread, text=text, by=by, tell=tell)


@transaction.atomic
def reply(thread: Thread, *, text: str, by: Actor, tell: Iterable[User] = ()) -> Comment:
    """Answer in a thread. Raises CommentRefused where it was resolved meanwhile."""
    thread = _locked(thread, by)
    if thread.resolved_at is not None:
        who = thread.resolved_by
        raise CommentRefused(
            _("%(who)s has resolved this meanwhile. Reopen it to answer.") % {"who": who}
        )
    return _say(thread, text=text, by=by, tell=tell)


@transaction.atomic
def resolve(thread: Thread, *, by: Actor, seen: int) -> Thread:
    """Close a thread whose last comment is `seen` (its key): nobody closes what they did not read.

    Raises CommentRefused where somebody has answered meanwhile.
    """
    thread = _locked(thread, by)
    if thread.resolved_at is not None:
        return thread
    if thread.comments.filter(pk__gt=seen).exists():
        raise CommentRefused(_("Somebody has answered meanwhile: read it before you resolve this."))
    thread.resolved_at, thread.resolved_by = timezone.now(), by
    thread.save(update_fields=["resolved_at", "resolved_by"])
    return thread


@transaction.atomic
def reopen(thread: Thread, *, by: Actor) -> Thread:
    thread = _locked(thread, by)
    thread.resolved_at = thread.resolved_by = None
    thread.save(update_fields=["resolved_at", "resolved_by"])
    return thread


@transaction.atomic
def edit(comment: Comment, *, text: str, by: Actor) -> Comment:
    """Change one's own words; those before are kept, and whoever reads the comment reads them.

    Whom only the new words name is told of it, once; who was ticked or named before is not again.
    """
    row = _own(comment, by)
    if row.withdrawn_at is not None:
        raise CommentRefused(_("This comment was withdrawn and can't be changed."))
    if text == row.text:
        return row
    CommentText.objects.create(comment=row, text=row.text, at=row.edited_at or row.at)
    row.text, row.edited_at = text, timezone.now()
    row.save(update_fields=["text", "edited_at"])
    _name_also(row, before=row.earlier.latest("pk").text)
    return row


def _name_also(comment: Comment, *, before: str) -> None:
    thread = comment.thread
    subject: Any = thread.subject
    able = may_be_told(subject, thread.audience, comment.by)
    gone = {user.pk for user in named_in(before, able)}
    kept = [user for user in comment.mentioned.all() if user.pk not in gone]
    named = named_in(comment.text, able)
    comment.mentioned.set({*kept, *named})
    for user in named:
        is_new = user.pk not in gone and user.pk != comment.by.user_id
        if is_new and _reads(subject, thread.audience, user):
            _notify(MENTION, user, comment, thread, subject)


@transaction.atomic
def withdraw(comment: Comment, *, by: Actor) -> Comment:
    """Take one's own words back: nobody reads them any more, and a stamp says when."""
    row = _own(comment, by)
    if row.withdrawn_at is None:
        row.text, row.withdrawn_at = "", timezone.now()
        row.save(update_fields=["text", "withdrawn_at"])
        row.earlier.all().delete()
    return row


@transaction.atomic
def mark_read(subject: models.Model, *, by: Actor, seen: int, item: str = "") -> None:
    """Note that the reader has seen what stands here up to the comment `seen` (its key).

    What came while they read stays new, and an older page that is still open takes nothing back.
    """
    known = Comment.objects.for_reader(subject, by).filter(thread__item=item)
    last = known.filter(pk=seen).first()
    if by.user is None or last is None:
        return
    about = Thread(subject=subject)
    mark, is_first = CommentsRead.objects.select_for_update().get_or_create(
        user=by.user,
        subject_type=about.subject_type,
        subject_id=about.subject_id,
        item=item,
        defaults={"at": last.at},
    )
    if not is_first and mark.at < last.at:
        mark.at = last.at
        mark.save(update_fields=["at"])


def _locked(thread: Thread, by: Actor) -> Thread:
    """Lock a thread that the actor sees: replies, resolving and edits come one after another."""
    if not sees(thread, by):
        raise PermissionDenied
    return Thread.objects.select_for_update().get(pk=thread.pk)


def _own(comment: Comment, by: Actor) -> Comment:
    _locked(comment.thread, by)
    row = Comment.objects.get(pk=comment.pk)
    if row.by_id != by.pk:
        raise PermissionDenied
    return row


def _say(thread: Thread, *, text: str, by: Actor, tell: Iterable[User]) -> Comment:
    subject: Any = thread.subject
    able = may_be_told(subject, thread.audience, by)
    chosen = {user.pk for user in tell}
    named = {
        user.pk: user for user in [*named_in(text, able), *(u for u in able if u.pk in chosen)]
    }
    comment = Comment.objects.create(thread=thread, text=text, by=by)
    comment.mentioned.set(named.values())
    _tell(comment, thread, subject, list(named.values()))
    return comment


def _tell(comment: Comment, thread: Thread, subject: Any, named: list[User]) -> None:
    """Tell each reader once, in the strongest way that fits: named, answered, or looking after."""
    talk = talk_of(subject)
    here = User.objects.filter(actor__in=thread.comments.values("by"))
    elsewhere = User.objects.filter(actor__in=_writers(subject, thread.audience))
    keepers = [*talk.keepers(subject), *elsewhere]
    if thread.is_shared and talk.client_people is not None:
        keepers += talk.client_people(subject)
    told = {comment.by.user_id}
    for kind, people in ((MENTION, named), (REPLY, here), (NEW, keepers)):
        for user in people:
            if user.pk in told or not _reads(subject, thread.audience, user):
                continue
            told.add(user.pk)
            _notify(kind, user, comment, thread, subject)


def _notify(
    kind: notifications.NotificationKind,
    user: User,
    comment: Comment,
    thread: Thread,
    subject: models.Model,
) -> None:
    with override(user.language):
        said = {"who": comment.by, "what": subject, "kind": _short(thread)}
        text = str(WORDS[kind.name]) % said
    url = f"{url_of(subject, thread.item)}#thread-{thread.pk}"
    key = f"comment:{comment.pk}"
    notifications.notify(kind, user, about=comment, text=text, url=url, key=key)


def _short(thread: Thread) -> str:
    return _("shared") if thread.is_shared else _("internal")
