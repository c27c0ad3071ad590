from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.forms.engagements import day
from engagements.models import Requirements

MOST = 1000
# No line can have it for a name: names are typed, and stripped.
OTHER = " "


class AskForSeatsForm(forms.Form):
    """A client's wish for more people: on which line, how many, from when, and why."""

    line = forms.ChoiceField(label=_("Line of business"))
    another = forms.CharField(
        label=_("Another line"),
        max_length=100,
        required=False,
        help_text=_("What comes in there: a channel and a language, as in chat in French."),
    )
    seats = forms.IntegerField(
        label=_("How many agents more"),
        validators=[
            MinValueValidator(1, _("Ask for at least one.")),
            MaxValueValidator(MOST, _("Ask for %(limit_value)s at most; for more, write to us.")),
        ],
    )
    from_on = forms.DateField(
        label=_("From when"),
        widget=day(),
        error_messages={"invalid": _("Write a date as 2027-06-01.")},
    )
    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, requirements: Requirements, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [line.name for line in requirements.lines.all()]
        line: Any = self.fields["line"]
        line.choices = [(name, name) for name in names] + [(OTHER, _("another one"))]

    def clean_from_on(self) -> Any:
        if self.cleaned_data["from_on"] < timezone.localdate():
            raise forms.ValidationError(_("This day is past."))
        return self.cleaned_data["from_on"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        another = data.pop("another", "")
        if data.get("line") == OTHER and not another:
            self.add_error("another", _("Say which line it is."))
        elif data.get("line") == OTHER:
            data["line"] = another
        return data


class DiscardForm(forms.Form):
    """What a client is told whose wish is not taken up; nothing where it was nobody's wish."""

    reason = forms.CharField(
        label="Reason", max_length=300, help_text="The client who asked reads it."
    )

    def __init__(self, requirements: Requirements, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not requirements.asked:
            del self.fields["reason"]


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever fills the requirements in reads it first.",
    )
