from django import forms

from core.places import CountriesField, TimeZoneField
from engagements.forms.engagements import day
from engagements.models import Requirements


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
