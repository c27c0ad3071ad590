"""What was agreed, as the text that was hashed; and the mark of who has read what changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import versions
from core.http import Request
from core.views.site import back


def _find(request: Request, label: str, pk: int) -> Any:
    row = versions.found(label, pk, request.actor)
    if row is None:
        raise Http404
    return row


@require_POST
def version_read(request: Request, label: str, pk: int) -> HttpResponseRedirect:
    """Note that the reader has read what they were shown; what came since is told again."""
    row = _find(request, label, pk)
    if not versions.mark_read(row, request.actor, sha256=request.POST.get("sha256", "")):
        messages.warning(request, _("It changed while you read: this is what is new."))
    return back(request, row)


@require_GET
def version_frozen(request: Request, label: str, pk: int) -> HttpResponse:
    """Send the very bytes whose SHA-256 the page shows, so that anyone can redo it."""
    row = _find(request, label, pk)
    frozen = versions.versioned(row).frozen(row)
    if frozen is None:
        raise Http404
    name = f"{label.rpartition('.')[2].lower()}-{row.pk}-v{row.version}.json"
    return HttpResponse(
        versions.canonical(frozen),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
