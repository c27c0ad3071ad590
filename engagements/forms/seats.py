from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from engagements.forms.engagements import FIRST, LAST, day
from engagements.ledger import DIMENSIONS
from engagements.models import Seat


class NoteForm(forms.Form):
    note = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the seat's history. Write what happened, nothing about a person.",
    )


class VacateForm(NoteForm):
    """Ask for the last day. It is past, or today: until then the seat is held."""

    on = forms.DateField(label="Last day", widget=day(), initial=timezone.localdate)
    field_order = ["on", "note"]

    def __init__(self, seat: Seat, *args: Any) -> None:
        super().__init__(*args)
        self.seat = seat

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(
                "The last day is today or earlier: until then somebody holds the seat."
            )
        if self.seat.state == Seat.State.LIVE and on < self.seat.starts_on:
            raise forms.ValidationError(
                f"The seat is held since {self.seat.starts_on:%-d %B %Y}: the last day is not"
                " before that."
            )
        return on


class ReopenForm(NoteForm):
    """Ask from when a backfill is wanted."""

    starts_on = forms.DateField(label="Wanted from", widget=day(), initial=timezone.localdate)
    field_order = ["starts_on", "note"]

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < timezone.localdate():
            raise forms.ValidationError("A backfill begins today or later.")
        return starts_on


class DayForm(forms.Form):
    """Ask of which day a page should tell; of today where nothing, or no day, is given."""

    on = forms.DateField(
        label="On",
        required=False,
        widget=day(),
        error_messages={"invalid": "Write a day as in 2027-03-01. This is today."},
    )

    def __init__(self, asked: QueryDict) -> None:
        """Take what the address asks for; the day that holds stands in the field."""
        super().__init__({"on": timezone.localdate().isoformat()} | asked.dict())

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and not FIRST <= on.year <= LAST:
            raise forms.ValidationError(f"Choose a day between {FIRST} and {LAST}. This is today.")
        return on

    @property
    def day(self) -> date:
        given: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return given or timezone.localdate()


class LedgerForm(DayForm):
    by = forms.ChoiceField(
        label="Counted by",
        required=False,
        choices=[(name, dimension.label) for name, dimension in DIMENSIONS.items()],
        error_messages={"invalid_choice": "Seats are not counted by that. This is by line."},
    )

    @property
    def dimension(self) -> str:
        given: str = self.cleaned_data.get("by", "") if self.is_valid() else ""
        return given or next(iter(DIMENSIONS))
