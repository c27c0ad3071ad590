"""One person: roles, open work, sign-ins; closing the account and opening it again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import departures, handover, second_factor, sessions
from core.http import Request
from core.models import AuditEntry, Session, User
from core.workflow import StepRefused

administrators_only = permission_required("core.manage_people", raise_exception=True)
SIGN_INS = 20


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    anyway = forms.BooleanField(
        label=gettext_lazy("Change the roles all the same: an administrator will see to these"),
        required=False,
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["roles"]
        field.choices = [(role, role) for role in departures.roles_for(person)]
        field.initial = [group.name for group in person.groups.all()]
        self.person = person
        if not self.is_bound:
            del self.fields["anyway"]

    def clean(self) -> dict[str, Any]:
        """Ask once more before the last who could approve something has its role no longer."""
        data = super().clean() or self.cleaned_data
        held = departures.left_standing(self.person, data["roles"]) if "roles" in data else []
        if not held:
            del self.fields["anyway"]
        elif not data.get("anyway"):
            words = _(
                "Too few could approve these any more: %(names)s. Ask others there before, or "
                "say below that it is to be so."
            )
            self.add_error("roles", words % {"names": ", ".join(held)})
        return data


class DepartureForm(forms.Form):
    """For each sort of open work: who takes it over."""

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_work = handover.open_of(person)
        for work, rows in self.open_work:
            self.fields[work.key] = forms.ModelChoiceField(
                work.receivers(person), label=f"{work.label} ({len(rows)})"
            )


def _person(pk: int) -> User:
    return get_object_or_404(User.objects.prefetch_related("groups"), pk=pk)


def _show(request: Request, row: User, form: RolesForm | None = None) -> HttpResponse:
    sign_ins = AuditEntry.objects.on(row).filter(kind=AuditEntry.Kind.SIGN_IN)
    context = {
        "person": row,
        "roles": [group.name for group in row.groups.all()],
        "form": form or RolesForm(row),
        "open_work": handover.open_of(row),
        "sign_ins": sign_ins.select_related("by")[:SIGN_INS],
        "sessions": list(Session.objects.filter(user=row).open(now=timezone.now())),
        "this": sessions.own_number(request.session),
        "factor": second_factor.standing(row),
        "is_invited": row.is_active and not row.has_usable_password(),
        "is_self": row.pk == request.user.pk,
    }
    return render(request, "core/person.html", context, status=422 if form else 200)


@require_GET
@administrators_only
def person(request: Request, pk: int) -> HttpResponse:
    return _show(request, _person(pk))


@require_POST
@administrators_only
def person_roles(request: Request, pk: int) -> HttpResponse:
    row = _person(pk)
    form = RolesForm(row, request.POST)
    if form.is_valid():
        try:
            departures.change_roles(row, form.cleaned_data["roles"], by=request.actor)
        except StepRefused as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, _("The roles are changed: they hold at once."))
            return redirect(row)
    return _show(request, row, form)


@require_http_methods(["GET", "POST"])
@administrators_only
def person_deactivate(request: Request, pk: int) -> HttpResponse:
    """Show what is open under the person's name, and close the account once it is handed over.

    Where it can't be closed at all, that is said before anything is asked.
    """
    row = _person(pk)
    if found := departures.blockers(row, by=request.actor):
        raise StepRefused(*found)
    form = DepartureForm(row, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            departures.deactivate(row, receivers=form.cleaned_data, by=request.actor)
        except StepRefused as refusal:
            # Asked anew: what came in meanwhile needs a receiver beside those that were chosen.
            form, status = DepartureForm(row, request.POST), 409
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The account is closed, and its work handed over."))
            return redirect(row)
    elif form.errors:
        status = 422
    left = [(work, work.describe(rows)) for work, rows in form.open_work]
    context = {"person": row, "form": form, "open_work": left}
    return render(request, "core/person_deactivate.html", context, status=status)


@require_POST
@administrators_only
def person_reactivate(request: Request, pk: int) -> HttpResponse:
    row = _person(pk)
    departures.reactivate(row, by=request.actor)
    messages.success(request, _("The account is open again, with the roles it had."))
    return redirect(row)


@require_POST
@administrators_only
def person_invite(request: Request, pk: int) -> HttpResponse:
    row = _person(pk)
    departures.invite_again(row, by=request.actor)
    messages.success(request, _("A new invitation is on its way."))
    return redirect(row)
