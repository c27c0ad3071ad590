from typing import Any

from django import forms

from core.models import Actor
from engagements.models import Engagement
from recruiting.models import CriteriaSet, Criterion


class CriteriaSetForm(forms.ModelForm[CriteriaSet]):
    class Meta:
        model = CriteriaSet
        fields = ["engagement", "role", "title"]

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Engagement.objects.visible_to(actor).select_related("client")
        self.fields["engagement"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = CriteriaSet.objects.filter(
            engagement=data.get("engagement"), title=data.get("title", "")
        )
        if same.exists():
            self.add_error("title", "There are criteria of this title: make a new version of them.")
        return data


class ItemForm(forms.ModelForm[Criterion]):
    class Meta:
        model = Criterion
        fields = ["name", "kind", "weight", "skill", "level", "proof", "reason"]
        widgets = {"kind": forms.RadioSelect(attrs={"class": "choice"})}
        help_texts = {"weight": "Of a weighted item; all weights add up to 100."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Criterion.Kind.choices  # type: ignore[attr-defined]
        self.fields["weight"].required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        weighted = data.get("kind") == Criterion.Kind.WEIGHTED
        if weighted and not data.get("weight") and "weight" not in self.errors:
            self.add_error("weight", "A weighted item needs a weight from 1 to 100.")
        if not weighted:
            data["weight"] = 0
        return data
