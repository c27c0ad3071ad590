"""A ramp as a person types it and as a YAML file holds it: by when which share is at work."""

import re
from typing import Any, NoReturn

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_WEEKS = 104
LINE = re.compile(
    r"(?:[^\d\W]+\s+)?(-?\d+)(?:\s*[^\d\W]+)?\s*[\s:;,]\s*(-?\d+(?:[.,]\d+)?)\s*%?", re.UNICODE
)


class RampField(forms.CharField):
    """Lines "4 weeks 70 %", or such texts as a list; the value is [[weeks, share], …].

    Weeks and shares rise, the last share is the whole team. Empty: all start on the first day.
    """

    widget = forms.Textarea(attrs={"rows": 3})
    default_error_messages = {
        "line": _("“%(value)s” is not like 4 weeks 70 %%."),
        "weeks": _("Weeks are from 0 to %(most)s, not %(value)s."),
        "share": _("A share of the team is above 0 %% and at most 100 %%, not %(value)s %%."),
        "order": _("Week %(value)s does not come after week %(before)s."),
        "rise": _("After week %(value)s more are at work than before: above %(before)s %%."),
        "end": _("Say when the whole team is at work: the last line ends with 100 %."),
    }

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        steps: list[tuple[int, float]] = []
        for line in (str(each).strip() for each in lines):
            if line:
                steps.append(self._step(line, steps[-1] if steps else None))
        if steps and steps[-1][1] != 100:
            self._refuse("end")
        return [[weeks, round(percent / 100, 4)] for weeks, percent in steps]

    def _step(self, line: str, before: tuple[int, float] | None) -> tuple[int, float]:
        match = LINE.fullmatch(line)
        if match is None:
            self._refuse("line", value=line)
        weeks, percent = int(match[1]), float(match[2].replace(",", "."))
        if not 0 <= weeks <= MOST_WEEKS:
            self._refuse("weeks", value=weeks, most=MOST_WEEKS)
        if not 0 < percent <= 100:
            self._refuse("share", value=f"{percent:g}")
        if before and weeks <= before[0]:
            self._refuse("order", value=weeks, before=before[0])
        if before and percent <= before[1]:
            self._refuse("rise", value=weeks, before=f"{before[1]:g}")
        return weeks, percent

    def _refuse(self, code: str, **params: Any) -> NoReturn:
        raise forms.ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            return value
        return "\n".join(f"{weeks} {100 * share:g} %" for weeks, share in value)
