"""Fields for what a client says in words and weights: profiles of a volume, contact reasons."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.templatetags.ui import number
from engagements.forms.fields import days_named, half_hour

SHARE = re.compile(r"(?P<reason>.*?)[\s:;,]*(?P<share>\d+(?:[.,]\d+)?)\s*%")


def _parts(value: Any) -> list[tuple[str, str]]:
    """Split "Mon 25, Tue 20", a list of such texts or a mapping into what and how much."""
    if isinstance(value, dict):
        return [(str(what).strip(), str(weight).strip()) for what, weight in value.items()]
    texts = map(str, value) if isinstance(value, list) else re.split(r"[,;\n]", str(value or ""))
    found = []
    for text in filter(None, map(str.strip, texts)):
        what, _space, weight = text.rpartition(" ")
        if not what:
            says = _("“%(text)s” is not a time and its weight.") % {"text": text}
            raise forms.ValidationError(says)
        found.append((what.strip().rstrip(":"), weight))
    return found


def _weight(what: str, text: str) -> float:
    try:
        return float(forms.FloatField(min_value=0).clean(text.rstrip("%")))
    except forms.ValidationError:
        says = _("“%(text)s” is not a possible weight of %(what)s.")
        raise forms.ValidationError(says % {"text": text, "what": what}) from None


def _once(pairs: Iterable[tuple[Any, str, float]]) -> dict[Any, float]:
    found: dict[Any, float] = {}
    for key, what, weight in pairs:
        if key in found:
            raise forms.ValidationError(_("%(what)s stands twice.") % {"what": what})
        found[key] = weight
    return found


class WeekdayProfileField(forms.CharField):
    """Weights of weekdays, as in "Mon 25, Tue-Thu 20"; gives weights by weekday, 0 is Monday."""

    def to_python(self, value: Any) -> Any:
        return (
            _once(
                (day - 1, what, _weight(what, weight))
                for what, weight in _parts(value)
                for day in days_named(what)
            )
            or None
        )


class DayProfileField(forms.CharField):
    """Weights of hours or half-hours, as in "08:00 2, 09:00 5"; gives weights by time."""

    def to_python(self, value: Any) -> Any:
        return (
            _once(
                (time.fromisoformat(half_hour(what)), what, _weight(what, weight))
                for what, weight in _parts(value)
            )
            or None
        )


class ReasonsField(forms.CharField):
    """Why people get in touch, a line each: "Order status 40 %", or without shares.

    A YAML file may write a list of such texts, or a mapping of reasons to shares. Gives [reason,
    share], the most frequent first; reasons without a share have the same of what is left.
    """

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> Any:
        found: dict[str, float | None] = {}
        for reason, share in map(self._reason, self._lines(value)):
            if not reason:
                raise forms.ValidationError(_("A share needs the reason that it is of."))
            if reason in found:
                raise forms.ValidationError(_("“%(what)s” stands twice.") % {"what": reason})
            found[reason] = share
        total = sum(share for share in found.values() if share is not None)
        if total > 100 + 1e-9:
            says = _("The shares add up to %(total)s %%: more than all contacts.")
            raise forms.ValidationError(says % {"total": number(total, 2)})
        unsaid = [reason for reason, share in found.items() if share is None]
        if unsaid and total > 100 - 1e-9:
            says = _("The shares make 100 %% already: nothing is left for “%(what)s”.")
            raise forms.ValidationError(says % {"what": unsaid[0]})
        left = (100 - total) / len(unsaid) if unsaid else 0.0
        shares = {reason: left if share is None else share for reason, share in found.items()}
        rows = sorted(shares.items(), key=lambda row: -row[1])
        return [[reason, round(share / 100, 4)] for reason, share in rows]

    def _lines(self, value: Any) -> list[str]:
        if isinstance(value, dict):
            return [f"{reason} {share}" for reason, share in value.items()]
        lines = map(str, value) if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _reason(self, line: str) -> tuple[str, float | None]:
        match = SHARE.fullmatch(line)
        if match is None:
            return line, None
        return match["reason"].strip(), float(match["share"].replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            return value
        return "\n".join(f"{reason} {100 * share:.4g} %" for reason, share in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
