"""Fields that several of our forms have."""

from typing import Any

import phonenumbers
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import files
from core.files import media_type
from recruiting.languages import CEFR, countries, languages, skill_of

CV_KINDS = {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
}
SPOKEN = 3  # how many languages a form asks for
LEVELS = [
    ("A1", _("A1: a few words")),
    ("A2", _("A2: simple talk")),
    ("B1", _("B1: everyday talk")),
    ("B2", _("B2: at work, with effort")),
    ("C1", _("C1: at work, with ease")),
    ("C2", _("C2: as a mother tongue")),
]

# Our mails begin with it: a stranger shall not have us write anything to anybody.
NAME = RegexValidator(
    r"[\r\n/@<>]|www\.", _("A name has no line breaks, addresses or links."), inverse_match=True
)


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def country_choices() -> list[tuple[str, Any]]:
    return [("", _("choose")), *countries()]


def e164(text: str, country: str) -> str:
    """Return a phone number in the form +48221234567. Raises ValidationError."""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise forms.ValidationError(
            gettext("This is not a phone number we could call. Begin with + and the country code.")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


UP_TO = files.MOST_MEGABYTES.said(_("PDF, Word or plain text, up to {}."))


class CvField(forms.FileField):
    default_error_messages = {
        "large": _("%(name)s is larger than %(size)s MB."),
        "kind": _("%(name)s is neither PDF, Word (.docx) nor plain text."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        if not upload:
            return None
        if (upload.size or 0) > files.limit():
            self._refuse("large", upload, size=files.megabytes())
        content = upload.read()
        if media_type(upload.name or "", content) not in CV_KINDS:
            self._refuse("kind", upload)
        return upload.name or "cv", content

    def _refuse(self, code: str, upload: UploadedFile[bytes], **more: Any) -> None:
        params = {"name": upload.name, **more}
        raise forms.ValidationError(self.error_messages[code], code=code, params=params)


class PersonForm(forms.Form):
    """Who someone is, where they can be reached, and which languages they speak."""

    name = forms.CharField(label=_("Name"), max_length=200, validators=[NAME])
    email = forms.EmailField(label=_("E-mail"))
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    city = forms.CharField(label=_("City"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, SPOKEN + 1):
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=_("Language %(number)s") % {"number": number},
                choices=[("", _("choose") if number == 1 else _("none")), *languages()],
                required=number == 1 and self.asks_language,
            )
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=_("How well"),
                choices=[("", _("choose")), *LEVELS],
                required=number == 1 and self.asks_language,
            )
        if self.last_fields:
            self.order_fields([name for name in self.fields if name not in self.last_fields])

    asks_language = True
    last_fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("phone"):
            try:
                data["phone"] = e164(data["phone"], data.get("country", ""))
            except forms.ValidationError as error:
                self.add_error("phone", error)
        for number in range(1, SPOKEN + 1):
            if data.get(f"language_{number}") and not data.get(f"level_{number}"):
                self.add_error(f"level_{number}", gettext("Say how well."))
        return data

    def spoken(self) -> list[forms.BoundField]:
        """Return the fields for languages, each with its level."""
        return [field for field in self if field.name.startswith(("language_", "level_"))]

    def skills(self) -> list[tuple[str, str]]:
        """Return the languages as facts name them, with their levels."""
        pairs = (
            (self.cleaned_data[f"language_{n}"], self.cleaned_data[f"level_{n}"])
            for n in range(1, SPOKEN + 1)
        )
        return [(skill_of(code), level) for code, level in pairs if code and level in CEFR]

    def person(self) -> dict[str, Any]:
        """Return what the actions take of a person."""
        names = ["name", "email", "phone", "country", "city"]
        return {name: self.cleaned_data[name] for name in names}
