"""One line of business. The import of YAML files checks by the same form."""

import hashlib
from typing import Any

from django import forms

from core import files
from core.places import LanguageField
from engagements.forms.fields import (
    SHOWN_PROBLEMS,
    DaysField,
    HalfHourField,
    ProfileField,
    SkillsField,
)
from engagements.models import LineOfBusiness, Requirements
from planning.arrivals import Arrivals, mean_day, parse_arrivals
from planning.workload import DayProfile, start_of

Pairs = list[list[Any]]
"""A day's profile as it is stored: ["08:00", 12.5] for each half-hour that has contacts."""
NO_VOLUME = "Say how much comes in: contacts per half-hour, a day's profile, or a file of arrivals."


class LineForm(forms.ModelForm[LineOfBusiness]):
    """The volume is a number, a day's profile, or a file of arrivals that becomes a profile."""

    language = LanguageField()
    days = DaysField(label="Days of service", initial=[1, 2, 3, 4, 5])
    opens = HalfHourField(help_text="In the customers' time zone.", initial="08:00")
    closes = HalfHourField(help_text="00:00 for midnight, the end of the day.", initial="20:00")
    arrivals = forms.FileField(
        required=False,
        label="Arrivals (CSV)",
        help_text="Columns for the time and the calls, one row for each 5, 15, 30 or 60 minutes.",
    )
    skip_bad_rows = forms.BooleanField(
        required=False, label="Use the rest of the file where rows can't be used."
    )
    profile = ProfileField(
        required=False,
        label="Or a day's profile",
        help_text="A line for each half-hour, as in 08:30 12. A file of arrivals replaces it.",
    )
    skills = SkillsField(
        required=False, help_text="A line each, as in: Typing; hard; good. Kinds are hard and soft."
    )

    class Meta:
        model = LineOfBusiness
        fields = [
            "name",
            "channel",
            "language",
            "language_level",
            "tier",
            "concurrency",
            "days",
            "opens",
            "closes",
            "contacts_per_half_hour",
            "arrivals",
            "skip_bad_rows",
            "profile",
            "volume_source",
            "aht_s",
            "service_level",
            "threshold_s",
            "max_occupancy",
            "shrinkage",
            "skills",
        ]
        labels = {
            "contacts_per_half_hour": "Contacts in the busiest half-hour",
            "aht_s": "Handling time, seconds",
            "threshold_s": "Answered within, seconds",
            "volume_source": "Where the volume comes from",
        }
        help_texts = {
            "service_level": "A share: 0.8 is 80 %.",
            "max_occupancy": "A share: agents are never planned to be busier.",
            "shrinkage": "A share of paid time: leave, illness, training, breaks.",
        }

    def __init__(self, requirements: Requirements, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirements = requirements
        self.instance.requirements = requirements
        if self.instance.pk is None:
            # The empty row has no hours, which would stand in place of what is usual.
            usual = {name: self.fields[name].initial for name in ("days", "opens", "closes")}
            self.initial = usual | kwargs.get("initial", {})

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = LineOfBusiness.objects.filter(requirements=self.requirements.pk, name=name)
        if self.requirements.pk and others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Another line has this name already.")
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("arrivals"):
            self._read_arrivals(data)
        volumes = [data.get("contacts_per_half_hour"), data.get("profile")]
        given = [volume for volume in volumes if volume is not None]
        if len(given) > 1:
            self.add_error(
                "contacts_per_half_hour",
                "Give either this number or a profile or file, not both.",
            )
        elif not given and not {"contacts_per_half_hour", "profile", "arrivals"} & set(self.errors):
            self.add_error("contacts_per_half_hour", NO_VOLUME)
        elif self._has_typed_volume(data) and not self._has_new_source(data):
            data["volume_source"] = ""
        if data.get("channel") == "phone" and data.get("concurrency", 1) > 1:
            self.add_error("concurrency", "An agent holds one call at a time.")
        return data

    def _read_arrivals(self, data: dict[str, Any]) -> None:
        """Turn the file into the mean day of the weekdays of service, or say what is wrong."""
        upload, days = data["arrivals"], data.get("days") or []
        try:
            text = _text(upload)
            found = parse_arrivals(text, self.requirements.customer_time_zone or "UTC")
            day = mean_day(found, weekdays=[number - 1 for number in days])
        except ValueError as error:
            self.add_error("arrivals", str(error))
            return
        profile = _pairs(day)
        source = _source(upload.name, text, found, day.rule)
        if found.problems and not data.get("skip_bad_rows"):
            self.add_error("arrivals", _sentences(found))
            self._offer(profile, source)
            return
        data["profile"] = profile
        if not self._has_new_source(data):
            data["volume_source"] = source

    def _offer(self, profile: Pairs, source: str) -> None:
        """Show what could be read as the day's profile, which can be saved without the file."""
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("profile")] = profile
        data[self.add_prefix("volume_source")] = source
        hint = "What can be read of the file stands here: save again, without the file, to use it."
        self["profile"].help_text = hint

    def _has_typed_volume(self, data: dict[str, Any]) -> bool:
        typed = {"contacts_per_half_hour", "profile"} & set(self.changed_data)
        return bool(typed) and not data.get("arrivals")

    def _has_new_source(self, data: dict[str, Any]) -> bool:
        """Tell a source that was typed now from one that an earlier volume has left."""
        return bool(data.get("volume_source")) and "volume_source" in self.changed_data

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the constraint that a line has a volume to `clean`, which knows of the file."""
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*excluded, "contacts_per_half_hour"}


def _pairs(day: DayProfile) -> Pairs:
    return [
        [f"{start_of(slot):%H:%M}", round(contacts, 4)]
        for slot, contacts in enumerate(day.contacts)
        if contacts
    ]


def _text(upload: Any) -> str:
    if upload.size > files.limit():
        raise ValueError(f"{upload.name} is larger than {files.megabytes()} MB.")
    try:
        return str(upload.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError(f"{upload.name} is not a text file in UTF-8.") from None


def _sentences(found: Arrivals) -> list[str]:
    shown = [str(problem) for problem in found.problems[:SHOWN_PROBLEMS]]
    if rest := len(found.problems) - len(shown):
        shown.append(f"And {rest} further rows.")
    return shown


def _source(name: str, text: str, found: Arrivals, rule: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    left_out = f", {len(found.problems)} remarks" if found.problems else ""
    return f"{name}, {len(found.rows):,} rows{left_out}, SHA-256 {digest}. {rule}"[:300]
