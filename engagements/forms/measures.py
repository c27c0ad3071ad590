from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagements.models import Requirements, SuccessMeasure
from planning.measures import (
    Reading,
    asks_what_is_meant,
    check_target,
    readings_of_nps_7,
)

QUESTION = _(
    "A target from 0 to 10 is no usual NPS, which runs from -100 to 100: ten answers of 7 and 8 "
    "are an NPS of 0. Say which of the three is meant."
)


class MeasureForm(forms.ModelForm[SuccessMeasure]):
    """A success measure. "NPS above 7 of 10" is asked back: the answer sets unit and target."""

    meant = forms.ChoiceField(
        label=_("What is meant?"),
        widget=forms.RadioSelect,
        error_messages={"required": QUESTION, "invalid_choice": QUESTION},
    )
    field_order = ["name", "formula", "unit", "direction", "target", "meant", "window", "source"]

    class Meta:
        model = SuccessMeasure
        fields = ["name", "formula", "unit", "direction", "target", "window", "source"]
        labels = {
            "name": _("Measure"),
            "formula": _("How it is counted"),
            "unit": _("Unit"),
            "direction": _("The target is"),
            "target": _("Target"),
            "window": _("Looked at"),
            "source": _("Read from"),
        }
        help_texts = {
            "formula": _("What is divided by what, so that all who count get the same."),
            "source": _("The system or report that the numbers come from."),
        }

    def __init__(self, requirements: Requirements, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.requirements = requirements
        self.readings = {each.meaning: each for each in self._readings()}
        if self.readings:
            meant: Any = self.fields["meant"]
            meant.choices = [(each.meaning, _said(each)) for each in self.readings.values()]
        else:
            del self.fields["meant"]

    def _readings(self) -> tuple[Reading, ...]:
        """Return what a target may mean, unless it can mean one thing only or that was said."""
        if not self.is_bound:
            return ()
        unit = str(self.data.get(self.add_prefix("unit"), ""))
        try:
            target = self.fields["target"].clean(self.data.get(self.add_prefix("target")))
        except (forms.ValidationError, InvalidOperation):
            return ()
        before = (self.instance.meant, self.instance.unit, self.instance.target)
        if before == ("nps", unit, target) or not asks_what_is_meant(unit, target):
            return ()
        return readings_of_nps_7(target)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        requirements = self.instance.requirements
        same = SuccessMeasure.objects.filter(requirements=requirements.pk, name=name)
        if requirements.pk and same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This is measured already: change it there."))
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("unit") and data.get("target") is not None:
            for problem in check_target(data["unit"], data["target"]):
                self.add_error("target", gettext(problem))
        if {"unit", "target"} & set(self.changed_data):
            self.instance.meant = ""
        if reading := self.readings.get(data.get("meant", "")):
            self.instance.meant = reading.meaning
            formula = gettext(reading.formula).format(target=_number(data["target"]))
            data.update(unit=reading.unit, target=reading.target, formula=formula)
        return data


def _number(value: Decimal) -> str:
    return str(localize(value.normalize() + 0))


def _said(reading: Reading) -> str:
    """Say what a reading sets, and what it makes of the two examples."""
    words = {
        "target": _number(reading.target),
        "ten": f"{reading.ten_answers:g}",
        "seven": f"{reading.sevens_and_eights:g}",
    }
    text = {
        "mean": _(
            "The mean of all answers, on their scale from 0 to 10: target %(target)s. The answers "
            "10 9 8 7 7 6 10 9 5 8 give %(ten)s, ten answers of 7 and 8 give %(seven)s."
        ),
        "share": _(
            "How many of the answers are as high: target %(target)s %% of them. The same answers "
            "give %(ten)s %% and %(seven)s %%."
        ),
        "nps": _(
            "A true NPS, from -100 to 100: target %(target)s, which is possible, but low. The same "
            "answers give %(ten)s and %(seven)s."
        ),
    }[reading.meaning]
    return str(text % words)
