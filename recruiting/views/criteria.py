"""Criteria: what people are chosen by, before and after the client has seen it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import versions
from core.http import Request
from core.views.lists import show
from core.workflow import StepRefused
from recruiting import actions, mails
from recruiting.forms import CriteriaSetForm, ItemForm
from recruiting.lists import CriteriaList
from recruiting.models import CriteriaSet, Criterion


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def criteria_sets(request: Request) -> HttpResponseBase:
    return show(request, CriteriaList(request.actor), template="recruiting/criteria_sets.html")


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_criteriaset", raise_exception=True)
def criteria_add(request: Request) -> HttpResponse:
    form = CriteriaSetForm(request.actor, request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        return redirect(form.save())
    context = {"form": form, "title": "New criteria", "submit": "Begin", "two": True}
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def criteria(request: Request, pk: int) -> HttpResponse:
    rows = CriteriaSet.objects.visible_to(request.actor).for_steps()
    row = get_object_or_404(rows, pk=pk)
    items = list(row.items.select_related("answered_by"))
    context = {
        "set": row,
        "news": versions.look(row, request.actor),
        "items": items,
        "weights": sum(item.weight for item in items),
        "approved": sum(item.answer == Criterion.Answer.APPROVED for item in items),
        "editable": row.state in actions.EDITABLE
        and request.actor.has_perm("recruiting.change_criteriaset"),
        "versions": CriteriaSet.objects.visible_to(request.actor).filter(
            engagement=row.engagement, title=row.title
        ),
    }
    return render(request, "recruiting/criteria.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_criteriaset", raise_exception=True)
def item_add(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(CriteriaSet.objects.visible_to(request.actor), pk=pk)
    return _edit(request, Criterion(criteria_set=row), "Add an item", "Add item")


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_criteriaset", raise_exception=True)
def item_edit(request: Request, pk: int) -> HttpResponse:
    return _edit(request, _item(request, pk), "Change the item", "Save")


def _item(request: Request, pk: int) -> Criterion:
    visible = CriteriaSet.objects.visible_to(request.actor)
    return get_object_or_404(Criterion.objects.filter(criteria_set__in=visible), pk=pk)


def _edit(request: Request, item: Criterion, title: str, submit: str) -> HttpResponse:
    row = item.criteria_set
    form = ItemForm(request.POST or None, instance=item)
    if form.is_valid():
        try:
            actions.save_item(form.save(commit=False), by=request.actor)
            return redirect(row)
        except StepRefused as error:
            form.add_error(None, str(error))
    context = {"form": form, "title": title, "submit": submit, "subject": row}
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required("recruiting.change_criteriaset", raise_exception=True)
def item_remove(request: Request, pk: int) -> HttpResponse:
    item = _item(request, pk)
    actions.remove_item(item, by=request.actor)
    messages.success(request, f"Removed: {item}.")
    return redirect(item.criteria_set)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_criteriaset", raise_exception=True)
def send_criteria(request: Request, pk: int) -> HttpResponse:
    """Show the mail that goes to the client's approvers; sent by POST."""
    rows = CriteriaSet.objects.visible_to(request.actor).for_steps()
    row = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        row = actions.send_criteria(row, by=request.actor)
        messages.success(request, f"{row} is with the client.")
        return redirect(row)
    context = {
        "subject": row,
        "title": "Send the criteria to the client",
        "mails": [(mail.to, *mail.preview()) for mail in mails.criteria(row, by=request.actor)],
        "nobody": f"Nobody at {row.engagement.client} may approve criteria yet.",
        "submit": "Send",
    }
    return render(request, "recruiting/send.html", context)


@require_POST
@permission_required("recruiting.change_criteriaset", raise_exception=True)
def new_criteria_version(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(CriteriaSet.objects.visible_to(request.actor), pk=pk)
    copy = actions.new_criteria_version(row, by=request.actor)
    messages.success(request, f"This is version {copy.version}, a copy to work on.")
    return redirect(copy)
