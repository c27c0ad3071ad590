from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.policies import Policy


class PolicyForm(forms.Form):
    """One field, of the policy's kind and within its bounds."""

    def __init__(self, policy: Policy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _field(policy)
        self.fields["value"].initial = policy.value()
        self.policy = policy

    def clean_value(self) -> Any:
        return self.policy.checked(self.cleaned_data["value"])


def _field(policy: Policy) -> forms.Field:
    label = f"{policy.label} ({policy.unit})" if policy.unit else str(policy.label)
    given: dict[str, Any] = {"label": label, "help_text": policy.help}
    if policy.kind is bool:
        return forms.BooleanField(required=False, **given)
    if policy.choices is not None and policy.kind is list:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            choices=policy.choices, required=False, widget=boxes, **given
        )
    if policy.choices is not None:
        return forms.TypedChoiceField(choices=policy.choices, coerce=policy.checked, **given)
    if policy.kind is str:
        return forms.CharField(required=False, **given)
    bounds: dict[str, Any] = {"min_value": policy.minimum, "max_value": policy.maximum}
    bounded = [str(each) if each is not None else "" for each in bounds.values()]
    if any(bounded):
        given["help_text"] = f"{policy.help} " + _("From {a} to {b}.").format(
            a=bounded[0] or "…", b=bounded[1] or "…"
        )
    kind = forms.DecimalField if policy.kind is Decimal else forms.IntegerField
    return kind(**bounds, **given)
