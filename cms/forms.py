from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.actions.proposals import OPEN
from cms.models import Clause
from core.models import Actor
from engagements.models import Engagement


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProposalForm(forms.Form):
    engagement = forms.ModelChoiceField(
        Engagement.objects.none(), help_text="One that is not agreed yet and has no open proposal."
    )
    title = forms.CharField(
        max_length=200, required=False, help_text="What stands at its top; you can change it later."
    )
    valid_until = forms.DateField(
        required=False, widget=_day(), help_text="Empty: thirty days from now."
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["engagement"]
        rows = Engagement.objects.visible_to(actor).before_agreement().select_related("client")
        field.queryset = rows.exclude(proposals__state__in=OPEN)


class _Answer(forms.Form):
    """The words of a named person who speaks for the client."""

    name = forms.CharField(max_length=200, label=_("Your name"))
    title = forms.CharField(
        max_length=200,
        label=_("Your position"),
        help_text=_("By which you may decide this, as in: Head of Customer Service."),
    )


class AcceptForm(_Answer):
    note = forms.CharField(
        label=_("A note to us"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirm = forms.BooleanField(label=_("I accept this proposal, and have the right to do so."))


class DeclineForm(_Answer):
    note = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What should be different? We answer with a new version."),
    )


class WithdrawForm(forms.Form):
    note = forms.CharField(
        label="Why", max_length=300, required=False, help_text="For our own history only."
    )


class VoidForm(forms.Form):
    reason = forms.CharField(max_length=300, help_text="Those concerned read it in their mail.")


class DrawForm(forms.Form):
    """Which of the clauses that are not in every contract this one has."""

    optional = forms.MultipleChoiceField(
        label="Further clauses", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["optional"]
        field.choices = Clause.objects.filter(is_mandatory=False).values_list("key", "title")


class SignForm(forms.Form):
    name = forms.CharField(max_length=200, label=_("Your name"))
    title = forms.CharField(max_length=200, label=_("Your position"))
    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=_("The code from our mail"),
        error_messages={"invalid": _("A code has six digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    consent = forms.BooleanField(
        label=_("I sign this contract electronically, and have the right to do so.")
    )
