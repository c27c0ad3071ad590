"""Tags and filters for pages. Each tag draws a part `core/_….html`; the markup stands there."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from babel.core import Locale
from babel.numbers import NumberPattern
from django import template
from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, to_locale

from core import search

register = template.Library()

# The light values of the tokens --s1 to --s7: on paper the stylesheet does not reach into SVG.
SHADES = {
    "s1": "#d3dade",
    "s2": "#b6c6cb",
    "s3": "#97b3b7",
    "s4": "#739d9e",
    "s5": "#4d897f",
    "s6": "#2b7262",
    "s7": "#0a5c46",
}
# What a state means: done well, at risk, gone wrong, or over. Others are plain.
TONES = {
    "good": "accepted agreed approved certified completed executed filled hired live",
    "warn": "changes_requested expired extended on_hold suspended",
    "bad": "dead failed rescinded terminated void",
    "off": "cancelled closed declined lost offboarded rejected superseded vacated withdrawn",
}
NOTHING = "\N{EN DASH}"
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}


def shade(index: int, count: int) -> str:
    """Name the colour of one stage out of `count`, spread over the whole range."""
    last = len(SHADES) - 1
    return [*SHADES][round(index * last / (count - 1)) if count > 1 else last]


@register.inclusion_tag("core/_bar.html")
def bar(parts: Iterable[tuple[str, float]], *, total: float | None = None) -> dict[str, Any]:
    """Draw (label, number) pairs as one bar; what is missing to `total` stays empty."""
    listed = list(parts)
    whole = max(total or 0, sum(number for _, number in listed)) or 1
    drawn, x = [], 0.0
    for index, (label, number) in enumerate(listed):
        width = 100 * float(number) / float(whole)
        name = shade(index, len(listed))
        if number:
            part = {"label": label, "number": number, "shade": name, "colour": SHADES[name]}
            drawn.append({**part, "x": f"{x:.2f}%", "width": f"{width:.2f}%"})
        x += width
    return {"parts": drawn}


@register.inclusion_tag("core/_key.html")
def key(labels: Iterable[str | tuple[str, float]]) -> dict[str, Any]:
    """Say which colour stands for which part of the bars; takes labels, or the pairs of a bar."""
    names = [label if isinstance(label, str) else label[0] for label in labels]
    return {"entries": [(name, shade(index, len(names))) for index, name in enumerate(names)]}


@register.inclusion_tag("core/_figure.html")
def figure(value: object, label: str, *, why: Any = None, tone: str = "") -> dict[str, Any]:
    """Show one number, which opens to say how it arose: `why` has inputs, formula and version."""
    return {"value": value, "label": label, "tone": tone, "why": why and explained(why)}


def explained(why: Any) -> dict[str, Any]:
    def read(name: str) -> Any:
        return why.get(name) if isinstance(why, Mapping) else getattr(why, name, None)

    inputs = read("inputs") or {}
    pairs = list(inputs.items()) if isinstance(inputs, Mapping) else list(inputs)
    return {
        "inputs": pairs,
        "formula": read("formula"),
        "version": read("version"),
        "url": read("url"),
    }


# These two stand in every row of a list, so they are written without a template of their own.
@register.simple_tag
def state(subject: Any, field: str = "state") -> SafeString:
    tone = TONE_OF.get(getattr(subject, field), "")
    label = getattr(subject, f"get_{field}_display")()
    return format_html('<span class="{}">{}</span>', f"tag {tone}".strip(), label)


@register.simple_tag
def person(who: object) -> SafeString:
    words = str(who).split("@")[0].replace(".", " ").split() or ["?"]
    initials = (words[0][:1] + (words[-1][:1] if words[1:] else "")).upper()
    return format_html('<span class="who"><i aria-hidden="true">{}</i>{}</span>', initials, who)


@register.inclusion_tag("core/_sort.html", takes_context=True)
def sort(context: template.Context, name: str, label: str, css: str = "") -> dict[str, Any]:
    """Head a column by which the list can be sorted: ?sort=name, and ?sort=-name the other way."""
    request = context["request"]
    current = request.GET.get("sort", context.get("sort", ""))
    direction = {name: "ascending", f"-{name}": "descending"}.get(current, "")
    next_sort = f"-{name}" if direction == "ascending" else name
    return {
        "request": request,
        "label": label,
        "css": css,
        "direction": direction,
        "next_sort": next_sort,
    }


def _pattern(kind: str, *, decimals: tuple[int, int]) -> tuple[NumberPattern, Locale]:
    """Take the reader's way to write numbers, with our own count of decimals."""
    return _pattern_of(to_locale(get_language() or "en"), kind, decimals)


@cache
def _pattern_of(reader: str, kind: str, decimals: tuple[int, int]) -> tuple[NumberPattern, Locale]:
    locale = Locale.parse(reader)
    formats: dict[str, Any] = {
        "money": locale.currency_formats["standard"],
        "percent": locale.percent_formats[None],
        "number": locale.decimal_formats[None],
    }
    pattern = copy(formats[kind])
    pattern.frac_prec = decimals
    return pattern, locale


@register.filter
def dom_id(subject: models.Model) -> str:
    """Name a row's part of a page: application-12."""
    return f"{subject._meta.model_name}-{subject.pk}"


@register.filter
def money(amount: Decimal | int | None, currency: str = "EUR") -> str:
    """Print an amount as the reader writes money; cents, and less, only where there are any."""
    if amount is None:
        return NOTHING
    decimals = (0, 0) if amount == int(amount) else (2, 4)
    pattern, locale = _pattern("money", decimals=decimals)
    return pattern.apply(amount, locale, currency=currency, currency_digits=False)


@register.filter
def percent(share: float | Decimal | None, decimals: int = 0) -> str:
    """Print 0.823 as 82 %."""
    if share is None:
        return NOTHING
    pattern, locale = _pattern("percent", decimals=(0, decimals))
    return pattern.apply(share, locale)


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    if value is None:
        return NOTHING
    pattern, locale = _pattern("number", decimals=(0, decimals))
    return pattern.apply(value, locale)


def _day(at: date) -> date:
    return timezone.localdate(at) if isinstance(at, datetime) else at


def _days(at: date, now: date | None) -> int:
    return (_day(now or timezone.now()) - _day(at)).days


@register.filter
def since(at: date | None, now: date | None = None) -> str:
    """Say how long something has stood: today, yesterday, 3 days ago."""
    if at is None:
        return ""
    days = _days(at, now)
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}


@register.filter
def until(due: date | None, now: date | None = None) -> str:
    """Say how far off something is: today, tomorrow, in 3 days, 2 days late."""
    if due is None:
        return ""
    days = -_days(due, now)
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


@register.filter
def urgency(due: date | None, now: date | None = None) -> str:
    """Give the tone of a tag that shows a due date: bad when late, warn two days before."""
    if due is None:
        return ""
    days = -_days(due, now)
    return "bad" if days < 0 else "warn" if days <= 2 else ""


@register.filter
def marked(text: str, asked: search.Asked) -> SafeString:
    """Mark in a text what somebody searched for."""
    return search.marked(text, asked)
