from typing import Any

from django import forms

from engagements.policies import SPAN


class PlanForm(forms.Form):
    seats_by = forms.ChoiceField(
        label="Seats hold",
        choices=[("peak", "the busiest half-hour"), ("week", "all hours of the week")],
        initial="peak",
        widget=forms.RadioSelect(attrs={"class": "choice"}),
        help_text="A service open for longer than people work needs more than its busiest moment.",
    )

    def settings(self) -> dict[str, Any]:
        """Return what of a `Wish` this form says."""
        return dict(self.cleaned_data)

    target_span = forms.IntegerField(
        label="Agents for a lead", min_value=2, max_value=30, initial=SPAN.value
    )
