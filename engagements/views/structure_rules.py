"""The published table of rules for structures, and the charters of roles."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import Request
from engagements import actions
from engagements.forms import RoleCharterForm, StructureRuleForm
from engagements.models import RoleCharter, StructureRule
from planning.rules import SETTINGS
from vendors.models import Role

may_change_rules = permission_required("engagements.change_structurerule", raise_exception=True)


@require_GET
@permission_required("engagements.view_structurerule", raise_exception=True)
def structure_rules(request: Request) -> HttpResponse:
    rows = list(StructureRule.objects.all())
    groups = [
        (setting, [(row, row.as_rule()) for row in rows if row.setting == key])
        for key, setting in SETTINGS.items()
    ]
    context = {
        "groups": groups,
        "in_use": sum(row.is_on for row in rows),
        "may_change": request.actor.has_perm("engagements.change_structurerule"),
    }
    return render(request, "engagements/structure_rules.html", context)


@require_http_methods(["GET", "POST"])
@may_change_rules
def structure_rule_add(request: Request) -> HttpResponse:
    return _rule(request, StructureRule(), "Add a rule")


@require_http_methods(["GET", "POST"])
@may_change_rules
def structure_rule_edit(request: Request, pk: int) -> HttpResponse:
    return _rule(request, get_object_or_404(StructureRule, pk=pk), "Edit the rule")


def _rule(request: Request, row: StructureRule, title: str) -> HttpResponse:
    form = StructureRuleForm(request.POST or None, instance=row)
    if form.is_valid():
        actions.save_rule(form.save(commit=False), by=request.actor)
        messages.success(request, "Kept: plans are suggested by it from now on.")
        return redirect("engagements:structure_rules")
    context = {"form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "engagements/structure_rule.html", context, status=status)


@require_POST
@may_change_rules
def structure_rule_move(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(StructureRule, pk=pk)
    actions.move_rule(row, is_up="up" in request.POST, by=request.actor)
    return redirect("engagements:structure_rules")


@require_POST
@may_change_rules
def structure_rule_switch(request: Request, pk: int) -> HttpResponse:
    row = actions.switch_rule(get_object_or_404(StructureRule, pk=pk), by=request.actor)
    messages.success(request, f"{'In use again' if row.is_on else 'No longer in use'}: {row}.")
    return redirect("engagements:structure_rules")


@require_POST
@may_change_rules
def structure_rules_reset(request: Request) -> HttpResponse:
    actions.reset_rules(by=request.actor)
    messages.success(request, "The rules that ship hold again. The audit keeps what stood here.")
    return redirect("engagements:structure_rules")


@require_GET
@permission_required("engagements.view_rolecharter", raise_exception=True)
def charters(request: Request) -> HttpResponse:
    rows = RoleCharter.objects.all()
    return render(request, "engagements/charters.html", {"charters": rows})


@require_GET
@permission_required("engagements.view_rolecharter", raise_exception=True)
def charter(request: Request, role: str) -> HttpResponse:
    row = get_object_or_404(RoleCharter, role=role)
    above = RoleCharter.objects.filter(role=row.reports_to).first()
    context = {
        "charter": row,
        "above": above,
        "below": RoleCharter.objects.filter(reports_to=role),
        "may_change": request.actor.has_perm("engagements.change_rolecharter"),
    }
    return render(request, "engagements/charter.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_rolecharter", raise_exception=True)
def charter_edit(request: Request, role: str) -> HttpResponse:
    row = get_object_or_404(RoleCharter, role=role)
    name = str(Role(row.role).label)
    form = RoleCharterForm(request.POST or None, instance=row)
    if form.is_valid():
        actions.save_charter(form.save(commit=False), by=request.actor)
        messages.success(request, f"Kept: the charter of the {name}.")
        return redirect(row)
    context = {"form": form, "charter": row}
    status = 422 if form.errors else 200
    return render(request, "engagements/charter_edit.html", context, status=status)
