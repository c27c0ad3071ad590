from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from core.places import CountriesField, TimeZoneField
from engagements.forms.engagements import GoesLive, day
from engagements.forms.ramp import RampField
from engagements.models import Channel, Engagement, Requirements, Security


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


class RequirementsForm(GoesLive, forms.ModelForm[Requirements]):
    """The head of requirements. The import of YAML files checks by the same form.

    The five factors of a team's structure, security, budget and dates; each step of the intake
    takes its part of these fields (`StepForm`).
    """

    delivery_countries = CountriesField(
        label=_("Delivery countries"), help_text=_("Two letters each, as in PL, ES.")
    )
    customer_time_zone = TimeZoneField(
        label=_("Customers' time zone"), help_text=_("Service hours are in this zone.")
    )
    channels_in_use = forms.MultipleChoiceField(
        label=_("Channels in use today"),
        choices=Channel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    security = forms.MultipleChoiceField(
        label=_("Security needs"),
        choices=Security.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ramp = RampField(
        label=_("Ramp"),
        required=False,
        help_text=_(
            "A line for each step: weeks after the go-live, and the share of the team at work by "
            "then, as in 4 weeks 70 %. Empty: everybody starts on the first day."
        ),
    )

    class Meta:
        model = Requirements
        fields = [
            "industry",
            "business_size",
            "scope_of_service",
            "complexity",
            "deployment",
            "channels_in_use",
            "delivery_countries",
            "customer_time_zone",
            "structure_wish",
            "security",
            "security_notes",
            "go_live_on",
            "ramp",
            "budget_monthly",
        ]
        labels = {
            "industry": _("Industry"),
            "business_size": _("Size of the business"),
            "scope_of_service": _("Scope of service"),
            "complexity": _("How much one has to know to help"),
            "deployment": _("Software in use"),
            "structure_wish": _("Structure of the team"),
            "security_notes": _("Notes on security"),
            "go_live_on": _("Go-live"),
            "budget_monthly": _("Budget for a month"),
        }
        help_texts = {
            "industry": _("As in banking, parcels or software."),
            "scope_of_service": _("What is done for whom, and what is not."),
            "deployment": _("Telephony, tickets, customer data. Write “none” if there is none."),
            "security_notes": _("Where the team works, what it may see, who has to be vetted."),
            "budget_monthly": _("If there is one: the team is measured against it."),
        }
        widgets = {"go_live_on": day()}
        error_messages = {"go_live_on": {"invalid": _("Write a date as 2027-06-01.")}}

    def clean_security(self) -> list[str]:
        chosen = list(self.cleaned_data["security"])
        if Security.NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("“None of these” stands alone: untick it or the others."))
        return chosen
