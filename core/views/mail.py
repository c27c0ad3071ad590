from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core import audit
from core import effects as outbox
from core.http import Request
from core.lists.own import EffectList, MailList
from core.models import Effect, Message
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
    row = get_object_or_404(Message, pk=pk)
    if request.user.is_authenticated:
        audit.note("view", did="mail_read", by=request.actor, about=row)
    return render(request, "core/message.html", {"mail": row})


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
