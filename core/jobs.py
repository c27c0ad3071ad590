"""Long work in chunks: an import, a pack, an export. Killed at any moment, it goes on where it was.

    @jobs.work("recruiting.import_candidates", label=_("Import of candidates"),
               permission="recruiting.add_candidate")
    def take(job: Job, rows: range, by: Actor) -> Iterable[jobs.Line]: ...

    jobs.start("recruiting.import_candidates", by=actor, title="people.csv", total=1200)

A chunk is one effect (core.effects): what it changes, its lines of the report, the job's progress
and the effect that does the next chunk are committed together or not at all. So no chunk is done
twice or left out, two workers never do the same one, a broker that forgets is no matter, and a
chunk that fails is tried again with a pause; given up, the job fails and keeps what is done.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import effects, notifications, workflow
from core.models import Actor, Effect, Job, JobLine, JobPart, StoredFile, UserKind
from core.policies import Policy
from core.templatetags.ui import number
from core.workflow import take_step

ENDED = notifications.kind(
    "core.job_ended",
    label=gettext_lazy("A job of yours has ended"),
    default="page",
    audience={UserKind.STAFF},
)


class JobRefused(Exception):
    """The job can't go on, and no further try would help. Its text is fit for the user to read."""


@dataclass(frozen=True)
class Line:
    """What became of one row; `place` says where it stood in what was given ("people.csv, 7")."""

    row: int
    outcome: str
    text: str = ""
    place: str = ""
    url: str = ""


Do = Callable[[Job, range, Actor], Iterable[Line]]
Finish = Callable[[Job], StoredFile | None]
MayTake = Callable[[Job, Actor], bool]


@dataclass(frozen=True)
class Work:
    do: Do
    label: "str | Promise"
    permission: str
    finish: Finish | None
    may_take: MayTake | None
    keep: timedelta | Policy  # a policy counts days

    @property
    def kept(self) -> timedelta:
        keep = self.keep
        return timedelta(days=keep.value()) if isinstance(keep, Policy) else keep


_works: dict[str, Work] = {}


def work(
    name: str,
    *,
    label: "str | Promise",
    permission: str = "",
    finish: Finish | None = None,
    may_take: MayTake | None = None,
    keep: timedelta | Policy = timedelta.max,
) -> Callable[[Do], Do]:
    """Register what does a kind of job, in an app's `works.py`, which its `ready()` imports.

    Before each chunk the starter must still have `permission` and an open account. `finish` is
    called after the last chunk, in its transaction, and may return the file that the job made.
    Whoever sees the job may take that file, unless `may_take` says otherwise; it goes after `keep`.
    """

    def register(function: Do) -> Do:
        made = Work(function, label, permission, finish, may_take, keep)
        if _works.setdefault(name, made).do is not function:
            raise RuntimeError(f"Two functions do the job {name}.")
        return function

    return register


def may_take(job: Job, actor: Actor) -> bool:
    """Whether somebody who sees the job may take the file that it made, if it is still there."""
    known = _works.get(job.name)
    if job.result_id is None or known is None:
        return False
    return known.may_take is None or known.may_take(job, actor)


def label_of(job: Job) -> str:
    known = _works.get(job.name)
    return str(known.label) if known else job.name


def said(job: Job, counts: dict[str, int]) -> str:
    """Say what became of the rows of a job that is done: how many had each outcome.

    A work may report only on rows that are not as others are.
    """
    if not counts:
        return _("Everything is done.")
    words = ", ".join(f"{number(count)} {outcome}" for outcome, count in counts.items())
    if sum(counts.values()) < job.total:
        return _("Done, but for: %(counts)s.") % {"counts": words}
    return _("Done: %(counts)s.") % {"counts": words}


@transaction.atomic
def start(
    name: str,
    *,
    by: Actor,
    title: str,
    total: int,
    size: int = 100,
    about: models.Model | None = None,
    **payload: Any,
) -> Job:
    """Begin a job of `total` rows, `size` in a chunk, once this transaction is committed."""
    if total < 1:
        raise ValueError("A job needs at least one row.")
    job = Job.objects.create(
        name=name,
        title=title[:200],
        by=by,
        total=total,
        size=size,
        subject=about,
        payload=payload,
    )
    _cause(job)
    return job


def _cause(job: Job) -> None:
    key = f"job:{job.pk}:{job.round}:{job.done}"
    effects.cause("core.go_on_with_job", key=key, job=job.pk, round=job.round, row=job.done)


def go_on(job: int, round: int, row: int) -> None:  # noqa: A002 -- the effect's payload
    """Do the chunk that begins at `row`, unless it is done, or the job has ended meanwhile."""
    found = Job.objects.select_for_update(of=("self",)).select_related("by__user").get(pk=job)
    if not found.is_open or (found.round, found.done) != (round, row):
        return
    with override(_language(found)):
        _do(found)


def _language(job: Job) -> str:
    """Return the language of whoever started it, to whom it is told what became of it."""
    return job.by.user.language if job.by.user else settings.LANGUAGE_CODE


