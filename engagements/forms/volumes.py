"""How much comes in to a line: a number, a number with its profile, a week, a file of arrivals."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as said

from core.places import TimeZoneField
from engagements import arrivals, hours
from engagements.forms.fields import HoursField, WeekField
from engagements.forms.profiles import DayProfileField, WeekdayProfileField
from engagements.models import LineOfBusiness, Requirements
from planning.arrivals import Arrivals, parse_arrivals
from planning.profiles import ProfileRefused, spread

Week = list[list[Any]]

NO_VOLUME = gettext_lazy(
    "Say how much comes in: contacts per half-hour, a number and its profile, a week by "
    "half-hours, or a file of arrivals."
)
WAYS = ["contacts_per_half_hour", "volume", "week", "arrivals"]
PARTS = {"volume": "volume", "weekdays": "weekday_profile", "day": "day_profile"}
PER = [
    ("half_hour", said("contacts per", "half-hour of service")),
    ("day", said("contacts per", "day of service")),
    ("week", said("contacts per", "week")),
    ("month", said("contacts per", "month, of 52 ÷ 12 weeks")),
]


class VolumeForm(forms.ModelForm[LineOfBusiness]):
    """One of four ways. What is typed anew takes the place of what stood there.

    A file is read and found fit here; `found` holds it, to be looked at before it is used.
    """

    hours = HoursField(
        label=gettext_lazy("Hours of service"),
        initial="Mon-Fri 08:00-20:00",
        help_text=gettext_lazy(
            "A line for each kind of day, in the customers' time zone: Sat 10:00-14:00. "
            "Around the clock is every day 00:00-24:00."
        ),
    )
    volume = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=11,
        decimal_places=4,
        label=gettext_lazy("Or a number of contacts"),
    )
    volume_per = forms.ChoiceField(
        required=False, initial="week", choices=PER, label=gettext_lazy("Contacts in each")
    )
    weekday_profile = WeekdayProfileField(
        required=False,
        label=gettext_lazy("Spread over the week"),
        help_text=gettext_lazy("Weights, as in Mon 25, Tue 20, Wed-Fri 18. Empty: by hours open."),
    )
    day_profile = DayProfileField(
        required=False,
        label=gettext_lazy("Spread over the day"),
        help_text=gettext_lazy(
            "Weights of hours or half-hours, as in 08:00 2, 09:00 5, 10:00 6. Empty: evenly."
        ),
    )
    arrivals = forms.FileField(
        required=False,
        label=gettext_lazy("Or a file of arrivals (CSV)"),
        help_text=gettext_lazy(
            "Columns for the time and the calls, one row for each 5, 15, 30 or 60 minutes. "
            "You see what it holds before it is used."
        ),
    )
    file_zone = TimeZoneField(
        required=False,
        label=gettext_lazy("Time zone of the file"),
        empty=gettext_lazy("the customers' time zone"),
        help_text=gettext_lazy("Times with an offset say their own."),
    )
    as_written = forms.BooleanField(
        required=False,
        label=gettext_lazy(
            "Leave offsets in the file aside: its times are those of the clock on the wall."
        ),
    )
    week = WeekField(
        required=False,
        label=gettext_lazy("Or contacts by half-hour"),
        help_text=gettext_lazy(
            "A line each: 08:30 12 on every day of service, Mon 08:30 12 on that day only."
        ),
    )
    requirements: Requirements
    found: Arrivals | None = None
    text = ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        days = hours.days_of(data.get("hours") or [])
        if data.get("week"):
            data["week"] = self._on_each_day(data["week"], days)
        if way := self._way(data):
            self._take(way, data)
        return data

    def _way(self, data: dict[str, Any]) -> str:
        """Return in which of the ways the volume is given; none where that is not clear."""
        given = [name for name in WAYS if data.get(name) not in (None, "")]
        new = [name for name in given if name in self.changed_data]
        chosen = new or given
        if len(chosen) > 1:
            others = _(" and ").join(f"“{self[name].label}”" for name in chosen[1:])
            says = _("Give either this or %(others)s, not both.") % {"others": others}
            self.add_error(chosen[0], says)
        elif not chosen and not {*WAYS} & {*self.errors}:
            self.add_error("contacts_per_half_hour", str(NO_VOLUME))
        return chosen[0] if len(chosen) == 1 else ""

    def _take(self, way: str, data: dict[str, Any]) -> None:
        """Keep the volume as it is stored: a number or a week, and where it comes from."""
        if way != "contacts_per_half_hour":
            data["contacts_per_half_hour"] = None
        if way != "week":
            data["week"] = None
        for name in ("weekday_profile", "day_profile"):
            if way != "volume" and data.get(name):
                self.add_error(name, _("A profile needs the number that it spreads."))
        has_source = data.get("volume_source") and "volume_source" in self.changed_data
        if way == "arrivals":
            self._read_arrivals(data)
        elif way == "volume":
            self._spread(data, has_source=bool(has_source))
        elif way in self.changed_data and not has_source:
            data["volume_source"] = ""

    def _spread(self, data: dict[str, Any], *, has_source: bool) -> None:
        if {"hours", "volume_per", *PARTS.values()} & {*self.errors}:
            return
        try:
            profile = spread(
                data["volume"],
                data.get("volume_per") or "week",
                hours.planned(data["hours"]),
                weekdays=data["weekday_profile"],
                day=data["day_profile"],
            )
        except ProfileRefused as refused:
            self.add_error(PARTS[refused.part], str(refused))
            return
        data["week"] = hours.stored_week(profile)
        if not has_source:
            data["volume_source"] = profile.rule[:300]

    def _on_each_day(self, week: Week, days: list[int]) -> Week:
        """Write what holds on each day of service out for each of them."""
        found = {(day, at): count for day, at, count in week if day}
        for _day, at, count in (row for row in week if not row[0]):
            for day in days:
                found.setdefault((day, at), count)
        return [[day, at, found[day, at]] for day, at in sorted(found)]

    def _read_arrivals(self, data: dict[str, Any]) -> None:
        """Read the file, or say why nothing of it can be used."""
        if {"hours", "file_zone"} & {*self.errors}:
            return
        line = LineOfBusiness(hours=data["hours"])
        try:
            self.text = arrivals.text_of(data["arrivals"])
            found = parse_arrivals(
                self.text,
                self.zone_read,
                into=self.customers_zone,
                as_written=bool(data.get("as_written")),
            )
            arrivals.week_to_plan_on(found, "", line.open_weekdays)
        except ValueError as error:
            self.add_error("arrivals", str(error))
        else:
            self.found = found

    @property
    def customers_zone(self) -> str:
        return self.requirements.customer_time_zone or "UTC"

    @property
    def zone_read(self) -> str:
        return self.cleaned_data.get("file_zone") or self.customers_zone

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the constraint that a line has a volume to `clean`, which knows of the file."""
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*excluded, "contacts_per_half_hour"}
