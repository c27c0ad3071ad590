"""Programmes and classes: what people at work were taught, and what others are being taught."""

from collections import Counter
from datetime import date
from typing import Any

from django import forms

from core.models import User
from portal.adoption import histories
from portal.adoption.file import DAY, File, Given
from portal.adoption.histories import Told
from training.forms import TEACHES, ProgrammeForm
from training.models import Certificate, Programme, TrainingClass

# In which states of a class somebody can be whose seat is in this one.
CLASS_OF = {
    "reserved": ["open"],
    "in_training": ["running"],
    "nesting": ["running"],
    "live": ["running", "completed"],
    "vacated": ["running", "completed"],
}


class CourseForm(forms.ModelForm[TrainingClass]):
    """A class as a file names it: its trainer by e-mail."""

    trainer = forms.ModelChoiceField(
        User.objects.filter(is_active=True, groups__name__in=TEACHES).distinct(),
        to_field_name="email",
        error_messages={"invalid_choice": "“%(value)s” is not the e-mail of one of our trainers."},
    )
    starts_on = DAY
    ends_on = DAY
    places = forms.IntegerField(min_value=1)

    class Meta:
        model = TrainingClass
        fields = ["name", "trainer", "starts_on", "ends_on", "places"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "the last day is before the first.")
        return data

    def validate_constraints(self) -> None:
        """`clean` has said in its own words what the constraints say."""


class CertificateForm(forms.ModelForm[Certificate]):
    issued_on = DAY
    expires_on = DAY
    number = forms.CharField(max_length=30, required=False)

    class Meta:
        model = Certificate
        fields = ["number", "issued_on", "expires_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        issued, expires = data.get("issued_on"), data.get("expires_on")
        if issued and expires and expires <= issued:
            self.add_error("expires_on", "it would end before it begins.")
        return data


class Teaching:
    """Reads programmes, then the classes that go through them."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.programmes: dict[str, Programme] = {p.name: p for p in Programme.objects.all()}
        self.classes: dict[str, TrainingClass] = {}
        self.states: dict[str, str] = {}
        self.paths: dict[str, str] = {}
        self.taken: Counter[str] = Counter()

    def read(self) -> None:
        named: set[str] = set()
        for path, row in self.file.rows("programmes"):
            name = str(row.get("name"))
            if name in named:
                self.file.say(f"{path}.name", f"“{name}” stands in the file twice.")
            named.add(name)
            self._programme(path, row)
        for path, row in self.file.rows("classes"):
            self._class(path, row)

    def _programme(self, path: str, given: Given) -> None:
        known = self.programmes.get(str(given.get("name")))
        if known is None:
            form = self.file.form(ProgrammeForm, path, {"certificate_months": "12", **given})
            self.programmes[str(given.get("name"))] = self.file.book.add(form.instance)
            return
        for key, value in given.items():
            if str(stored := getattr(known, key)) != value:
                self.file.say(f"{path}.{key}", f"{known} has “{stored}”. Change it there first.")

    def _class(self, path: str, given: Given) -> None:
        file, name = self.file, str(given.get("name"))
        row: TrainingClass = file.form(CourseForm, path, {"places": "15", **given}).instance
        if name in self.classes:
            file.say(f"{path}.name", f"“{name}” stands in the file twice.")
        self.classes[name], self.paths[name] = row, path
        self.states[name] = str(given.get("state"))
        row.engagement = file.engagement
        if found := file.meant(path, given, "programme", self.programmes, "programme"):
            row.programme = found
        file.tell(row, histories.lines(file, self._told(path, given, self.states[name])))

    def _told(self, path: str, given: Given, state: str) -> list[Told]:
        """A class starts on its first day, and is completed on its last unless the file says."""
        file = self.file
        if state not in {"open", "running", "completed"}:
            return []
        if state == "open":
            if "since" not in given:
                file.say(f"{path}.since", "write since when people can be enrolled.")
            return [Told("open", file.day(path, given, "since"), f"{path}.since")]
        told = [
            Told("open"),
            Told("start", file.day(path, given, "starts_on"), f"{path}.starts_on"),
        ]
        if state == "completed":
            key = "since" if "since" in given else "ends_on"
            told.append(Told("complete", file.day(path, given, key), f"{path}.{key}"))
        return told

    def class_of(self, path: str, given: Given, seat_state: str) -> TrainingClass | None:
        """Return the class of somebody in a seat, in whose state there must be such people."""
        found = self.file.meant(path, given, "class", self.classes, "class")
        if found is None:
            if "class" not in given and seat_state in {"in_training", "nesting"}:
                self.file.say(f"{path}.class", "write in which class they are.")
            return None
        name = str(given["class"])
        self.taken[name] += seat_state != "vacated"
        if self.states[name] not in (possible := CLASS_OF.get(seat_state, [])):
            self.file.say(
                f"{path}.class",
                f"{name} is {self.states[name]}: who is {seat_state.replace('_', ' ')} "
                f"is in one that is {' or '.join(possible)}.",
            )
        return found

    def check_places(self) -> None:
        for name, count in self.taken.items():
            places = self.classes[name].places
            if places and count > places:
                path = f"{self.paths[name]}.places"
                self.file.say(path, f"there are {places}, and {count} people in it.")

    def certificate(
        self, path: str, given: Given, course: TrainingClass, since: date | None
    ) -> Certificate | None:
        """Return the certificate of somebody at work: from the day they went live, if not said."""
        at = f"{path}.certificate"
        written = given.get("certificate")
        written = written if isinstance(written, dict) else {}
        issued = self.file.day(at, written, "issued_on") if "issued_on" in written else since
        if issued is None:
            return None
        until = {}
        if getattr(course, "programme", None) and course.programme.certificate_months:
            until = {"expires_on": course.programme.expires_on(issued).isoformat()}
        values = {**until, "issued_on": issued.isoformat(), **written}
        row: Certificate = self.file.form(CertificateForm, at, values).instance
        numbers = {each.number for each in self.file.book.rows[Certificate]}
        if row.number and row.number in numbers:
            self.file.say(f"{at}.number", f"“{row.number}” stands in the file twice.")
        return row
