from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import User, UserKind
from engagements.models import Assumption, Requirements


class AssumptionForm(forms.ModelForm[Assumption]):
    class Meta:
        model = Assumption
        fields = ["what", "value", "unit", "line", "source", "given_by", "owner"]
        labels = {
            "what": _("What"),
            "value": _("Value"),
            "unit": _("Unit"),
            "source": _("Source"),
        }

    def __init__(
        self, requirements: Requirements, *args: Any, by_client: bool = False, **kwargs: Any
    ) -> None:
        """`by_client`: who writes says what the client assumes, and knows nobody of ours."""
        super().__init__(*args, **kwargs)
        self.instance.requirements = requirements
        line: Any = self.fields["line"]
        line.queryset, line.empty_label = requirements.lines.all(), _("all lines")
        if by_client:
            del self.fields["owner"], self.fields["given_by"]
            return
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(kind=UserKind.STAFF, is_active=True).order_by("name")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = self.instance.requirements.assumptions.exclude(pk=self.instance.pk)
        if same.filter(what=data.get("what"), line=data.get("line")).exists():
            self.add_error("what", _("This is assumed already: change it there."))
        return data
