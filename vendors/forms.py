from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import files
from core.files import media_type
from core.forms import language_field
from core.places import CountryField, TimeZoneField
from vendors.models import Site, Vendor, VendorDocument, VendorPerson

DOCUMENTS = {"application/pdf", "image/png", "image/jpeg"}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class VendorForm(forms.ModelForm[Vendor]):
    country = CountryField()

    class Meta:
        model = Vendor
        fields = ["name", "kind", "country", "notes"]


class PersonForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="The invitation goes there.")
    name = forms.CharField(max_length=200)
    language = language_field()

    def __init__(self, vendor: Vendor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vendor = vendor

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if VendorPerson.elsewhere(email, self.vendor):
            raise forms.ValidationError(f"{email} belongs to somebody who is not at {self.vendor}.")
        return email


class DocumentForm(forms.ModelForm[VendorDocument]):
    upload = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("PDF, PNG or JPEG.")
    )
    field_order = ["kind", "upload", "valid_from", "expires_on"]

    class Meta:
        model = VendorDocument
        fields = ["kind", "valid_from", "expires_on"]
        labels = {
            "kind": gettext_lazy("Kind"),
            "valid_from": gettext_lazy("Valid from"),
            "expires_on": gettext_lazy("Expires on"),
        }
        widgets = {"valid_from": day_input(), "expires_on": day_input()}
        help_texts = {
            "expires_on": gettext_lazy(
                "The first day on which it is no longer valid; empty if it never ends."
            )
        }

    def clean_upload(self) -> "UploadedFile[bytes]":
        upload: UploadedFile[bytes] = self.cleaned_data["upload"]
        if upload.size and upload.size > files.limit():
            raise forms.ValidationError(
                _("{name} is larger than {size} MB.").format(
                    name=upload.name, size=files.megabytes()
                )
            )
        kind = media_type(upload.name or "", upload.read())
        upload.seek(0)
        if kind not in DOCUMENTS:
            raise forms.ValidationError(
                _("{name} is neither a PDF nor a PNG or JPEG image.").format(name=upload.name)
            )
        return upload

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = data.get("valid_from"), data.get("expires_on")
        if begins and ends and ends <= begins:
            self.add_error("expires_on", _("It must expire after the day from which it is valid."))
        return data


class SiteForm(forms.ModelForm[Site]):
    country = CountryField()
    time_zone = TimeZoneField()

    class Meta:
        model = Site
        fields = ["name", "city", "country", "time_zone", "seats"]
