"""Fields of a line of business that take what a person types and what a YAML file holds alike."""

from datetime import time
from typing import Any

from django import forms

from planning.workload import slot_of, start_of

KINDS = ("hard", "soft")
LEVELS = ("basic", "good", "excellent")
SHOWN_PROBLEMS = 20
DAYS = [(1, "Mon"), (2, "Tue"), (3, "Wed"), (4, "Thu"), (5, "Fri"), (6, "Sat"), (7, "Sun")]


class DaysField(forms.TypedMultipleChoiceField):
    default_error_messages = {
        "invalid_choice": "%(value)s is not a weekday: 1 is Monday, 7 is Sunday.",
        "invalid_list": "Write a list of weekdays, as in [1, 2, 3, 4, 5].",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value: Any) -> list[int]:
        return sorted(set(super().clean(value)))


class HalfHourField(forms.TimeField):
    """A local time on the hour or half-hour: volumes are counted by half-hours."""

    widget = forms.TimeInput(attrs={"type": "time", "step": 1800}, format="%H:%M")
    default_error_messages = {"invalid": "Write a time as 08:30."}

    def clean(self, value: Any) -> Any:
        at = super().clean(value)
        if at is not None:
            _slot(at)
        return at


def _slot(at: time) -> int:
    try:
        return slot_of(at)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


class ProfileField(forms.CharField):
    """A day's profile: a line "08:00 12" for each half-hour, or a mapping of times to contacts."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        found: dict[int, float] = {}
        for at, contacts in self._pairs(value):
            slot = _slot(self._time(at))
            if slot in found:
                raise forms.ValidationError(f"The half-hour at {at} stands twice.")
            found[slot] = self._count(at, contacts)
        return [[f"{start_of(slot):%H:%M}", found[slot]] for slot in sorted(found)]

    def _pairs(self, value: Any) -> list[tuple[str, str]]:
        if isinstance(value, dict):
            return [(str(at), str(contacts)) for at, contacts in value.items()]
        if not isinstance(value, str):
            raise forms.ValidationError("Write a time and its contacts for each half-hour.")
        pairs = []
        for line in filter(str.strip, value.splitlines()):
            parts = line.replace(";", " ").split()
            if len(parts) != 2:
                raise forms.ValidationError(f"“{line.strip()}” is not a time and a number.")
            pairs.append((parts[0], parts[1]))
        return pairs

    def _time(self, text: str) -> time:
        try:
            return time.fromisoformat(text.zfill(5))
        except ValueError:
            raise forms.ValidationError(f"“{text}” is not a time like 08:30.") from None

    def _count(self, at: str, text: str) -> float:
        value = forms.FloatField(min_value=0)
        try:
            return float(value.clean(text))
        except forms.ValidationError:
            raise forms.ValidationError(
                f"“{text}” at {at} is not a possible number of contacts."
            ) from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{at} {contacts:g}" for at, contacts in value)


class SkillsField(forms.CharField):
    """Skills as lines "SAP; hard; good", or as a list of mappings with name, kind and level."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> Any:
        rows = value if isinstance(value, list) else str(value or "").splitlines()
        return [self._skill(row) for row in rows if not isinstance(row, str) or row.strip()]

    def _skill(self, row: Any) -> dict[str, str]:
        if isinstance(row, dict):
            if unknown := set(row) - {"name", "kind", "level"}:
                raise forms.ValidationError(f"A skill has no {', '.join(sorted(unknown))}.")
            parts = [str(row.get(key, "")) for key in ("name", "kind", "level")]
        else:
            parts = [*map(str.strip, str(row).split(";")), "", ""][:3]
        name, kind, level = parts
        if not name:
            raise forms.ValidationError("A skill needs a name.")
        return {
            "name": name,
            "kind": self._one_of(KINDS, kind or "hard", f"The kind of {name}"),
            "level": self._one_of(LEVELS, level or "good", f"The level of {name}"),
        }

    def _one_of(self, known: tuple[str, ...], value: str, what: str) -> str:
        if value not in known:
            raise forms.ValidationError(f"{what} is {' or '.join(known)}, not “{value}”.")
        return value

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return value
        keys = ("name", "kind", "level")
        return "\n".join("; ".join(str(row.get(key, "")) for key in keys) for row in value)
