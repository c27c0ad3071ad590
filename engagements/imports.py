"""Requirements from a YAML file: the same checks as the forms, each problem with its path.

Every scalar is read as text, as if it were typed into a form, so that NO is
Norway and 20:00 a time. `docs/formats.md` describes the file.
"""

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from core.models import Actor
from core.versions import freeze
from core.yaml_files import ImportRefused, Problems, load, say_errors, unknown_key
from engagements import actions, arrivals
from engagements.actions.requirements import content
from engagements.forms import (
    ClientForm,
    EngagementForm,
    LineForm,
    MeasureForm,
    RequirementsForm,
)
from engagements.forms.fields import SHOWN_PROBLEMS
from engagements.forms.lines import measured_cv
from engagements.hours import stored_week
from engagements.models import (
    Client,
    Engagement,
    LineOfBusiness,
    Requirements,
    SuccessMeasure,
)
from planning.arrivals import Arrivals

SECTIONS = ["client", "engagement", "lines", "measures"]
STRUCTURED = {"hours", "delivery_countries", "week", "skills"}
STRUCTURED |= {"contact_reasons", "weekday_profile", "day_profile"}
STRUCTURED |= {"channels_in_use", "security", "ramp"}
CHOSEN = {"structure_wish": "flat", "complexity": "simple"}
SWITCHES = ["as_written", "skip_bad_rows", "closed_on_holidays"]
SWITCH = {"yes": "true", "true": "true", "no": "false", "false": "false"}
VOLUMES = ["contacts_per_half_hour", "volume", "week", "arrivals"]
LINE = {field.name for field in LineOfBusiness._meta.concrete_fields}


class OwnedEngagementForm(EngagementForm):
    """In a file the owner is named by their e-mail."""

    owner = forms.ModelChoiceField(
        EngagementForm.base_fields["owner"].queryset,  # type: ignore[attr-defined]
        to_field_name="email",
        error_messages={"invalid_choice": "“%(value)s” is not the e-mail of one of our staff."},
    )

    class Meta(EngagementForm.Meta):
        fields = ["name", "code", "owner", "currency"]


class ImportedLineForm(LineForm):
    """Who writes a file has seen the one of arrivals: it is used at once, if it says which week."""

    skip_bad_rows = forms.BooleanField(required=False)
    take = forms.ChoiceField(required=False, choices=arrivals.TAKE)

    def _read_arrivals(self, data: dict[str, Any]) -> None:
        super()._read_arrivals(data)
        if self.found is None or "take" in self.errors:
            return
        if self.found.problems and not data.get("skip_bad_rows"):
            self.add_error("arrivals", _sentences(self.found))
            return
        line = LineOfBusiness(hours=data["hours"])
        try:
            usual = arrivals.week_to_plan_on(self.found, data["take"], line.open_weekdays)
        except ValueError as error:
            self.add_error("take", str(error))
            return
        data["week"] = stored_week(usual)
        name = data["arrivals"].name
        source = arrivals.source_of(name, self.text, self.found, usual.rule)
        data["volume_source"] = data["volume_source"] or source
        if data["volume_cv"] is None:
            data["volume_cv"] = measured_cv(self.found, line)


def _sentences(found: Arrivals) -> list[str]:
    shown = [str(problem) for problem in found.problems[:SHOWN_PROBLEMS]]
    if rest := len(found.problems) - len(shown):
        shown.append(f"And {rest} further rows.")
    return shown


@transaction.atomic
def import_requirements(path: Path, *, by: Actor) -> Requirements:
    """Make client, engagement and the next version of its requirements; all or nothing.

    A client is found by its name and an engagement by its code; what the file
    says of a client that we have must agree with what we have.
    """
    file = load(path)
    reader = Reader(file.data, path.parent, Problems.of(file))
    client, client_form = reader.client()
    engagement, engagement_form = reader.engagement(client)
    head = reader.head()
    lines = reader.lines(head)
    measures = reader.measures(head)
    if reader.problems:
        raise ImportRefused(*reader.problems.sentences())
    if client is None:
        client = client_form.save()
    if engagement is None:
        fields = {**engagement_form.cleaned_data, "go_live_on": head.cleaned_data["go_live_on"]}
        engagement = actions.create_engagement(client, by=by, **fields)
    made = actions.create_requirements(
        engagement, lines=lines, measures=measures, **head.cleaned_data
    )
    _refuse_repetition(made)
    return made


def _refuse_repetition(made: Requirements) -> None:
    rows = made.engagement.requirements.exclude(pk=made.pk)
    earlier = rows.order_by("-version").first()
    now = Requirements.objects.get(pk=made.pk)
    if earlier and freeze(content(earlier)) == freeze(content(now)):
        raise ImportRefused(f"There is nothing to import: {earlier} say the same.")