def _do(found: Job) -> None:
    known, system = _works[found.name], Actor.objects.system()
    if refusal := _refusal(known, found.by):
        _fail(found, refusal)
        return
    if found.state == Job.State.QUEUED:
        found = take_step(found, "run", by=system)
    rows = range(found.done, min(found.done + found.size, found.total))
    try:
        with transaction.atomic():
            lines = [JobLine(job=found, **vars(line)) for line in known.do(found, rows, found.by)]
            JobLine.objects.bulk_create(lines, batch_size=1000)
    except JobRefused as refused:
        _fail(found, str(refused))
        return
    found.done = rows.stop
    found.save(update_fields=["done"])
    if found.done < found.total:
        _cause(found)
    else:
        _finish(found, known)


def _refusal(known: Work, by: Actor) -> str:
    """Say why the job may not go on in its starter's name."""
    if by.user is not None and not by.user.is_active:
        return _("It was stopped: the account of whoever started it is closed.")
    if known.permission and not by.has_perm(known.permission):
        return _("It was stopped: whoever started it has no right to it any more.")
    return ""


def _finish(job: Job, known: Work) -> None:
    if known.finish is not None:
        job.result = known.finish(job)
        job.save(update_fields=["result"])
    job.parts.all().delete()
    job = take_step(job, "finish", by=Actor.objects.system(), ended_at=timezone.now())
    _tell(job, _("Done: %(job)s.") % {"job": job})


def give_up(job: int, round: int, row: int, *, error: str) -> None:  # noqa: A002
    """Note that a chunk failed for good. What was done before it stays done."""
    found = workflow.locked(Job(pk=job))
    if found.is_open and (found.round, found.done) == (round, row):
        # The error's own words may hold a name: its kind is enough for a page.
        kind = error.partition(":")[0][:100]
        with override(_language(found)):
            text = _("It failed again and again after row %(row)s (%(kind)s).")
            _fail(found, text % {"row": row, "kind": kind})


def _fail(job: Job, error: str) -> None:
    job = take_step(job, "fail", by=Actor.objects.system(), ended_at=timezone.now(), error=error)
    _tell(job, _("Failed: %(job)s. %(error)s") % {"job": job, "error": error})


def _tell(job: Job, text: str) -> None:
    if job.by.user is not None:
        key = f"job:{job.pk}:{job.round}"
        url = job.get_absolute_url()
        notifications.notify(ENDED, job.by.user, about=job, text=text, url=url, key=key)


def cancel(job: Job, *, by: Actor) -> Job:
    """End a job after the chunk that is being done now, for whose end this waits."""
    return take_step(job, "cancel", by=by, ended_at=timezone.now())


@transaction.atomic
def resume(job: Job, *, by: Actor) -> Job:
    """Go on with a job that failed or was stopped, after the last row that is done."""
    job = take_step(job, "resume", by=by)
    _cause(job)
    return job


def give_parts(job: Job, pieces: Iterable[tuple[int, bytes]]) -> None:
    """Give each chunk what it works on, by its first row, when the job begins."""
    given = (JobPart(job=job, first_row=first, content=content) for first, content in pieces)
    JobPart.objects.bulk_create(given, batch_size=500)


def part(job: Job, rows: range) -> bytes:
    """Return what a chunk was given. Raises JobRefused where that was deleted meanwhile."""
    found = job.parts.filter(first_row=rows.start).first()
    if found is None:
        raise JobRefused(_("What it works on was kept too long and is deleted: begin anew."))
    return bytes(found.content)


def put_part(job: Job, rows: range, content: bytes) -> None:
    """Keep what a chunk adds to the result, to be joined in `finish`, for what it was given."""
    JobPart.objects.update_or_create(job=job, first_row=rows.start, defaults={"content": content})


def parts(job: Job) -> Iterator[bytes]:
    """Yield the pieces of the result in the order of their rows."""
    for content in job.parts.values_list("content", flat=True).iterator(chunk_size=20):
        yield bytes(content)


@transaction.atomic
def forget(*, now: datetime, keep: timedelta) -> int:
    """Delete jobs that ended long ago with reports, files and done effects; return how many.

    Files that are kept for less go first, with all that a stopped job had made of one.
    """
    for name, known in _works.items():
        if (kept := known.kept) < keep:
            of_work = Job.objects.filter(name=name).ended_before(now - kept)
            for job in of_work.exclude(result=None, parts=None).distinct():
                _forget_files(job)
                job.parts.all().delete()
    old = list(Job.objects.ended_before(now - keep))
    for job in old:
        _forget_files(job)
        job.delete()
    Effect.objects.filter(state=Effect.State.DONE, done_at__lt=now - keep).delete()
    return len(old)


def _forget_files(job: Job) -> None:
    files = [*StoredFile.objects.on(job)]
    files += [job.result] if job.result and job.result not in files else []
    for file in files:
        transaction.on_commit(lambda kept=file.content: kept.delete(save=False))  # type: ignore[misc]
        file.delete()
