from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruiting.models import Application, Criterion

CHOICE = {"class": "choice"}


class CriteriaAnswersForm(forms.Form):
    """An answer to each item of a criteria set, with words where it is a change or a question."""

    ANSWERS = [
        (Criterion.Answer.APPROVED, _("Approve")),
        (Criterion.Answer.CHANGE, _("Change")),
        (Criterion.Answer.ASK, _("Ask")),
    ]

    def __init__(self, items: list[Criterion], *args: Any, may_wait: bool = False) -> None:
        super().__init__(*args)
        self.items = items
        self.may_wait = may_wait
        for item in items:
            self.fields[f"answer_{item.pk}"] = forms.ChoiceField(
                label=item.name,
                choices=self.ANSWERS,
                required=False,
                initial=item.answer,
                widget=forms.RadioSelect(attrs=CHOICE),
            )
            self.fields[f"comment_{item.pk}"] = forms.CharField(
                label=_("Your words"),
                max_length=2000,
                required=False,
                initial=item.comment,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            answer = data.get(f"answer_{item.pk}")
            if not answer and not self.may_wait:
                self.add_error(f"answer_{item.pk}", _("Approve this, ask for a change, or ask."))
            if answer in {Criterion.Answer.CHANGE, Criterion.Answer.ASK} and not self._words(item):
                self.add_error(f"comment_{item.pk}", _("Say in words what you would like."))
        return data

    def _words(self, item: Criterion) -> str:
        return str(self.cleaned_data.get(f"comment_{item.pk}", "")).strip()

    def changed(self) -> list[tuple[Criterion, str, str]]:
        """Return the items whose answer or words are not those we have."""
        found = []
        for item in self.items:
            answer, words = self.cleaned_data[f"answer_{item.pk}"], self._words(item)
            if answer and (answer, words) != (item.answer, item.comment):
                found.append((item, answer, words))
        return found

    def rows(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return [
            (item, self[f"answer_{item.pk}"], self[f"comment_{item.pk}"]) for item in self.items
        ]


class DecisionForm(forms.Form):
    """What the client says to a candidate. To decline takes a reason."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (Application.ClientDecision.APPROVED, _("Approve")),
            (Application.ClientDecision.DECLINED, _("Decline")),
        ],
        widget=forms.RadioSelect(attrs=CHOICE),
        error_messages={"required": _("Approve or decline.")},
    )
    comment = forms.CharField(
        label=_("Why"),
        help_text=_("Needed where you decline: we choose the next people by it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        declined = data.get("decision") == Application.ClientDecision.DECLINED
        if declined and not str(data.get("comment", "")).strip():
            self.add_error("comment", _("Say in a sentence why."))
        return data
