"""Long work: how far each job is, what became of its rows, stopping it and going on."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import audit
from core import jobs as actions
from core.http import Request
from core.lists.jobs import JobLineList, JobList
from core.models import Job
from core.views.lists import show
from core.views.site import sent


@require_GET
@permission_required("core.view_job", raise_exception=True)
def jobs(request: Request) -> HttpResponseBase:
    return show(request, JobList(request.actor))


def _visible(request: Request, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.actor).for_steps(), pk=pk)


@require_GET
def job(request: Request, pk: int) -> HttpResponseBase:
    """Show a job, and beneath it its report as a list."""
    row = _visible(request, pk)
    context = {
        "job": row,
        "label": actions.label_of(row),
        "counts": (counts := row.lines.counts()),
        "said": actions.said(row, counts),
        "left": row.total - row.done,
        "may_take": actions.may_take(row, request.actor),
    }
    listing = JobLineList(request.actor, row)
    return show(request, listing, template="core/job.html", **context)


@require_GET
def job_file(request: Request, pk: int) -> HttpResponseBase:
    """Send the file that a job made, to whom the job's work allows it."""
    row = _visible(request, pk)
    if not actions.may_take(row, request.actor):
        raise Http404
    audit.note("export", did="job_file_taken", by=request.actor, about=row)
    return sent(row.result)  # type: ignore[arg-type]


@require_POST
def job_cancel(request: Request, pk: int) -> HttpResponse:
    row = actions.cancel(_visible(request, pk), by=request.actor)
    words = {"done": row.done, "total": row.total}
    messages.success(request, _("Stopped: %(done)s of %(total)s are done, and stay.") % words)
    return redirect(row)


@require_POST
def job_resume(request: Request, pk: int) -> HttpResponse:
    row = actions.resume(_visible(request, pk), by=request.actor)
    messages.success(request, _("It goes on after row %(done)s.") % {"done": row.done})
    return redirect(row)
