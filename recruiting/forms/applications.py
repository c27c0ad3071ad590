from typing import Any

from django import forms

from recruiting.models import MARKS, Application, Criterion


class PutForwardForm(forms.Form):
    """Nothing to fill in: the person looks at the mail, and sends it."""


class RejectForm(forms.Form):
    reason = forms.CharField(
        max_length=200, help_text="For our own eyes: which criterion was not met, and how we know."
    )
    with_mail = forms.BooleanField(label="Send the mail below to the candidate", required=False)


class ScorecardForm(forms.Form):
    """One mark for each criterion that an interview proves, or that has a weight."""

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [
            item for item in application.criteria_set.items.all() if to_be_marked(item)
        ]
        for item in self.criteria:
            weight = f", {item.weight} %" if item.weight else ""
            wanted = f"{item.get_kind_display()}{weight}. Wanted: {item.level or 'yes'}."
            self.fields[f"mark_{item.pk}"] = forms.TypedChoiceField(
                label=item.name,
                choices=[(str(value), f"{value} {label}") for value, label in MARKS],
                coerce=int,
                widget=forms.RadioSelect(attrs={"class": "choice"}),
                help_text=wanted,
            )
            self.fields[f"evidence_{item.pk}"] = forms.CharField(
                label=f"What the mark for “{item.name}” rests on",
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )
        self.fields["summary"] = forms.CharField(
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
            help_text="What you would tell the next interviewer.",
        )

    def marks(self) -> dict[Criterion, tuple[int, str]]:
        return {
            item: (self.cleaned_data[f"mark_{item.pk}"], self.cleaned_data[f"evidence_{item.pk}"])
            for item in self.criteria
        }


def to_be_marked(item: Criterion) -> bool:
    return item.kind == Criterion.Kind.WEIGHTED or item.proof == Criterion.Proof.INTERVIEW
