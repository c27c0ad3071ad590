"""What people fill in about approvals: answers, steps, absences, and the policies."""

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import approvals
from core.approvals import Kind
from core.models import ApprovalPolicy, ApprovalPolicyStep, Delegation, User, UserKind
from core.roles import ROLES

STAFF_ROLES = [role for role, (kind, _rights) in ROLES.items() if kind == UserKind.STAFF]


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReasonForm(forms.Form):
    """A reason that must be given: for a no, and for going on without somebody."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_text())


class AskForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Ask"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = approvals.staff()  # type: ignore[attr-defined]


class MailedAnswerForm(forms.Form):
    """An answer from the mail: proved by the code that was mailed to the same address."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("approve", _("Approve")), ("send_back", _("Send back"))],
        widget=forms.RadioSelect(attrs={"class": "choice"}),
    )
    reason = forms.CharField(
        label=_("Reason, if you send it back"),
        max_length=2000,
        required=False,
        widget=_text(),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") == "send_back" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: whoever asked has to know what to change."))
        return data


class AbsenceForm(forms.Form):
    """Who stands in, from when to when."""

    delegate = forms.ModelChoiceField(User.objects.none(), label=_("Who stands in for you"))
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        others = approvals.staff().exclude(pk=user.pk)
        self.fields["delegate"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first."))
        elif ends and ends < timezone.localdate():
            self.add_error("ends_on", _("This day is past."))
        elif starts and ends and data.get("delegate"):
            self._check_days(data["delegate"], starts, ends)
        return data

    def _check_days(self, delegate: User, starts: date, ends: date) -> None:
        """Refuse who is away themselves then: nobody stands in for who stands in."""
        rows = Delegation.objects.within(starts, ends)
        if away := rows.filter(user=delegate).first():
            words = _("%(who)s is away as well, from %(first)s to %(last)s: name somebody else.")
            days = {"first": date_format(away.starts_on), "last": date_format(away.ends_on)}
            self.add_error("delegate", words % {"who": delegate, **days})
        elif rows.filter(user=self.user, delegate=delegate).exists():
            words = _("%(who)s stands in for you on some of these days already.")
            self.add_error("delegate", words % {"who": delegate})


class PolicyForm(forms.ModelForm[ApprovalPolicy]):
    class Meta:
        model = ApprovalPolicy
        fields = ["in_order", "own_allowed"]


class StepForm(forms.ModelForm[ApprovalPolicyStep]):
    """One step of a policy. An empty one is none."""

    rule = forms.ChoiceField(label=_("Only when"), required=False)

    class Meta:
        model = ApprovalPolicyStep
        fields = ["position", "label", "needed", "due_hours", "rule", "people", "roles"]
        help_texts = {
            "position": _("Steps of the same number are asked together."),
            "people": _("Hold Ctrl, or ⌘, to choose several."),
        }
        widgets = {
            "roles": forms.CheckboxSelectMultiple,
            "people": forms.SelectMultiple(attrs={"size": 4}),
        }

    def __init__(self, kind: Kind, *args: Any, own_allowed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_allowed = own_allowed
        rules = [(key, rule.label) for key, rule in kind.rules.items()]
        self.fields["rule"].choices = [("", _("always")), *rules]  # type: ignore[attr-defined]
        roles: Any = self.fields["roles"]
        roles.queryset = roles.queryset.filter(name__in=STAFF_ROLES).order_by("name")
        self.fields["people"].queryset = approvals.staff()  # type: ignore[attr-defined]
        for name in ("needed", "due_hours"):
            self.fields[name].widget.attrs["min"] = 1

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        roles, people = data.get("roles"), data.get("people")
        if roles is not None and people is not None and not roles and not people:
            self.add_error("roles", _("Name a role or a person: somebody has to be asked."))
        elif roles is not None and people is not None:
            self._check_needed(data.get("needed") or 0, approvals.staff_among(roles, people))
        for name in ("needed", "due_hours"):
            if data.get(name) == 0:
                self.add_error(name, _("At least 1."))
        return data

    def _check_needed(self, needed: int, able: int) -> None:
        """Refuse what could not be given today. Of several, one may have asked for it themselves;
        what only one can approve, somebody else asks for."""
        others = able if self.own_allowed or able < 2 else able - 1
        if needed <= others:
            return
        if others == able:
            words = ngettext(
                "Only %(able)s person could be asked today.",
                "Only %(able)s people could be asked today.",
                able,
            )
        else:
            words = gettext(
                "%(able)s people could be asked today, and not whoever asks: at most %(most)s."
            )
        self.add_error("needed", words % {"able": able, "most": others})


class BaseSteps(BaseFormSet[StepForm]):
    def add_fields(self, form: StepForm, index: int | None) -> None:
        """Let one more step come after the others, until somebody says otherwise."""
        super().add_fields(form, index)
        if index is not None and index >= self.initial_form_count():
            last = max((each["position"] for each in self.initial or []), default=0)
            form.fields["position"].initial = last + 1
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Delete this step")

    def for_action(self) -> list[dict[str, Any]]:
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.has_changed() or form.initial
            if not form.cleaned_data.get("DELETE") and form.cleaned_data.get("label")
        ]
        return [{k: v for k, v in data.items() if k != "DELETE"} for data in kept]


StepForms = formset_factory(
    StepForm, formset=BaseSteps, extra=1, can_delete=True, can_delete_extra=False, max_num=12
)


def step_forms(kind: Kind, policy: ApprovalPolicy, data: Any) -> BaseSteps:
    """Return the steps of a policy as forms, and an empty one for the next.

    They are checked against what the policy says now of approving one's own.
    """
    initial = [
        {
            "position": step.position,
            "label": step.label,
            "roles": list(step.roles.all()),
            "people": list(step.people.all()),
            "needed": step.needed,
            "due_hours": step.due_hours,
            "rule": step.rule,
        }
        for step in policy.steps.prefetch_related("roles", "people")
    ]
    kwargs = {"kind": kind, "own_allowed": policy.own_allowed}
    return StepForms(data, initial=initial, prefix="steps", form_kwargs=kwargs)  # type: ignore[return-value]
