from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from core.models import Actor, User
from engagements.models import Engagement
from recruiting.models import Application
from training.actions import eligible
from training.models import Enrolment, Programme, TrainingClass

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SETTLED = [Engagement.State.CLOSED, Engagement.State.LOST]
TEACHES = ["Trainer", "Delivery manager"]


class ProgrammeForm(forms.ModelForm[Programme]):
    class Meta:
        model = Programme
        fields = ["name", "description", "days", "nesting_days", "pass_mark", "certificate_months"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class ClassForm(forms.ModelForm[TrainingClass]):
    class Meta:
        model = TrainingClass
        fields = ["engagement", "programme", "name", "trainer", "starts_on", "ends_on", "places"]
        widgets = {"starts_on": DAY, "ends_on": DAY}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        engagements = Engagement.objects.visible_to(actor).exclude(state__in=SETTLED)
        self.fields["engagement"].queryset = engagements.select_related("client")  # type: ignore[attr-defined]
        trainers = User.objects.filter(
            is_active=True, groups__in=Group.objects.filter(name__in=TEACHES)
        )
        self.fields["trainer"].queryset = trainers.distinct()  # type: ignore[attr-defined]
        self.fields["places"].min_value = 1  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["engagement"].disabled = True

    def clean_places(self) -> int:
        places = int(self.cleaned_data["places"])
        if places < 1:
            raise forms.ValidationError(_("A class has at least one place."))
        gone = [Enrolment.State.FAILED, Enrolment.State.WITHDRAWN]
        taken = self.instance.enrolments.exclude(state__in=gone).count() if self.instance.pk else 0
        if places < taken:
            raise forms.ValidationError(_("%s people are enrolled already.") % taken)
        return places

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is not before the first."))
        return data


class EnrolForm(forms.Form):
    """Choose from those hired for the class's engagement who are in no class."""

    people = forms.ModelMultipleChoiceField(
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=_("Hired, and in no class yet"),
        error_messages={
            "required": _("Choose somebody."),
            "invalid_choice": _("Somebody you chose is in a class already, or has left."),
        },
    )

    def __init__(self, training_class: TrainingClass, *args: Any) -> None:
        super().__init__(*args)
        self.fields["people"].queryset = eligible(training_class)  # type: ignore[attr-defined]
        self.fields["people"].label_from_instance = lambda row: (  # type: ignore[attr-defined]
            f"{row.candidate} · {row.requisition.title}"
        )


class ScoresForm(forms.Form):
    """One field for each person who may have taken the assessment."""

    def __init__(self, rows: list[Enrolment], *args: Any) -> None:
        super().__init__(*args)
        self.rows = {f"score_{row.pk}": row for row in rows if row.takes_a_score}
        for name, row in self.rows.items():
            self.fields[name] = forms.DecimalField(
                label=_("Score of %s") % row.application.candidate,
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                required=False,
                initial=None if row.score is None else f"{row.score.normalize():f}",
                error_messages={
                    "max_value": _("A score is at most 100."),
                    "min_value": _("A score is at least 0."),
                },
            )

    def scores(self) -> dict[int, Decimal | None]:
        return {row.pk: self.cleaned_data[name] for name, row in self.rows.items()}


class NoteForm(forms.Form):
    note = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("Why"),
        help_text=_("It stands in the history. Write what happened, not what you think of them."),
    )
