"""The seat ledger of one engagement and of all, of any day, as pages and as files."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core import audit
from core.exports import csv_response
from core.http import Request
from core.lists.exports import XLSX, plain, xlsx_file
from engagements.forms import DayForm, LedgerForm
from engagements.ledger import shown
from engagements.models import Engagement, Seat


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def ledger(request: Request, pk: int) -> HttpResponseBase:
    rows = Engagement.objects.visible_to(request.actor).select_related("client")
    row = get_object_or_404(rows, pk=pk)
    form = LedgerForm(request.GET)
    today, zone = timezone.localdate(), timezone.get_current_timezone()
    page = shown.engagement_page(row, form.day, form.dimension, today=today, zone=zone)
    return _answer(request, "engagements/ledger.html", form, page, name=f"{row.code}-seats")


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def ledgers(request: Request) -> HttpResponseBase:
    form = DayForm(request.GET)
    today, zone = timezone.localdate(), timezone.get_current_timezone()
    seats = Seat.objects.visible_to(request.actor)
    page = shown.page(seats, form.day, today=today, zone=zone)
    return _answer(request, "engagements/ledgers.html", form, page, name="seats")


def _answer(
    request: Request, template: str, form: DayForm, page: dict[str, Any], *, name: str
) -> HttpResponseBase:
    """Answer with the page, or with the file that `?export=csv` and `?export=xlsx` ask for."""
    kind = request.GET.get("export", "")
    if kind and form.is_valid():
        return _file(request, page, f"{name}-{page['day']:%Y-%m-%d}", kind)
    return render(request, template, {"form": form, **page}, status=422 if form.errors else 200)


def _file(request: Request, page: dict[str, Any], name: str, kind: str) -> HttpResponseBase:
    if kind not in {"csv", "xlsx"}:
        raise Http404
    head, rows = shown.table(page["counted"], page["label"])
    audit.note(
        "export", did="list_exported", by=request.actor, list="engagements.ledger", file=kind
    )
    if kind == "csv":
        return csv_response(f"{name}.csv", head, rows)
    cells = ([plain(cell) for cell in row] for row in rows)
    file = xlsx_file(name, head, cells)
    return FileResponse(file, filename=f"{name}.xlsx", as_attachment=True, content_type=XLSX)
