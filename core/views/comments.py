"""Comments as pages: every one works alone; `{% comments %}` draws the same on others' pages."""

from typing import Any
from urllib.parse import urldefrag

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import comments as actions
from core.comments import CommentRefused
from core.forms_comments import CommentForm, WordsForm
from core.http import Request
from core.models import Audience, Comment, Thread


def _subject(request: Request, label: str, pk: int) -> tuple[models.Model, str]:
    """Return the row and the item asked for; 404 where the reader has no part in its comments."""
    row = actions.found(label, pk, request.actor)
    item = request.POST.get("item", request.GET.get("item", ""))
    if row is None or actions.item_label(row, item) is None:
        raise Http404
    return row, item


def _thread(request: Request, pk: int) -> Thread:
    thread = actions.thread_for(pk, request.actor)
    if thread is None:
        raise Http404
    return thread


def _comment(request: Request, pk: int) -> Comment:
    row = get_object_or_404(Comment.objects.select_related("by", "thread"), pk=pk)
    _thread(request, row.thread_id)
    return row


def _base(request: Request) -> str:
    return "base.html" if request.user.is_staff else "base_calm.html"


def _next(request: Request) -> str:
    """Return the page of ours that somebody came from, or nothing."""
    target = request.POST.get("next", request.GET.get("next", ""))
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else ""


def _back(request: Request, thread: Thread) -> HttpResponse:
    subject: Any = thread.subject
    target = _next(request) or actions.url_of(subject, thread.item)
    return HttpResponseRedirect(f"{urldefrag(target).url}#thread-{thread.pk}")


@require_GET
def comments(request: Request, label: str, pk: int) -> HttpResponse:
    """Show what is said about a row or one item of it."""
    row, item = _subject(request, label, pk)
    context = {
        "base": _base(request),
        "subject": row,
        "item": item,
        "about": actions.item_label(row, item),
        "label": actions.talk_of(row).label,
        "page_url": actions.page_of(row, request.user),
    }
    return render(request, "core/comments.html", context)


@require_http_methods(["GET", "POST"])
def comment_add(request: Request, label: str, pk: int) -> HttpResponse:
    """Begin a thread. Its kind is in the address: it was chosen before the first word."""
    row, item = _subject(request, label, pk)
    kind = request.POST.get("kind", request.GET.get("kind", ""))
    choices = actions.choices(row, request.actor)
    if not kind and len(choices) > 1:
        context = {"base": _base(request), "subject": row, "item": item, "next": _next(request)}
        context["comments_url"] = actions.url_of(row, item)
        return render(request, "core/comment_kind.html", context)
    kind = kind or choices[0]
    if kind not in choices:
        raise PermissionDenied
    people = actions.may_be_told(row, kind, request.actor)
    form = CommentForm(people, request.POST or None)
    refusal = ""
    if form.is_valid():
        text, tell = form.cleaned_data["text"], form.told()
        try:
            said = actions.begin(
                row, text=text, audience=kind, item=item, by=request.actor, tell=tell
            )
        except CommentRefused as error:
            refusal = str(error)
        else:
            return _back(request, said.thread)
    about = {"subject": row, "item": item, "kind": kind, "is_shared": kind == Audience.SHARED}
    return _form(request, form, refusal, **about)


@require_http_methods(["GET", "POST"])
def comment_reply(request: Request, pk: int) -> HttpResponse:
    """Answer in a thread, for those who read it."""
    thread = _thread(request, pk)
    people = actions.may_be_told(thread.subject, thread.audience, request.actor)  # type: ignore[arg-type]
    form = CommentForm(people, request.POST or None)
    refusal = ""
    if form.is_valid():
        try:
            actions.reply(
                thread, text=form.cleaned_data["text"], by=request.actor, tell=form.told()
            )
        except CommentRefused as error:
            refusal = str(error)
        else:
            return _back(request, thread)
    return _form(request, form, refusal, **_about(thread))


def _about(thread: Thread) -> dict[str, Any]:
    return {
        "subject": thread.subject,
        "thread": thread,
        "item": thread.item,
        "kind": thread.audience,
        "is_shared": thread.is_shared,
    }


def _form(request: Request, form: WordsForm, refusal: str, **about: Any) -> HttpResponse:
    context = {
        **about,
        "base": _base(request),
        "form": form,
        "refusal": refusal,
        "action": request.path,
        "next": _next(request),
        "comments_url": actions.url_of(about["subject"], about["item"]),
    }
    template = "core/_comment_form.html" if request.htmx else "core/comment_form.html"
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, template, context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@require_POST
def thread_resolve(request: Request, pk: int) -> HttpResponse:
    thread = _thread(request, pk)
    seen = request.POST.get("seen", "")
    try:
        actions.resolve(thread, by=request.actor, seen=_number(seen))
    except CommentRefused as error:
        messages.warning(request, str(error))
    return _back(request, thread)


@require_POST
def thread_reopen(request: Request, pk: int) -> HttpResponse:
    thread = _thread(request, pk)
    actions.reopen(thread, by=request.actor)
    return _back(request, thread)


@require_http_methods(["GET", "POST"])
def comment_edit(request: Request, pk: int) -> HttpResponse:
    """Change one's own words. The ones before can still be read."""
    row = _comment(request, pk)
    if row.by_id != request.actor.pk:
        raise PermissionDenied
    form = WordsForm(request.POST or None, initial={"text": row.text})
    refusal = ""
    if form.is_valid():
        try:
            actions.edit(row, text=form.cleaned_data["text"], by=request.actor)
        except CommentRefused as error:
            refusal = str(error)
        else:
            return _back(request, row.thread)
    return _form(request, form, refusal, comment=row, **_about(row.thread))


@require_POST
def comment_withdraw(request: Request, pk: int) -> HttpResponse:
    row = _comment(request, pk)
    actions.withdraw(row, by=request.actor)
    messages.success(request, _("Your comment is withdrawn: nobody reads its words any more."))
    return _back(request, row.thread)


@require_GET
def comment_history(request: Request, pk: int) -> HttpResponse:
    """Show the words of a comment before each edit."""
    row = _comment(request, pk)
    context = {
        **_about(row.thread),
        "base": _base(request),
        "comment": row,
        "earlier": row.earlier.all(),
        "comments_url": actions.url_of(row.thread.subject, row.thread.item),  # type: ignore[arg-type]
        "zone": request.user.time_zone,
    }
    return render(request, "core/comment_history.html", context)


@require_POST
def comments_read(request: Request, label: str, pk: int) -> HttpResponse:
    """Note that the reader has seen what stands here: asked by the page, or by a button."""
    row, item = _subject(request, label, pk)
    seen = request.POST.get("seen", "")
    actions.mark_read(row, by=request.actor, item=item, seen=_number(seen))
    if request.htmx:
        return HttpResponse(status=204)
    return HttpResponseRedirect(_next(request) or actions.url_of(row, item))
