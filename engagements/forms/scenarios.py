from typing import Any

from django import forms

from core.models import Actor
from engagements.forms.engagements import GoesLive, day
from engagements.models import Requirements, Scenario, StructureWish
from engagements.policies import SPAN


class ScenarioForm(GoesLive, forms.ModelForm[Scenario]):
    class Meta:
        model = Scenario
        fields = [
            "name",
            "line",
            "volume_percent",
            "handling_percent",
            "service_level",
            "threshold_s",
            "max_occupancy",
            "shrinkage",
            "seats_by",
            "target_span",
            "kind",
            "go_live_on",
        ]
        widgets = {"go_live_on": day()}
        labels = {"threshold_s": "Answered within, seconds"}
        help_texts = {
            "service_level": "A share: 0.8 is 80 %. Empty: as written.",
            "max_occupancy": "A share. Empty: as written.",
            "shrinkage": "A share. Empty: as written.",
            "threshold_s": "Empty: as written.",
            "go_live_on": "Empty: as written.",
        }

    def __init__(self, requirements: Requirements, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.requirements, self.instance.by = requirements, actor
        if self.instance.pk is None:
            self.initial.setdefault("target_span", SPAN.value())
        kind: Any = self.fields["kind"]
        kind.choices = [("", "as written"), *StructureWish.choices]
        line: Any = self.fields["line"]
        line.queryset, line.empty_label = requirements.lines.all(), "all lines"

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        own = Scenario.objects.filter(requirements=self.instance.requirements, by=self.instance.by)
        if own.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("You have a scenario of this name already.")
        return name
