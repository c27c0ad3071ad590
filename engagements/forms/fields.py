"""Fields of a line of business that take what a person types and what a YAML file holds alike."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms

from planning.workload import slot_of

SHOWN_PROBLEMS = 20
NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class HoursField(forms.CharField):
    """Hours of service as lines "Mon-Fri 08:00-20:00", or such texts as a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        found: list[list[Any]] = []
        for line in (str(each).strip() for each in lines):
            if line:
                found += self._line(line)
        return sorted(found)

    def _line(self, line: str) -> list[list[Any]]:
        match = re.fullmatch(r"(\D+?)\s*(\d.*)", line)
        if match is None:
            raise forms.ValidationError(f"“{line}” is not like Mon-Fri 08:00-20:00.")
        days = days_named(match[1])
        windows = [self._window(each) for each in re.split(r"\s*(?:,|\band\b)\s*", match[2])]
        return [[day, *window] for day in days for window in windows]

    def _window(self, text: str) -> tuple[str, str]:
        times = re.split(r"\s*(?:-|\u2013|\bto\b)\s*", text.strip())
        if len(times) != 2:
            raise forms.ValidationError(f"“{text}” is not like 08:00-20:00.")
        return half_hour(times[0]), half_hour("00:00" if times[1] == "24:00" else times[1])

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            return value
        alike: dict[str, list[int]] = {}
        for day, opens, closes in value:
            until = "24:00" if closes == "00:00" else closes
            alike.setdefault(f"{opens}-{until}", []).append(day)
        return "\n".join(f"{_days(days)} {window}" for window, days in alike.items())


class WeekField(forms.CharField):
    """Contacts by half-hour: lines "Mon 08:00 12", or "08:00 12" for each day of service.

    A YAML file may write them as a mapping of those times to contacts. Gives [weekday, "HH:MM",
    contacts], weekday 0 where it is each day of service.
    """

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        found: dict[tuple[int, str], float] = {}
        for when, contacts in self._pairs(value):
            match = re.fullmatch(r"(\D*?)\s*(\d.*)", when.strip())
            if match is None:
                raise forms.ValidationError(f"“{when}” is not a time like 08:30.")
            at = half_hour(match[2])
            for day in days_named(match[1]) if match[1] else [0]:
                if (day, at) in found:
                    raise forms.ValidationError(f"The half-hour at {when} stands twice.")
                found[day, at] = self._count(when, contacts)
        return [[day, at, found[day, at]] for day, at in sorted(found)]

    def _pairs(self, value: Any) -> list[tuple[str, str]]:
        if isinstance(value, dict):
            return [(str(at), str(contacts)) for at, contacts in value.items()]
        if isinstance(value, list):
            return [(f"{_days([day])} {at}" if day else at, str(n)) for day, at, n in value]
        if not isinstance(value, str):
            raise forms.ValidationError("Write a time and its contacts for each half-hour.")
        pairs = []
        for line in filter(str.strip, value.splitlines()):
            when, _space, contacts = line.replace(";", " ").strip().rpartition(" ")
            if not when:
                raise forms.ValidationError(f"“{line.strip()}” is not a time and a number.")
            pairs.append((when, contacts))
        return pairs

    def _count(self, when: str, text: str) -> float:
        value = forms.FloatField(min_value=0)
        try:
            return float(value.clean(text))
        except forms.ValidationError:
            raise forms.ValidationError(
                f"“{text}” at {when} is not a possible number of contacts."
            ) from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        alike: dict[tuple[str, float], list[int]] = {}
        for day, at, contacts in value:
            alike.setdefault((at, contacts), []).append(day)
        return "\n".join(
            f"{_days(days)} {at} {_plain(contacts)}" if days[0] else f"{at} {_plain(contacts)}"
            for (at, contacts), days in sorted(alike.items(), key=lambda each: each[1][0])
        )


def _plain(contacts: float) -> str:
    """Write contacts as they are stored, so that what nobody changed comes back the same."""
    return f"{contacts:.4f}".rstrip("0").rstrip(".")


def half_hour(text: str) -> str:
    """Return a local time on the hour or half-hour as "08:30": volumes are by half-hours."""
    try:
        at = time.fromisoformat(text.strip().zfill(5))
    except ValueError:
        raise forms.ValidationError(f"“{text}” is not a time like 08:30.") from None
    try:
        slot_of(at)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
    return f"{at:%H:%M}"


def days_named(text: str) -> list[int]:
    """Read "Mon", "Monday", "Mon-Fri", "Sat, Sun" or "every day". 1 is Monday."""
    words = text.strip().rstrip(":").lower()
    if words in {"every day", "daily"}:
        return list(range(1, 8))
    found: list[int] = []
    words = re.sub(r"\s*(?:-|\u2013|\bto\b)\s*", "-", words)
    for part in re.split(r"\s*(?:,|\band\b)\s*", words):
        first, dash, last = part.partition("-")
        begins = _day(first)
        ends = _day(last) if dash else begins
        found += [(begins - 1 + n) % 7 + 1 for n in range((ends - begins) % 7 + 1)]
    return sorted(set(found))


def _day(name: str) -> int:
    for number, known in enumerate(NAMES, start=1):
        if len(name) > 1 and known.startswith(name):
            return number
    raise forms.ValidationError(f"“{name}” is not a weekday like Mon.")


def _days(days: Sequence[int]) -> str:
    """Write weekdays as they are typed: "Mon-Fri", "Mon, Wed"."""
    names = [NAMES[day - 1][:3].capitalize() for day in days]
    in_a_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    return f"{names[0]}-{names[-1]}" if in_a_row else ", ".join(names)
