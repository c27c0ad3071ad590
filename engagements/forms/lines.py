"""One line of business. The import of YAML files checks by the same form."""

import hashlib
from decimal import Decimal
from typing import Any

from django import forms

from core import files
from core.places import LanguageField, TimeZoneField
from engagements.forms.fields import SHOWN_PROBLEMS, HoursField, WeekField
from engagements.forms.skills import SKILLS_HELP, SkillsField
from engagements.hours import days_of, stored_week
from engagements.models import LineOfBusiness, Requirements
from planning.arrivals import Arrivals, parse_arrivals, usual_week, variation
from planning.lines import CHANNELS

Week = list[list[Any]]

NO_VOLUME = "Say how much comes in: contacts per half-hour, a week's volume, or a file of arrivals."
TAKE = [
    ("", "the mean of each half-hour"),
    ("0.75", "what three days in four do not exceed"),
    ("0.9", "what nine days in ten do not exceed"),
]


class LineForm(forms.ModelForm[LineOfBusiness]):
    """The volume is a number, a week by half-hours, or a file of arrivals that becomes a week."""

    language = LanguageField()
    hours = HoursField(
        label="Hours of service",
        initial="Mon-Fri 08:00-20:00",
        help_text="A line for each kind of day, in the customers' time zone: Sat 10:00-14:00. "
        "Around the clock is every day 00:00-24:00.",
    )
    arrivals = forms.FileField(
        required=False,
        label="Arrivals (CSV)",
        help_text="Columns for the time and the calls, one row for each 5, 15, 30 or 60 minutes.",
    )
    skip_bad_rows = forms.BooleanField(
        required=False, label="Use the rest of the file where rows can't be used."
    )
    file_zone = TimeZoneField(
        required=False,
        label="Time zone of the file",
        empty="the customers' time zone",
        help_text="Times with an offset say their own.",
    )
    as_written = forms.BooleanField(
        required=False,
        label="Leave offsets in the file aside: its times are those of the clock on the wall.",
    )
    take = forms.ChoiceField(
        required=False,
        label="Of the file, plan on",
        choices=TAKE,
        help_text="Never the busiest day there ever was: one odd day would size the team.",
    )
    week = WeekField(
        required=False,
        label="Or contacts by half-hour",
        help_text="A line each: 08:30 12 on every day of service, Mon 08:30 12 on that day only. "
        "A file of arrivals replaces it.",
    )
    skills = SkillsField(required=False, help_text=SKILLS_HELP)

    class Meta:
        model = LineOfBusiness
        fields = [
            "name",
            "channel",
            "language",
            "language_level",
            "tier",
            "hours",
            "contacts_per_half_hour",
            "arrivals",
            "file_zone",
            "take",
            "as_written",
            "skip_bad_rows",
            "week",
            "volume_source",
            "volume_cv",
            "aht_s",
            "patience_s",
            "service_level",
            "threshold_s",
            "service_level_of",
            "max_occupancy",
            "shrinkage",
            "weekly_paid_hours",
            "concurrency",
            "slowdown",
            "deadline_h",
            "skills",
        ]
        labels = {
            "contacts_per_half_hour": "Contacts in each half-hour",
            "aht_s": "Handling time, seconds",
            "threshold_s": "Answered within, seconds",
            "volume_source": "Where the volume comes from",
            "weekly_paid_hours": "Paid hours in a week",
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
            self.initial = {"hours": self.fields["hours"].initial} | kwargs.get("initial", {})

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = LineOfBusiness.objects.filter(requirements=self.requirements.pk, name=name)
        if self.requirements.pk and others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Another line has this name already.")
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        days = days_of(data.get("hours") or [])
        if data.get("week"):
            data["week"] = self._on_each_day(data["week"], days)
        if data.get("arrivals"):
            self._read_arrivals(data, days)
        volumes = [data.get("contacts_per_half_hour"), data.get("week")]
        given = [volume for volume in volumes if volume is not None]
        if len(given) > 1:
            self.add_error(
                "contacts_per_half_hour",
                "Give either this number or contacts by half-hour or a file, not both.",
            )
        elif not given and not {"contacts_per_half_hour", "week", "arrivals"} & set(self.errors):
            self.add_error("contacts_per_half_hour", NO_VOLUME)
        elif self._has_typed_volume(data) and not self._has_new_source(data):
            data["volume_source"] = ""
        self._check_channel(data)
        return data

    def _on_each_day(self, week: Week, days: list[int]) -> Week:
        """Write what holds on each day of service out for each of them."""
        found = {(day, at): count for day, at, count in week if day}
        for _day, at, count in (row for row in week if not row[0]):
            for day in days:
                found.setdefault((day, at), count)
        return [[day, at, found[day, at]] for day, at in sorted(found)]

    def _check_channel(self, data: dict[str, Any]) -> None:
        way = CHANNELS.get(data.get("channel", ""))
        if way == "live" and data.get("concurrency", 1) > 1:
            self.add_error("concurrency", "An agent holds one call at a time.")
        if way != "deferred" and data.get("deadline_h") is not None:
            self.add_error("deadline_h", "Only work that may wait has one: leave this empty.")

    def _read_arrivals(self, data: dict[str, Any], days: list[int]) -> None:
        """Turn the file into the usual week of the days of service, or say what is wrong."""
        upload, weekdays = data["arrivals"], [day - 1 for day in days]
        share = float(data["take"]) if data.get("take") else None
        try:
            text = _text(upload)
            found = self._parsed(text, data)
            usual = usual_week(found, quantile=share, weekdays=weekdays)
        except ValueError as error:
            self.add_error("arrivals", str(error))
            return
        week = stored_week(usual)
        source = _source(upload.name, text, found, usual.rule)
        if found.problems and not data.get("skip_bad_rows"):
            self.add_error("arrivals", _sentences(found))
            self._offer(week, source)
            return
        data["week"] = week
        if not self._has_new_source(data):
            data["volume_source"] = source
        varies = variation(found, weekdays)
        if varies is not None and "volume_cv" not in self.changed_data:
            data["volume_cv"] = Decimal(f"{min(varies.cv, 2):.3f}")

    def _parsed(self, text: str, data: dict[str, Any]) -> Arrivals:
        customers = self.requirements.customer_time_zone or "UTC"
        zone = data.get("file_zone") or customers
        return parse_arrivals(text, zone, into=customers, as_written=bool(data.get("as_written")))

    def _offer(self, week: Week, source: str) -> None:
        """Show what could be read as the week's volume, which can be saved without the file."""
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("week")] = week
        data[self.add_prefix("volume_source")] = source
        hint = "What can be read of the file stands here: save again, without the file, to use it."
        self["week"].help_text = hint

    def _has_typed_volume(self, data: dict[str, Any]) -> bool:
        typed = {"contacts_per_half_hour", "week"} & set(self.changed_data)
        return bool(typed) and not data.get("arrivals")

    def _has_new_source(self, data: dict[str, Any]) -> bool:
        """Tell a source that was typed now from one that an earlier volume has left."""
        return bool(data.get("volume_source")) and "volume_source" in self.changed_data

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the constraint that a line has a volume to `clean`, which knows of the file."""
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*excluded, "contacts_per_half_hour"}


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
