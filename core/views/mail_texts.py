"""The texts of mails: read as their receivers do, on a real row, and edited for a language."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core import audit
from core import mail_texts as texts
from core.forms import MailTextForm
from core.http import Request
from core.messages import preview

administrators_only = permission_required("core.manage_mail", raise_exception=True)


@require_GET
@administrators_only
def mail_texts(request: Request) -> HttpResponse:
    found = texts.all_texts()
    edited_count = sum(bool(each["edited"] and not each["refused"]) for each in found)
    context = {"texts": found, "edited_count": edited_count}
    return render(request, "core/mail_texts.html", context)


@require_http_methods(["GET", "POST"])
@administrators_only
def mail_text(request: Request, name: str, language: str) -> HttpResponse:
    """Show a text with what it says about a row; keep another one, or go back to the shipped."""
    text = texts.text(name, language)
    if text is None:
        raise Http404
    if "reset" in request.POST:
        texts.change(name, language, subject_line="", body="", by=request.user)
        messages.success(request, "From now on this mail is sent as it ships.")
        return redirect("core:mail_text", name, language)
    looked_at = _looked_at(request, name)
    values = looked_at["values"]
    form = MailTextForm(name, request.POST or None, initial=text, language=language, context=values)
    if form.is_valid() and "preview" not in request.POST:
        texts.change(name, language, by=request.user, **form.cleaned_data)
        messages.success(request, "From now on this mail is sent with your text.")
        return redirect("core:mail_text", name, language)
    context = {"form": form, "text": text, **looked_at, "is_draft": "preview" in request.POST}
    if values is not None and not form.errors:
        data = form.cleaned_data if form.is_bound else {}
        shown = (data["subject_line"], data["body"]) if data else text["in_force"]
        line, body, _ = preview(name, shown[0], shown[1], language, values)
        context |= {"line": line, "body": body}
    return render(request, "core/mail_text.html", context, status=422 if form.errors else 200)


def _looked_at(request: Request, name: str) -> dict[str, Any]:
    """Return the rows that the text can be looked at on, and what the mail about one says."""
    found = texts.example_of(name)
    rows = found.newest(request.actor) if found else []
    asked = request.POST.get("record") or request.GET.get("record")
    row = next((each for each in rows if str(each.pk) == asked), rows[0] if rows else None)
    mail = found.mail(row, request.actor) if found and row else None
    if mail is None:
        return {"rows": [], "row": None, "values": None}
    audit.note("view", did="mail_previewed", by=request.actor, about=row, mail=name)
    values = {**texts.SECRETS, **mail.context}
    return {"rows": rows, "row": row, "values": values, "to": mail.to}
