from typing import Any

from django import forms

from core.models import User, UserKind
from engagements.models import Assumption, Requirements


class AssumptionForm(forms.ModelForm[Assumption]):
    class Meta:
        model = Assumption
        fields = ["what", "value", "unit", "line", "source", "given_by", "owner"]

    def __init__(self, requirements: Requirements, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.requirements = requirements
        line: Any = self.fields["line"]
        line.queryset, line.empty_label = requirements.lines.all(), "all lines"
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(kind=UserKind.STAFF, is_active=True).order_by("name")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = self.instance.requirements.assumptions.exclude(pk=self.instance.pk)
        if same.filter(what=data.get("what"), line=data.get("line")).exists():
            self.add_error("what", "This is assumed already: change it there.")
        return data
