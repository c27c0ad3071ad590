from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import effects as outbox
from core import mail_texts as texts
from core.forms import MailTextForm
from core.http import Request
from core.lists.own import EffectList, MailList
from core.models import Effect, MailTemplate, Message
from core.views.lists import show


def _is_open_to(request: Request) -> bool:
    """In the demo everybody reads the mails, signed in or not; else whoever looks after mail."""
    return settings.DEMO or (
        request.user.is_authenticated and request.user.has_perm("core.manage_mail")
    )


@login_not_required
@require_GET
def mail(request: Request) -> HttpResponseBase:
    if not _is_open_to(request):
        raise Http404
    actor = request.actor if request.user.is_authenticated else None
    return show(request, MailList(actor), template="core/mail.html")


@login_not_required
@require_GET
def message(request: Request, pk: int) -> HttpResponse:
    if not _is_open_to(request):
        raise Http404
    return render(request, "core/message.html", {"mail": get_object_or_404(Message, pk=pk)})


@require_GET
@permission_required("core.manage_mail", raise_exception=True)
def mail_texts(request: Request) -> HttpResponse:
    found = texts.all_texts()
    edited_count = sum(bool(each["edited"]) for each in found)
    context = {"texts": found, "edited_count": edited_count}
    return render(request, "core/mail_texts.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("core.manage_mail", raise_exception=True)
def mail_text(request: Request, name: str, language: str) -> HttpResponse:
    text = texts.text(name, language)
    if text is None:
        raise Http404
    form = MailTextForm(text["shipped"], request.POST or None, initial=text)
    if form.is_valid():
        MailTemplate.objects.update_or_create(
            name=name,
            language=language,
            defaults={
                **form.cleaned_data,
                "edited_by": request.user,
                "edited_at": timezone.now(),
            },
        )
        messages.success(request, "From now on this mail is sent with your text.")
        return redirect("core:mail_texts")
    context = {"form": form, "text": text}
    return render(request, "core/mail_text.html", context, status=422 if form.errors else 200)


@require_GET
@permission_required("core.requeue_effect", raise_exception=True)
def effects(request: Request) -> HttpResponseBase:
    counts = Effect.objects.counts()
    return show(request, EffectList(request.actor), template="core/effects.html", counts=counts)


@require_POST
@permission_required("core.requeue_effect", raise_exception=True)
def requeue(request: Request, pk: int) -> HttpResponse:
    outbox.requeue(get_object_or_404(Effect, pk=pk, state=Effect.State.DEAD))
    messages.success(request, "It will be tried again at once.")
    return redirect("core:effects")
