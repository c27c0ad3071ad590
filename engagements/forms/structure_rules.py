from typing import Any

from django import forms

from engagements.models import RoleCharter, StructureRule
from planning.rules import FACTORS, OPERATORS, SETTINGS, problems
from vendors.models import Role

THEN = [
    (setting.label, [(f"{key}:{each}", label) for each, label in setting.suggestions.items()])
    for key, setting in SETTINGS.items()
]


class StructureRuleForm(forms.ModelForm[StructureRule]):
    """A rule. What can't be compared, or not with that, is told beside its field."""

    factor = forms.ChoiceField(
        label="When", choices=[(each.key, each.label) for each in FACTORS.values()]
    )
    operator = forms.ChoiceField(label="Comparison", choices=[*OPERATORS.items()])
    then = forms.ChoiceField(label="Then suggest", choices=[("", "Choose one"), *THEN])

    class Meta:
        model = StructureRule
        fields = ["factor", "operator", "value", "reason", "source", "is_on"]
        help_texts = {
            "value": "A number, as in 12. Complexity: simple, moderate or complex. Business size: "
            "small, medium, large or enterprise. Industry: a word of it.",
            "reason": "It is read after “because”, as in: a lead has to speak the language.",
            "source": "Who says so, as in: ICMI 2019, or our own experience with whom.",
        }

    field_order = ["factor", "operator", "value", "then", "reason", "source", "is_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["then"] = f"{self.instance.setting}:{self.instance.suggestion}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        setting, _, suggestion = str(data.get("then", "")).partition(":")
        given = {name: str(data.get(name, "")) for name in ("factor", "operator", "value")}
        found = problems(**given, setting=setting, suggestion=suggestion)
        for name, problem in found.items():
            if name in given and name not in self.errors:
                self.add_error(name, problem)
        self.instance.setting, self.instance.suggestion = setting, suggestion
        return data


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 7})

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in str(value or "").splitlines()]
        return [line for line in lines if line]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        super().validate(value)
        said: set[str] = set()
        for line in value:
            if line.casefold() in said:
                raise forms.ValidationError(f"“{line}” stands here twice.")
            said.add(line.casefold())


class RoleCharterForm(forms.ModelForm[RoleCharter]):
    duties = LinesField(help_text="One on each line. A duty that stands twice is owned twice.")
    skills = LinesField(help_text="One on each line.", required=False)
    reports_to = forms.ChoiceField(
        required=False,
        choices=[("", "nobody in the team"), *Role.choices],
        help_text="Who does these duties where the role is not employed.",
    )

    class Meta:
        model = RoleCharter
        fields = ["purpose", "duties", "skills", "reports_to", "source"]

    def clean_duties(self) -> list[str]:
        """Refuse a duty that another role has: it would be done twice, or by nobody."""
        duties: list[str] = self.cleaned_data["duties"]
        for other in RoleCharter.objects.exclude(pk=self.instance.pk):
            taken = {str(duty).casefold() for duty in other.duties}
            if twice := next((duty for duty in duties if duty.casefold() in taken), ""):
                raise forms.ValidationError(f"“{twice}” is a duty of the {other} already.")
        return duties

    def clean_reports_to(self) -> str:
        """Refuse a circle: nobody would be at its top."""
        above = str(self.cleaned_data["reports_to"])
        parents = dict(RoleCharter.objects.values_list("role", "reports_to"))
        up, seen = above, {self.instance.role}
        while up and up not in seen:
            seen.add(up)
            up = parents.get(up, "")
        if up == self.instance.role:
            raise forms.ValidationError(
                f"The {Role(above).label} reports to the {self.instance.get_role_display()}, "
                "at once or further up: choose somebody else."
            )
        return above