class Reader:
    """Reads the parts of one file, and gathers what is wrong with each.

    `at` is where head and lines stand, when they are not the file's own keys ("requirements.").
    """

    def __init__(
        self, data: dict[str, Any], folder: Path, problems: Problems, *, at: str = ""
    ) -> None:
        self.data, self.folder, self.problems, self.at = data, folder, problems, at

    def client(self) -> tuple[Client | None, ClientForm]:
        given = self._mapping("client")
        known = Client.objects.filter(name=given.get("name", "")).first()
        if known:
            self._unknown_keys("client.", given, list(ClientForm.base_fields))
            for key, value in given.items():
                if (stored := getattr(known, key, value)) != value:
                    self._say(f"client.{key}", f"{known} has “{stored}”. Change it there first.")
            return known, ClientForm()
        form = ClientForm(given)
        self._check(form, "client.", given)
        return None, form

    def engagement(self, client: Client | None) -> tuple[Engagement | None, OwnedEngagementForm]:
        given = self._mapping("engagement")
        known = Engagement.objects.filter(code=given.get("code", "")).first()
        if known and known.client != client:
            self._say("engagement.code", f"{known.code} is an engagement of {known.client}.")
        if known:
            self._unknown_keys("engagement.", given, list(OwnedEngagementForm.base_fields))
            return known, OwnedEngagementForm()
        form = OwnedEngagementForm({"currency": "EUR", **given})
        self._check(form, "engagement.", given)
        return None, form

    def head(self) -> RequirementsForm:
        given = {key: value for key, value in self.data.items() if key not in SECTIONS}
        form = RequirementsForm({**CHOSEN, **given})
        self._check(form, self.at, given, known=[*form.fields, *SECTIONS])
        return form

    def lines(self, head: RequirementsForm) -> list[dict[str, Any]]:
        rows = self.data.get("lines")
        if not isinstance(rows, list) or not rows:
            self._say(f"{self.at}lines", "write a list of at least one line of business.")
            return []
        found: list[dict[str, Any]] = []
        for place, row in enumerate(rows, start=1):
            if not isinstance(row, dict):
                self._say(f"{self.at}lines[{place}]", "write keys and values, as in name: Phone.")
            elif line := self._line(row, f"{self.at}lines[{place}].", head.instance):
                found.append(line)
        names = [line["name"] for line in found]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._say(f"{self.at}lines", f"“{name}” names more than one line.")
        return found

    def measures(self, head: RequirementsForm) -> list[SuccessMeasure]:
        """Read the success measures, by the form that asks what is meant by an NPS of 7."""
        rows = self.data.get("measures", [])
        if not isinstance(rows, list):
            self._say(f"{self.at}measures", "write a list of success measures.")
            return []
        found: list[SuccessMeasure] = []
        for place, row in enumerate(rows, start=1):
            path = f"{self.at}measures[{place}]"
            if not isinstance(row, dict):
                self._say(path, "write keys and values, as in name: First-contact resolution.")
                continue
            form = MeasureForm(head.instance, {**_usual_measure(), **row})
            self._check(form, f"{path}.", row, known=[*MeasureForm.base_fields])
            if form.is_valid():
                found.append(form.instance)
        names = [measure.name for measure in found]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._say(f"{self.at}measures", f"“{name}” names more than one measure.")
        return found

    def _line(self, row: dict[str, Any], path: str, head: Requirements) -> dict[str, Any] | None:
        before = len(self.problems)
        files = self._file(row, path)
        data = {**_defaults(), **row}
        for key in [key for key in SWITCHES if key in row]:
            data[key] = SWITCH.get(str(row[key]).lower(), "")
            if not data[key]:
                self._say(f"{path}{key}", "write yes or no.")
        if len(given := [key for key in VOLUMES if key in row]) > 1:
            self._say(f"{path}{given[1]}", f"give either this or {given[0]}, not both.")
        form = ImportedLineForm(head, data, files)
        # Without its file a line lacks a volume, of which enough has been said.
        self._check(form, path, row, silent=set(VOLUMES) if len(self.problems) > before else set())
        if len(self.problems) > before:
            return None
        return {key: value for key, value in form.cleaned_data.items() if key in LINE}

    def _file(self, row: dict[str, Any], path: str) -> dict[str, Any]:
        """Open the file of arrivals, whose name is relative to the YAML file."""
        name = row.get("arrivals")
        if not name:
            return {}
        try:
            content = (self.folder / str(name)).read_bytes()
        except OSError as error:
            self._say(f"{path}arrivals", f"{name} can't be read: {error.strerror}.")
            return {}
        return {"arrivals": SimpleUploadedFile(Path(str(name)).name, content)}

    def _mapping(self, key: str) -> dict[str, Any]:
        given = self.data.get(key)
        if isinstance(given, str) and given and key == "client":
            return {"name": given}
        if not isinstance(given, dict):
            self._say(key, "write its keys below it.")
            return {}
        return given

    def _check(
        self,
        form: Any,
        path: str,
        given: dict[str, Any],
        *,
        known: list[str] | None = None,
        silent: set[str] | None = None,
    ) -> None:
        self._unknown_keys(path, given, known or list(form.fields))
        for key, value in given.items():
            if key in form.fields and key not in STRUCTURED and not isinstance(value, str):
                self._say(f"{path}{key}", "write one value, not a list or further keys.")
                return
        say_errors(self.problems, form, path, silent=silent or set())

    def _unknown_keys(self, path: str, given: dict[str, Any], known: list[str]) -> None:
        for key in given:
            if key not in known:
                self._say(f"{path}{key}", unknown_key(key, known))

    def _say(self, path: str, sentence: str) -> None:
        self.problems.say(path, sentence)


def _defaults() -> dict[str, Any]:
    """Return what a line has where the file is silent: the form's own first values."""
    form = ImportedLineForm(Requirements())
    names = [
        "channel",
        "language_level",
        "tier",
        "concurrency",
        "service_level",
        "threshold_s",
        "max_occupancy",
        "shrinkage",
        "service_level_of",
        "weekly_paid_hours",
        "slowdown",
        "volume_per",
    ]
    return {name: str(form.get_initial_for_field(form.fields[name], name)) for name in names}


def _usual_measure() -> dict[str, str]:
    """Return what a measure has where the file is silent: it is looked at each month."""
    fields = SuccessMeasure._meta
    return {name: str(fields.get_field(name).get_default()) for name in ("direction", "window")}  # type: ignore[union-attr]
