from typing import Any

from django import forms

from core.calendars import NONE, regions
from core.forms import language_field
from core.places import CountryField, TimeZoneField
from engagements.models import Client, ClientPerson


class ClientForm(forms.ModelForm[Client]):
    country = CountryField()
    time_zone = TimeZoneField(initial="UTC")
    holiday_region = forms.ChoiceField(
        choices=lambda: [("", "those of the country"), *regions()],
        label="Public holidays",
        required=False,
        help_text="Of a region, as DE-HH: nothing is due from the client on them.",
    )

    class Meta:
        model = Client
        fields = ["name", "legal_name", "industry", "size", "country", "time_zone"]
        fields += ["holiday_region"]

    def clean_holiday_region(self) -> str:
        region, country = self.cleaned_data["holiday_region"], self.cleaned_data.get("country", "")
        if region not in {"", NONE} and not region.startswith(country):
            raise forms.ValidationError(f"{region} is no region of {country}.")
        return str(region)


class PersonForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="The invitation goes there.")
    name = forms.CharField(max_length=200)
    language = language_field()
    may_decide = forms.ChoiceField(
        label="What they may do",
        choices=[("yes", "Decide for the client"), ("no", "Look only")],
        initial="yes",
        widget=forms.RadioSelect(attrs={"class": "choice"}),
    )

    def __init__(self, client: Client, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if ClientPerson.elsewhere(email, self.client):
            raise forms.ValidationError(f"{email} belongs to somebody who is not at {self.client}.")
        return email

    def clean_may_decide(self) -> bool:
        return bool(self.cleaned_data["may_decide"] == "yes")
