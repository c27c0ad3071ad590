"""One step for many rows: chosen in a list, looked at, confirmed, and reported row by row."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core import lists, workflow
from core.http import Request
from core.lists import bulk as runs
from core.lists import long_steps
from core.lists.declared import label_of
from core.lists.selection import Selection
from core.models import BulkRow, BulkRun
from core.workflow import Blocker, StepRefused


@require_POST
def list_bulk(request: Request, key: str) -> HttpResponse:
    """Write down the rows that are chosen, and lead to what would happen to them."""
    listing = lists.find(key, request.actor, request.POST.get("within"))
    bulk = _bulk(listing, request.POST.get("action", ""))
    selection = Selection(listing, QueryDict(request.POST.get("query", "")))
    if "all" not in request.POST:
        ticked = [pk for pk in request.POST.getlist("row") if pk.isdecimal()]
        rows = listing.rows().filter(pk__in=ticked)
    elif selection.is_valid:
        rows = selection.rows
    else:
        raise StepRefused(Blocker("One of the filters makes no sense: mend it first."))
    return redirect(runs.choose(listing, bulk, rows, by=request.actor))


def _bulk(listing: lists.List[Any], name: str) -> lists.Bulk:
    found = next((each for each in listing.permitted_bulk() if each.name == name), None)
    if found is not None:
        return found
    if any(each.name == name for each in listing.bulk):
        raise PermissionDenied
    raise Http404


@require_http_methods(["GET", "POST"])
def bulk_run(request: Request, pk: int) -> HttpResponse:
    """Show what a run would do; on confirmation do it, or have a job do it; then report."""
    run = get_object_or_404(BulkRun, pk=pk, by=request.actor)
    listing = lists.find(run.list_key, request.actor, run.within)
    bulk = _bulk(listing, run.action)
    form = runs.form_of(bulk, request.POST if request.method == "POST" else None)
    context = {"run": run, "listing": listing, "bulk": bulk, "form": form}
    context["label"] = label_of(listing, bulk)
    if request.method == "POST":
        if run.begun_at is None and form is not None and not form.is_valid():
            return _preview(request, context, status=422)
        _begin(run, request.POST)
        if run.rows.count() > runs.INLINE:
            return redirect(long_steps.begin(listing, bulk, run))
        for _line in runs.take(listing, bulk, run, run.rows.waiting()):
            pass
        return redirect(run)
    if not run.begun_at:
        return _preview(request, context)
    job = long_steps.job_of(run)
    return redirect(job) if job else _report(request, context)


def _preview(request: Request, context: dict[str, Any], status: int = 200) -> HttpResponse:
    listing, bulk, form = context["listing"], context["bulk"], context["form"]
    context = {
        **context,
        "preview": runs.preview(listing, bulk, context["run"]),
        "has_state": workflow.state_field(listing.model) is not None,
        "mails_if": form.fields[bulk.mails_if].label if form and bulk.mails_if else "",
    }
    return render(request, "core/bulk_preview.html", context, status=status)


@transaction.atomic
def _begin(run: BulkRun, sent: QueryDict) -> None:
    """Keep what was confirmed; whoever confirms a second time goes on with the same."""
    kept = BulkRun.objects.select_for_update().get(pk=run.pk)
    if kept.begun_at is None:
        kept.details = {
            name: values for name, values in sent.lists() if name != "csrfmiddlewaretoken"
        }
        kept.begun_at = timezone.now()
        kept.save(update_fields=["details", "begun_at"])
    run.details, run.begun_at = kept.details, kept.begun_at


def _report(request: Request, context: dict[str, Any]) -> HttpResponse:
    run, listing = context["run"], context["listing"]
    # Refused ones first: they are what is left to do. Names come from the rows, never from the run.
    lines = list(run.rows.order_by("-outcome", "pk")[: runs.INLINE])
    rows = {row.pk: row for row in listing.load([line.subject for line in lines])}
    counts = {value: run.rows.filter(outcome=value).count() for value in BulkRow.Outcome.values}
    context = {
        **context,
        "lines": [(line, rows.get(line.subject)) for line in lines],
        "done": counts[BulkRow.Outcome.DONE],
        "refused": counts[BulkRow.Outcome.REFUSED],
        "waiting": counts[BulkRow.Outcome.WAITS],
    }
    return render(request, "core/bulk_report.html", context)
