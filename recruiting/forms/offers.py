from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.templatetags.ui import money
from engagements.models import Seat
from recruiting.forms.fields import day
from recruiting.models import Application, Offer, Requisition
from recruiting.policies import OFFER_DAYS


def band(requisition: Requisition, currency: str) -> str:
    """Say what the requisition's salary band is, as a hint: whoever approves the offer decides."""
    low, high = requisition.monthly_salary_from, requisition.monthly_salary_to
    if low is None or high is None:
        return f"In {currency}, before tax. The requisition names no band."
    return f"Before tax. The band is {money(low, currency)} to {money(high, currency)}."


class Terms(forms.Form):
    monthly_salary = forms.DecimalField(max_digits=10, decimal_places=2, min_value=1)
    starts_on = forms.DateField(widget=day())
    expires_on = forms.DateField(
        widget=day(), label="Answer by", help_text="The last day to answer."
    )

    def __init__(self, requisition: Requisition, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["expires_on"].initial = today + timedelta(days=OFFER_DAYS.value())
        self.fields["monthly_salary"].help_text = band(requisition, requisition.engagement.currency)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        expires, starts = data.get("expires_on"), data.get("starts_on")
        if expires and expires < self.today:
            self.add_error("expires_on", "This day is past.")
        if expires and starts and starts < expires:
            self.add_error("starts_on", "The work would begin before the last day to answer.")
        return data


class OfferForm(Terms):
    seat = forms.ModelChoiceField(
        Seat.objects.none(),
        help_text="Kept for this candidate from now on, until they answer.",
        empty_label="choose",
    )
    field_order = ["seat", "monthly_salary", "starts_on", "expires_on"]

    def __init__(self, application: Application, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(application.requisition, today, *args, **kwargs)
        # Another recruiter may take the chosen seat meanwhile; the action tells it then.
        sent = Q(pk=self.data.get("seat")) if str(self.data.get("seat")).isdecimal() else Q(pk=None)
        rows = application.requisition.seats.filter(Q(state=Seat.State.REQUISITIONED) | sent)
        self.fields["seat"].queryset = rows  # type: ignore[attr-defined]
        if not rows:
            self.fields["seat"].help_text = "No seat of this requisition is free any more."


class ReviseForm(Terms):
    def __init__(self, offer: Offer, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(offer.application.requisition, today, *args, **kwargs)


class RescindForm(forms.Form):
    note = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """A candidate's answer to an offer."""

    answer = forms.ChoiceField(
        choices=[("accept", _("Accept")), ("decline", _("Decline"))],
        widget=forms.HiddenInput,
    )
    note = forms.CharField(
        label=_("Would you tell us why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
