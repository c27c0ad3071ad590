from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import Request
from core.views.lists import show
from engagements import actions, pages
from engagements.forms import EngagementEditForm, EngagementForm, LoseForm
from engagements.lists import EngagementList
from engagements.models import Client, Engagement


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def engagements(request: Request) -> HttpResponseBase:
    return show(request, EngagementList(request.actor), template="engagements/engagements.html")


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def engagement(request: Request, pk: int) -> HttpResponse:
    rows = Engagement.objects.visible_to(request.actor).for_page()
    row = get_object_or_404(rows, pk=pk)
    return render(request, "engagements/engagement.html", pages.engagement(row))


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_engagement", raise_exception=True)
def engagement_add(request: Request, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.actor), pk=pk)
    form = EngagementForm(request.POST or None, initial={"owner": request.user.pk})
    if form.is_valid():
        return redirect(actions.create_engagement(client, by=request.actor, **form.cleaned_data))
    context = {"form": form, "above": [client], "title": "Add an engagement"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_engagement", raise_exception=True)
def engagement_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    form = EngagementEditForm(request.POST or None, instance=row)
    if form.is_valid():
        row.save(update_fields=list(form.fields))
        return redirect(row)
    context = {"form": form, "above": [row.client, row], "title": "Edit the engagement"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required("engagements.agree_engagement", raise_exception=True)
def agree(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    return redirect(actions.agree(row, by=request.actor))


@require_http_methods(["GET", "POST"])
@permission_required("engagements.agree_engagement", raise_exception=True)
def lose(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    form = LoseForm(request.POST or None)
    if form.is_valid():
        return redirect(actions.lose(row, by=request.actor, **form.cleaned_data))
    context = {"form": form, "above": [row.client, row], "title": "Mark as lost", "danger": True}
    context["submit"] = "Mark as lost"
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)
