from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.models import User, UserKind
from core.places import CurrencyField
from engagements.models import Engagement

CODE = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{0,11}$",
    "Write up to 12 capital letters, digits and dashes, as in NB-1: seats are numbered by it.",
)


FIRST, LAST = 2000, 2100  # years that a day may be asked of


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class GoesLive:
    """A go-live lies where days can be counted back from it, and weeks on."""

    cleaned_data: dict[str, Any]

    def clean_go_live_on(self) -> date | None:
        on: date | None = self.cleaned_data["go_live_on"]
        if on and not FIRST <= on.year <= LAST:
            words = {"first": FIRST, "last": LAST}
            raise forms.ValidationError(
                _("Choose a day between %(first)s and %(last)s."), params=words
            )
        return on


class EngagementForm(GoesLive, forms.ModelForm[Engagement]):
    code = forms.CharField(max_length=12, validators=[CODE], help_text="Short, as in NB-1.")
    owner = forms.ModelChoiceField(
        User.objects.filter(kind=UserKind.STAFF, is_active=True),
        help_text="Who of our staff answers for it.",
    )
    currency = CurrencyField(initial="EUR")

    class Meta:
        model = Engagement
        fields = ["name", "code", "owner", "currency", "go_live_on"]
        widgets = {"go_live_on": day()}


class EngagementEditForm(EngagementForm):
    """The code stays: seats are numbered by it. The go-live comes from accepted requirements."""

    class Meta(EngagementForm.Meta):
        fields = ["name", "owner", "currency", "next_step", "next_step_on"]
        widgets = {"next_step_on": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"]


class LoseForm(forms.Form):
    reason = forms.CharField(max_length=200, help_text="In a few words, as reports will count it.")
    note = forms.CharField(
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
