"""One line of business. The import of YAML files checks by the same form."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.places import LanguageField
from engagements import arrivals, opening
from engagements.forms.profiles import ReasonsField
from engagements.forms.skills import SKILLS_HELP, SkillsField
from engagements.forms.volumes import VolumeForm
from engagements.hours import stored_week
from engagements.models import LineOfBusiness, Requirements
from planning.arrivals import Arrivals, variation
from planning.lines import CHANNELS

# Legend, what a newcomer should know of it, and its fields.
GROUPS: list[tuple[Any, Any, list[str]]] = [
    (
        gettext_lazy("What it is"),
        gettext_lazy("A line is a queue of work that the same people can do."),
        [
            *("name", "channel", "language", "language_level", "tier", "speciality"),
            *("contact_reasons", "skills"),
        ],
    ),
    (gettext_lazy("When"), "", ["hours", "holiday_region", "closed_on_holidays"]),
    (
        gettext_lazy("How much"),
        gettext_lazy(
            "Give it in one of four ways: the same in each half-hour, a number and how it is "
            "spread, a file of what came in, or each half-hour of the week."
        ),
        [
            *("contacts_per_half_hour", "volume", "volume_per", "weekday_profile", "day_profile"),
            *("arrivals", "file_zone", "as_written", "week", "volume_source", "seats_asked"),
        ],
    ),
    (
        gettext_lazy("How well"),
        gettext_lazy("What is promised: 0.8 in 20 means that 80 % are answered in 20 seconds."),
        ["service_level", "threshold_s", "service_level_of", "patience_s", "deadline_h"],
    ),
    (gettext_lazy("How long"), "", ["aht_s", "concurrency"]),
]
ADVANCED = (
    gettext_lazy("Advanced"),
    gettext_lazy("Each has a usual value, with its source, which holds until you know better."),
    ["max_occupancy", "shrinkage", "weekly_paid_hours", "volume_cv", "slowdown"],
)
# What only matters where contacts are answered at once, several at a time, or later.
ONLY = {
    "service_level": "live concurrent",
    "threshold_s": "live concurrent",
    "service_level_of": "live concurrent",
    "patience_s": "live",
    "deadline_h": "deferred",
    "concurrency": "concurrent",
    "slowdown": "concurrent",
}


@dataclass(frozen=True)
class Group:
    """Fields that belong together, each with the ways of work that it matters for."""

    legend: str
    hint: str
    fields: Sequence[tuple[BoundField, str]]

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field, _only in self.fields)


class LineForm(VolumeForm):
    language = LanguageField(label=gettext_lazy("Language"))
    contact_reasons = ReasonsField(
        required=False,
        label=gettext_lazy("Why people get in touch"),
        help_text=gettext_lazy("A line each, as in: Order status 40 %. Shares may be left out."),
    )
    holiday_region = forms.ChoiceField(
        required=False,
        choices=lambda: [("", _("not said")), *opening.regions()],
        label=gettext_lazy("Public holidays of"),
        help_text=gettext_lazy("Of the customers' country, or a region of it."),
    )
    skills = SkillsField(required=False, label=gettext_lazy("Skills"), help_text=SKILLS_HELP)

    class Meta:
        model = LineOfBusiness
        fields = [name for _legend, _hint, names in [*GROUPS, ADVANCED] for name in names]
        labels = {
            "name": gettext_lazy("Name"),
            "channel": gettext_lazy("Channel"),
            "language_level": gettext_lazy("Language level"),
            "tier": gettext_lazy("Tier"),
            "speciality": gettext_lazy("Speciality"),
            "contacts_per_half_hour": gettext_lazy("Contacts in each half-hour"),
            "aht_s": gettext_lazy("Handling time, seconds"),
            "service_level": gettext_lazy("Service level"),
            "threshold_s": gettext_lazy("Answered within, seconds"),
            "volume_source": gettext_lazy("Where the volume comes from"),
            "weekly_paid_hours": gettext_lazy("Paid hours in a week"),
            "max_occupancy": gettext_lazy("Max occupancy"),
            "shrinkage": gettext_lazy("Shrinkage"),
            "concurrency": gettext_lazy("Concurrency"),
        }
        help_texts = {
            "service_level": gettext_lazy("A share: 0.8 is 80 %."),
            "max_occupancy": gettext_lazy("A share: agents are never planned to be busier."),
            "shrinkage": gettext_lazy("A share of paid time: leave, illness, training, breaks."),
            "concurrency": gettext_lazy("Chats one agent holds at once; a call is always one."),
            "volume_source": gettext_lazy("Empty: as the number, its profile or the file says."),
        }

    def __init__(self, requirements: Requirements, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirements = requirements
        self.instance.requirements = requirements
        if self.instance.pk is None:
            # The empty row has no hours, which would stand in place of what is usual.
            initial = {"hours": self.fields["hours"].initial} | (kwargs.get("initial") or {})
            self.initial = initial

    @property
    def groups(self) -> list[Group]:
        return [self._group(*group) for group in GROUPS]

    @property
    def advanced(self) -> Group:
        return self._group(*ADVANCED)

    def _group(self, legend: Any, hint: Any, names: Sequence[str]) -> Group:
        return Group(legend, hint, [(self[name], ONLY.get(name, "")) for name in names])

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = LineOfBusiness.objects.filter(requirements=self.requirements.pk, name=name)
        if self.requirements.pk and others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another line has this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        way = CHANNELS.get(data.get("channel", ""))
        if way == "live" and (data.get("concurrency") or 1) > 1:
            self.add_error("concurrency", _("An agent holds one call at a time."))
        if way != "deferred" and data.get("deadline_h") is not None:
            says = _("Only work that may wait has one: leave this empty.")
            self.add_error("deadline_h", says)
        if data.get("closed_on_holidays") and not data.get("holiday_region"):
            self.add_error("holiday_region", _("Say whose public holidays it is closed on."))
        return data

    def keep(self) -> arrivals.Kept:
        """Return the file that was read with all that was typed, to be looked at and used later."""
        typed = {name: self.data.get(name) for name in self.fields if name not in LEFT_TO_THE_FILE}
        for name in ("volume_source", "volume_cv"):
            if name not in self.changed_data:
                typed[name] = ""  # what an earlier volume has left
        return arrivals.Kept(
            requirements=self.requirements.pk,
            line=self.instance.pk,
            name=self.cleaned_data["arrivals"].name,
            text=self.text,
            zone=self.zone_read,
            customers_zone=self.customers_zone,
            as_written=bool(self.cleaned_data["as_written"]),
            hours=self.cleaned_data["hours"],
            typed={name: value for name, value in typed.items() if value is not None},
        )


LEFT_TO_THE_FILE = {"arrivals", "contacts_per_half_hour", "volume", "volume_per", "week"}
LEFT_TO_THE_FILE |= {"weekday_profile", "day_profile"}


def filled(
    kept: arrivals.Kept, requirements: Requirements, line: LineOfBusiness, *, take: str
) -> LineForm:
    """Return the form of a line as it was typed, with the week of its file that was chosen."""
    found = kept.found
    typed = dict(kept.typed)
    usual = arrivals.week_to_plan_on(found, take, kept.line_typed.open_weekdays)
    source = arrivals.source_of(kept.name, kept.text, found, usual.rule)
    typed |= {"week": stored_week(usual)}
    typed["volume_source"] = typed.get("volume_source") or source
    typed["volume_cv"] = typed.get("volume_cv") or measured_cv(found, kept.line_typed)
    form = LineForm(requirements, typed, instance=line)
    if form.is_valid():
        # Also where the same file was read before, whose source would seem to be of another volume.
        form.instance.volume_source = typed["volume_source"]
    return form


def measured_cv(found: Arrivals, line: LineOfBusiness) -> Decimal | None:
    varies = variation(found, line.open_weekdays)
    return Decimal(f"{min(varies.cv, 2):.3f}") if varies else None


class ArrivalsForm(forms.Form):
    """Which week of a file is planned on."""

    take = forms.ChoiceField(required=False, choices=arrivals.TAKE)
