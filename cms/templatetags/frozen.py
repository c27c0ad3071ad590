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
def amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


@register.filter
def language_name(code: str) -> str:
    """Name a language as the reader calls it: de is German."""
    names = Locale.parse(to_locale(get_language() or "en")).languages
    return str(names.get(code, code)).capitalize()
