"""A client's portal: what it is asked, and where its teams stand. Viewers decide nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import versions
from core.http import Request
from core.views.lists import show
from core.workflow import StepRefused
from engagements.models import ClientPerson, Engagement, Requirements
from portal import todos
from portal.criteria import changes, gone
from portal.forms import CriteriaAnswersForm, DecisionForm
from portal.lists import (
    ClientCandidateList,
    ClientContractList,
    ClientCriteriaList,
    ClientDocumentList,
    ClientProposalList,
)
from portal.staffing import seats_by_state
from portal.standing import Standing, standing
from recruiting import actions, matching, versioned
from recruiting.models import Application, CriteriaSet, Fact

client_only = permission_required("core.use_client_portal", raise_exception=True)


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_GET
@client_only
def decisions(request: Request) -> HttpResponse:
    context = {
        "decisions": todos.decisions(request.actor),
        "teams": _teams(request),
        "today": timezone.localdate(),
    }
    return render(request, "portal/decisions.html", context)


def _teams(request: Request) -> list[Standing]:
    engagements = Engagement.objects.visible_to(request.actor)
    engagements = engagements.exclude(state__in=[Engagement.State.LOST, Engagement.State.CLOSED])
    asked = Prefetch("requirements", Requirements.objects.visible_to(request.actor))
    rows = list(engagements.select_related("client").prefetch_related("milestones", asked))
    return standing(rows, seats_by_state(rows), today=timezone.localdate())


@require_GET
@client_only
def progress(request: Request) -> HttpResponse:
    return render(request, "portal/progress.html", {"teams": _teams(request)})


@require_http_methods(["GET", "POST"])
@client_only
def criteria(request: Request, pk: int) -> HttpResponse:
    """Show a criteria set item by item and, while it is in review, take the answers."""
    rows = CriteriaSet.objects.visible_to(request.actor).for_steps()
    row = get_object_or_404(rows.prefetch_related("items__answered_by"), pk=pk)
    may_decide = request.actor.has_perm("recruiting.decide_criteriaset")
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    is_open = row.state == CriteriaSet.State.IN_REVIEW
    form = None
    if may_decide and (is_open or request.method == "POST"):
        form = CriteriaAnswersForm(
            list(row.items.all()), _posted(request), may_wait="later" in request.POST
        )
        if form.is_valid():
            return _take_answers(request, row, form)
    return _show_criteria(request, row, form)


def _show_criteria(
    request: Request, row: CriteriaSet, form: CriteriaAnswersForm | None
) -> HttpResponse:
    items = list(row.items.all())
    before = versioned.earlier(row)
    changed = changes(row, before)
    context = {
        "criteria_set": row,
        "form": form,
        "items": [
            (item, answer, words, changed.get(item.pk, []))
            for item, answer, words in (form.rows() if form else [(i, None, None) for i in items])
        ],
        "before": before,
        "news": versions.look(row, request.actor),
        "gone": gone(row, before),
        "agreed": sum(item.answer == "approved" for item in items),
        "waiting": sum(item.answer == "" for item in items),
        "count": len(items),
    }
    status = 422 if form and form.errors else 200
    return render(request, "portal/criteria.html", context, status=status)


def _take_answers(request: Request, row: CriteriaSet, form: CriteriaAnswersForm) -> HttpResponse:
    """Keep the answers and, unless the rest is to wait, hand them in: all or none."""
    with transaction.atomic():
        for item, answer, words in form.changed():
            actions.answer_item(item, answer=answer, comment=words, by=request.actor)
        if form.may_wait:
            messages.success(request, _("Your answers are kept. Nobody has been told yet."))
            return redirect("portal:criteria", row.pk)
        row = actions.finish_review(row, by=request.actor)
    if row.state == CriteriaSet.State.APPROVED:
        messages.success(request, _("The criteria are agreed. We choose people by them."))
    else:
        messages.success(request, _("Thank you. We come back with changed criteria."))
    return redirect("portal:criteria", row.pk)


@require_GET
@client_only
def candidates(request: Request) -> HttpResponseBase:
    """List those put before the client: who waits for a decision first."""
    waiting = Application.objects.put_before(request.actor).waiting_for_client().count()
    listing = ClientCandidateList(request.actor)
    return show(request, listing, template="portal/candidates.html", waiting=waiting)


def _is_open(row: Application) -> bool:
    return row.state == Application.State.CLIENT_REVIEW


@require_http_methods(["GET", "POST"])
@client_only
def candidate(request: Request, pk: int) -> HttpResponse:
    """Show a candidate without name or contact: by the criteria, and by what was found."""
    row = get_object_or_404(Application.objects.put_before(request.actor).for_cards(), pk=pk)
    may_decide = request.actor.has_perm("recruiting.review_application")
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    refusal = ""
    form = None
    if may_decide and (_is_open(row) or request.method == "POST"):
        initial = {"decision": row.client_decision, "comment": row.client_comment}
        form = DecisionForm(_posted(request), initial=initial)
        if form.is_valid():
            try:
                actions.client_decide(row, by=request.actor, **form.cleaned_data)
            except StepRefused as error:
                refusal = str(error)
            else:
                messages.success(request, _("Your decision is noted. We were told at once."))
                return redirect("portal:decisions")
    context = {
        "application": row,
        "form": form if not refusal else None,
        "refusal": refusal,
        "comparisons": _comparisons(row),
        "is_open": _is_open(row),
    }
    status = 409 if refusal else 422 if form and form.errors else 200
    return render(request, "portal/candidate.html", context, status=status)


def _comparisons(row: Application) -> list[tuple[matching.Comparison, float | None]]:
    """Lay each criterion beside what is known and the mean of the marks: no words of anybody's."""
    marks: dict[int, list[int]] = {}
    for card in row.scorecards.all():
        for mark in card.marks.all():
            marks.setdefault(mark.criterion_id, []).append(mark.value)
    means = {pk: sum(values) / len(values) for pk, values in marks.items()}
    facts: list[Fact] = list(row.candidate.facts.all())
    found = matching.compare(row.criteria_set.items.all(), facts)
    return [(comparison, means.get(comparison.criterion.pk)) for comparison in found]


def _documents(request: Request, listed: type[ClientDocumentList]) -> HttpResponseBase:
    """Show one kind of what was sent and agreed, with the way to the others."""
    kinds = [ClientContractList, ClientProposalList, ClientCriteriaList]
    tabs = [(kind.title, kind(request.actor).address(), kind is listed) for kind in kinds]
    return show(request, listed(request.actor), template="portal/documents.html", tabs=tabs)


@require_GET
@client_only
def documents(request: Request) -> HttpResponseBase:
    return _documents(request, ClientContractList)


@require_GET
@client_only
def sent_proposals(request: Request) -> HttpResponseBase:
    return _documents(request, ClientProposalList)


@require_GET
@client_only
def agreed_criteria(request: Request) -> HttpResponseBase:
    return _documents(request, ClientCriteriaList)


@require_GET
@client_only
def people(request: Request) -> HttpResponse:
    """List who of the client has access, and who of them may decide."""
    clients = ClientPerson.objects.filter(user=request.user).values("client")
    rows = ClientPerson.objects.filter(client__in=clients).select_related("user")
    rows = rows.prefetch_related("user__groups").order_by("user__name", "pk")
    return render(request, "portal/people.html", {"rows": rows})
