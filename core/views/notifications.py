"""What a person was told, and how they want to be told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import notifications as actions
from core.forms_notifications import NotificationForm
from core.http import Request
from core.models import Notification

PER_PAGE = 50


@require_GET
def notifications(request: Request) -> HttpResponse:
    """Show what the person was told, the newest first."""
    rows = Notification.objects.visible_to(request.actor)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "unread": getattr(request.user, "unread", None) or 0}
    return render(request, "core/notifications.html", context)


@require_POST
def notification_open(request: Request, pk: int) -> HttpResponse:
    """Mark one as read and lead to what it is about."""
    row = get_object_or_404(Notification.objects.visible_to(request.actor), pk=pk)
    actions.mark_read(request.actor, pk=row.pk)
    if "stay" in request.POST:
        return redirect("core:notifications")
    return redirect(row.url)


@require_POST
def notifications_read(request: Request) -> HttpResponse:
    count = actions.mark_read(request.actor)
    words = ngettext("%(count)s is marked as read.", "%(count)s are marked as read.", count)
    messages.success(request, words % {"count": count})
    return redirect("core:notifications")


@require_http_methods(["GET", "POST"])
def notification_settings(request: Request) -> HttpResponse:
    """Let a person choose a channel for each kind, quiet hours and the hour of the daily mail."""
    form = NotificationForm(request.user, request.POST or None)
    if form.is_valid():
        actions.choose(request.user, form.channels(), form.hours())
        messages.success(request, _("You are told as you chose."))
        return redirect("core:notification_settings")
    status = 422 if form.errors else 200
    return render(request, "core/notification_settings.html", {"form": form}, status=status)
