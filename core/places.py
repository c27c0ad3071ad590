"""Form fields for countries, languages, currencies and time zones: lists that others maintain."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

import pycountry
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, str]]
NONE: Choices = [("", "")]


@cache
def countries() -> Choices:
    return sorted(((c.alpha_2, c.name) for c in pycountry.countries), key=lambda pair: pair[1])


@cache
def languages() -> Choices:
    """Return the languages that have a code of two letters."""
    found = [(each.alpha_2, each.name) for each in pycountry.languages if hasattr(each, "alpha_2")]
    return sorted(found, key=lambda pair: pair[1])


@cache
def currencies() -> Choices:
    return sorted((each.alpha_3, f"{each.alpha_3} · {each.name}") for each in pycountry.currencies)


@cache
def time_zones() -> Choices:
    """Return the IANA zones that are named after a place, and UTC."""
    places = {name for name in available_timezones() if "/" in name and name[:4] != "Etc/"}
    return [(name, name.replace("_", " ")) for name in ["UTC", *sorted(places)]]


class CountryField(forms.ChoiceField):
    default_error_messages = {
        "invalid_choice": _("“%(value)s” is not a country; write two letters, as in PL."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=NONE + countries(), **kwargs)


class LanguageField(forms.ChoiceField):
    default_error_messages = {
        "invalid_choice": _("“%(value)s” is not a language; write two letters, as in de."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=NONE + languages(), **kwargs)


class CurrencyField(forms.ChoiceField):
    default_error_messages = {
        "invalid_choice": _("“%(value)s” is not a currency; write three letters, as in EUR."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=currencies, **kwargs)


class TimeZoneField(forms.ChoiceField):
    default_error_messages = {
        "invalid_choice": _("“%(value)s” is not a time zone; write one like Europe/Berlin."),
    }

    def __init__(self, *, required: bool = True, empty: str | Promise = "", **kwargs: Any) -> None:
        """`empty` says what holds where none is chosen, which is allowed if it is not required."""

        def choices() -> list[tuple[str, Any]]:
            return time_zones() if required else [("", empty), *time_zones()]

        super().__init__(choices=choices, required=required, **kwargs)


class CountriesField(forms.CharField):
    """Several countries, as "PL, ES" or as a list; the value is a list of codes."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        parts = value if isinstance(value, list) else str(value or "").replace(";", ",").split(",")
        codes = [str(part).strip().upper() for part in parts if str(part).strip()]
        for code in codes:
            if code not in dict(countries()):
                raise forms.ValidationError(
                    CountryField.default_error_messages["invalid_choice"], params={"value": code}
                )
        return list(dict.fromkeys(codes))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value
