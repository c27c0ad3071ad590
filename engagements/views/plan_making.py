"""A plan is made by a worker: its form, and the page that waits for it."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from core.http import Request
from core.models import Job
from core.workflow import StepRefused
from engagements import actions
from engagements.forms import PlanForm, PlanSitesForm
from engagements.models import Requirements
from engagements.recommendation import recommended
from engagements.wish import Wish


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_staffingplan", raise_exception=True)
def make_plan(request: Request, pk: int) -> HttpResponse:
    """Suggest how the plan is built, by the published rules, and have it made as chosen."""
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    found = recommended(row, today=timezone.localdate())
    form = PlanForm(found, request.POST or None, wish=row.get_structure_wish_display())
    sites = PlanSitesForm(request.actor, request.POST or None)
    if all([form.is_valid(), sites.is_valid()]):
        follow_sun = sites.cleaned_data["follow_sun"]
        wish = Wish(**form.settings(), sites=sites.at_sites(), follow_sun=follow_sun)
        try:
            job = actions.begin_plan(row, by=request.actor, wish=wish)
            return redirect("engagements:plan_progress", job.pk)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"requirements": row, "form": form, "sites": sites}
    wrong = form.errors or sites.errors
    return render(request, "engagements/plan_make.html", context, status=422 if wrong else 200)


@require_GET
@permission_required("engagements.change_staffingplan", raise_exception=True)
def plan_progress(request: Request, pk: int) -> HttpResponse:
    """Say how far the plan is, and go to it once it is made."""
    rows = Job.objects.visible_to(request.actor).filter(name=actions.PLANNING)
    job = get_object_or_404(rows, pk=pk)
    if url := actions.planned_by(job):
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    requirements = get_object_or_404(
        Requirements.objects.visible_to(request.actor).select_related("engagement__client"),
        pk=job.payload["requirements"],
    )
    context = {"job": job, "requirements": requirements}
    return render(request, "engagements/plan_progress.html", context)
