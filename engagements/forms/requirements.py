from typing import Any

from django import forms

from core.models import Actor
from core.places import CountriesField, TimeZoneField
from engagements.forms.engagements import day
from engagements.models import Engagement, Requirements


class CopyForm(forms.Form):
    source = forms.ModelChoiceField(
        Requirements.objects.none(),
        label="Requirements to begin with",
        empty_label="",
        help_text="Lines, volumes and assumptions are copied as a draft; time zone and go-live are "
        "this engagement's.",
    )

    def __init__(self, engagement: Engagement, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Requirements.objects.visible_to(actor).exclude(engagement=engagement)
        source: Any = self.fields["source"]
        source.queryset = (
            rows.exclude(state=Requirements.State.SUPERSEDED)
            .select_related("engagement__client")
            .order_by("engagement__client__name", "engagement__name", "-version")
        )


class RequirementsForm(forms.ModelForm[Requirements]):
    """The head of requirements. The import of YAML files checks by the same form."""

    delivery_countries = CountriesField(help_text="Two letters each, as in PL, ES.")
    customer_time_zone = TimeZoneField(help_text="Service hours are in this zone.")

    class Meta:
        model = Requirements
        fields = [
            "scope_of_service",
            "deployment",
            "delivery_countries",
            "customer_time_zone",
            "structure_wish",
            "go_live_on",
        ]
        widgets = {"go_live_on": day()}
        error_messages = {"go_live_on": {"invalid": "Write a date as 2027-06-01."}}
