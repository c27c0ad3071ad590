"""Reads what a frozen JSON holds as text: days and amounts."""

from datetime import date
from decimal import Decimal

from babel.core import Locale
from django import template
from django.utils.translation import get_language, to_locale

register = template.Library()


@register.filter
def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@register.filter
def amount(value: str | float | None) -> Decimal | None:
    """Read a number; decimals are frozen as texts."""
    return None if value in {None, ""} else Decimal(str(value))


@register.filter
def language_name(code: str) -> str:
    """Name a language as the reader calls it: de is German."""
    names = Locale.parse(to_locale(get_language() or "en")).languages
    return str(names.get(code, code)).capitalize()
