from typing import Any

from django import forms

from engagements.models import Engagement, Seat, Team
from vendors.models import Role


class PlanForm(forms.Form):
    seats_by = forms.ChoiceField(
        label="Seats hold",
        choices=[("peak", "the busiest half-hour"), ("week", "all hours of the week")],
        initial="peak",
        widget=forms.RadioSelect(attrs={"class": "choice"}),
        help_text="A service open for longer than people work needs more than its busiest moment.",
    )
    target_span = forms.IntegerField(
        label="Agents for a lead", min_value=2, max_value=30, initial=8
    )


class SeatFilter(forms.Form):
    state = forms.ChoiceField(
        choices=[("", "Neither vacated nor cancelled"), *Seat.State.choices], required=False
    )
    role = forms.ChoiceField(choices=[("", "Any"), *Role.choices], required=False)
    team = forms.ModelChoiceField(Team.objects.none(), required=False, empty_label="Any")

    def __init__(self, engagement: Engagement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = engagement.teams.all()  # type: ignore[attr-defined]
