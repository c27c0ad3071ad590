"""By what people are chosen and for which seats; who they are, and how far they came."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from core.models import User
from core.places import CountryField
from engagements.models import LineOfBusiness
from portal.adoption import histories
from portal.adoption.file import DAY, File, Given
from portal.adoption.histories import Told
from recruiting.actions.imports import known_among
from recruiting.forms import CandidateForm, ItemForm
from recruiting.models import Application, Candidate, CriteriaSet, Criterion, Fact, Requisition
from recruiting.models.candidates import sort_key
from recruiting.models.stages import ACTIVE
from recruiting.resumes import Person
from vendors.models import Vendor

GOES_ON = ["open", "on_hold"]


class CriteriaForm(forms.ModelForm[CriteriaSet]):
    class Meta:
        model = CriteriaSet
        fields = ["title", "role"]


class OrderForm(forms.ModelForm[Requisition]):
    """A requisition as a file names it: its recruiter by e-mail, its number our own."""

    country = CountryField()
    recruiter = forms.ModelChoiceField(
        User.objects.filter(
            Q(groups__permissions__codename="move_application"), is_active=True
        ).distinct(),
        to_field_name="email",
        error_messages={
            "invalid_choice": "“%(value)s” is not the e-mail of one of our recruiters."
        },
    )
    target_on = DAY

    class Meta:
        model = Requisition
        fields = [
            "number",
            "title",
            "role",
            "recruiter",
            "country",
            "place",
            "description",
            "monthly_salary_from",
            "monthly_salary_to",
            "target_on",
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high = data.get("monthly_salary_from"), data.get("monthly_salary_to")
        if (low is None) != (high is None) and not {"monthly_salary_to"} & set(self.errors):
            self.add_error("monthly_salary_to", "give both ends of the band, or neither.")
        elif low is not None and high is not None and high < low:
            self.add_error("monthly_salary_to", "this is less than where the band begins.")
        return data

    def validate_constraints(self) -> None:
        """`clean` has said in its own words what the constraints say."""


class Hiring:
    """Reads criteria, requisitions, people and applications, in this order."""

    def __init__(self, file: File, lines: dict[str, LineOfBusiness]) -> None:
        self.file, self.lines = file, lines
        self.sets: dict[str, CriteriaSet] = {}
        self.requisitions: dict[str, Requisition] = {}
        self.states: dict[str, object] = {}
        self.opened: dict[str, Told | None] = {}
        self.people: dict[str, Candidate] = {}
        self.consented: dict[str, tuple[date | None, str]] = {}
        self.known: set[str] = set()
        self.found: dict[str, Candidate] = {}
        self.agreed_now: list[Candidate] = []
        self.vendors = {vendor.name: vendor for vendor in Vendor.objects.all()}
        self.paths: dict[str, str] = {}

    def read(self) -> None:
        for path, row in self.file.rows("criteria"):
            self._criteria(path, row)
        for path, row in self.file.rows("requisitions"):
            self._requisition(path, row)
        people = list(self.file.rows("people"))
        self.found = known_among(
            Person(str(row.get("name")), str(row.get("email")).lower()) for _, row in people
        )
        for path, row in people:
            self._person(path, row)
        self._note_namesakes()

    def _criteria(self, path: str, given: Given) -> None:
        file = self.file
        form = file.form(CriteriaForm, path, given)
        row: CriteriaSet = form.instance
        row.engagement = file.engagement
        if row.title in self.sets:
            file.say(f"{path}.title", "criteria of this title stand in the file twice.")
        self.sets[str(given.get("title"))] = row
        day = file.day(path, given, "approved_on")
        by = file.actor(path, given, "approved_by")
        told = [
            Told("send", note=histories.UNKNOWN),
            Told("approve", day, f"{path}.approved_on", by, details={"frozen": None, "sha256": ""}),
        ]
        items = [self._item(where, item) for where, item in file.rows("items", given, f"{path}.")]
        weights = [item.weight for item in items if item.kind == Criterion.Kind.WEIGHTED]
        if weights and sum(weights) != 100:
            file.say(f"{path}.items", f"the weights add up to {sum(weights)}, not to 100.")
        file.tell(row, histories.lines(file, told))
        for place, item in enumerate(items):
            item.criteria_set, item.position = row, place
            item.answer, item.answered_by = Criterion.Answer.APPROVED, by
            item.answered_at = file.at(day) if day else None
            file.book.add(item)

    def _item(self, path: str, given: Given) -> Criterion:
        return self.file.form(ItemForm, path, {"weight": "0", **given}).instance

    def _requisition(self, path: str, given: Given) -> None:
        file = self.file
        form = file.form(OrderForm, path, given)
        row: Requisition = form.instance
        number = str(given.get("number"))
        if number in self.requisitions:
            file.say(f"{path}.number", f"“{number}” stands in the file twice.")
        self.requisitions[number], self.paths[number] = row, path
        row.engagement = file.engagement
        row.line = file.meant(path, given, "line", self.lines, "line of business")
        if found := file.meant(path, given, "criteria", self.sets, "criteria set"):
            row.criteria_set = found
            if found.role != row.role:
                file.say(f"{path}.criteria", f"these are for the role {found.role}.")
        row.has_assessment = given.get("has_assessment", "no") == "yes"
        row.has_client_review = given.get("has_client_review", "yes") == "yes"
        told = histories.read(file, path, given, Requisition)
        self.states[number] = given.get("state")
        self.opened[number] = histories.day_of(told, "approve")
        file.tell(row, histories.lines(file, told))

    def _person(self, path: str, given: Given) -> None:
        email = str(given.get("email")).lower()
        if email in self.people:
            self.file.say(f"{path}.email", f"{email} stands in the file twice.")
            return
        self.paths[email] = path
        consent = given.get("consent")
        consent = consent if isinstance(consent, dict) else {}
        agreed = self.file.day(f"{path}.consent", consent, "on")
        self.consented[email] = (agreed, str(consent.get("basis", "")))
        if known := self.found.get(email):
            self._known_person(path, given, known, agreed)
            return
        row = self._new_person(path, given, agreed, str(consent.get("notice", "")))
        self.people[email] = row
        facts = given.get("facts")
        for skill, level in (facts if isinstance(facts, dict) else {}).items():
            self._fact(f"{path}.facts.{skill}", row, skill, level)

    def _known_person(self, path: str, given: Given, known: Candidate, agreed: date | None) -> None:
        """Take who is known as they are. Another name may mean that it is somebody else.

        That they agreed is added where nobody had asked them yet.
        """
        email = known.email
        if sort_key(str(given.get("name"))) != known.sort_name:
            self.file.say(
                f"{path}.name",
                f"{email} is {known.code} here, of another name. Correct one of the two first.",
            )
        self.people[email] = known
        self.known.add(email)
        if known.consented_at:
            self.consented[email] = (known.consented_at.date(), "")
        elif agreed:
            known.notice_version = str(given["consent"].get("notice", ""))[:20]
            known.consented_at = self.file.at(agreed)
            self.agreed_now.append(known)
        self.file.note(path, f"known already as {known.code}, and left as they are.")

    def _new_person(self, path: str, given: Given, agreed: date | None, notice: str) -> Candidate:
        file = self.file
        row: Candidate = file.form(CandidateForm, path, {"language": "en", **given}).instance
        if len(notice) > 20:
            file.say(f"{path}.consent.notice", "name the notice in up to 20 characters.")
        row.sort_name = sort_key(row.name)
        row.source, row.created_at = Candidate.Source.IMPORT, file.now
        if agreed and notice:
            row.notice_version, row.consented_at = notice[:20], file.at(agreed)
            row.created_at = row.consented_at
        if "vendor" in given:
            row.source = Candidate.Source.VENDOR
            row.vendor = file.meant(path, given, "vendor", self.vendors, "vendor")
        return file.book.add(row)

    def _fact(self, path: str, row: Candidate, skill: str, level: object) -> None:
        if not isinstance(level, str):
            return
        if len(skill) > 100 or len(level) > 50:
            self.file.say(path, "a skill has up to 100 characters, its level up to 50.")
            return
        source = f"import {self.file.name}"[:100]
        self.file.book.add(
            Fact(candidate=row, skill=skill, level=level, source=source, at=self.file.now)
        )

    def cite_consent(self, told: list[Told], email: str) -> None:
        """Say in the history on what their consent rests, when they applied."""
        _, basis = self.consented.get(email, (None, ""))
        for each in told if basis else []:
            if each.step == "apply":
                each.note = f"{each.note} Consent: {basis}".strip()

    def _note_namesakes(self) -> None:
        """Say who has the name of somebody known by another address: it may be the same person."""
        new = {
            row.sort_name: email for email, row in self.people.items() if email not in self.known
        }
        for row in Candidate.objects.filter(sort_name__in=new).order_by("pk"):
            path = self.paths[new[row.sort_name]]
            self.file.note(path, f"{row.code} bears the same name, with another address.")


class Applications:
    """Reads who is on the way, and who came to its end without being hired."""

    def __init__(self, file: File, hiring: Hiring) -> None:
        self.file, self.hiring = file, hiring
        self.active: dict[tuple[str, str], str] = {}

    def read(self) -> None:
        for path, row in self.file.rows("applications"):
            self._application(path, row)

    def _application(self, path: str, given: Given) -> None:
        file, hiring = self.file, self.hiring
        person = file.meant(path, _lower(given), "person", hiring.people, "person")
        requisition = file.meant(path, given, "requisition", hiring.requisitions, "requisition")
        told = histories.read(file, path, given, Application)
        hiring.cite_consent(told, str(given.get("person")).lower())
        if person is None or requisition is None:
            return
        self._check(path, given, requisition, told)
        began = _first_day(told) or file.day(path, given, "since")
        row = application_of(person, requisition)
        row.created_at = file.at(began) if began else file.now
        file.tell(row, histories.lines(file, told))
        last = next((each.day for each in reversed(told) if each.day), began)
        values: Given = {"moved_at": file.at(last)} if last else {}
        file.book.afterwards(row, **values, **self._decision(path, given, told))

    def _check(self, path: str, given: Given, requisition: Requisition, told: list[Told]) -> None:
        file, hiring, number = self.file, self.hiring, str(given.get("requisition"))
        state, email = given.get("state"), str(given.get("person")).lower()
        steps = {each.step: each for each in told}
        if state in ACTIVE:
            if hiring.states[number] not in GOES_ON:
                file.say(f"{path}.requisition", f"{number} is not open: end the application.")
            other = self.active.setdefault((email, number), path)
            if other != path:
                file.say(f"{path}.person", f"{other} is open for {number} as well.")
        if steps.keys() - {"reject", "withdraw", "hold", "resume"} and not self._agreed(email):
            file.say(
                f"{path}.person",
                f"who has applied agreed to a notice: give the consent of {email} in people, "
                "or let the application be sourced.",
            )
        for step, has, name in [
            ("assess", requisition.has_assessment, "assessment"),
            ("put_forward", requisition.has_client_review, "client review"),
        ]:
            if step in steps and not has:
                file.say(steps[step].where or f"{path}.state", f"{number} has no {name}.")

    def _agreed(self, email: str) -> bool:
        agreed, _ = self.hiring.consented.get(email, (None, ""))
        return agreed is not None

    def _decision(self, path: str, given: Given, told: list[Told]) -> Given:
        """Return what the client said of somebody put before them."""
        decision = given.get("client_decision")
        steps = [each.step for each in told]
        if not isinstance(decision, dict):
            if "put_forward" in steps and "offer" in steps:
                self.file.say(
                    f"{path}.client_decision",
                    "it went on from the client's review: write what the client said.",
                )
            return {}
        if "put_forward" not in steps:
            self.file.say(f"{path}.client_decision", "nobody put them before the client.")
        where = f"{path}.client_decision"
        if decision.get("answer") == "declined" and not decision.get("comment"):
            self.file.say(f"{where}.comment", "say in a sentence why.")
        day = self.file.day(where, decision, "on")
        by = self.file.actor(where, decision)
        return {
            "client_decision": decision.get("answer", ""),
            "client_comment": str(decision.get("comment", "")),
            "client_decided_by": by,
            "client_decided_at": self.file.at(day) if day else None,
        }


def application_of(person: Candidate, requisition: Requisition) -> Application:
    return Application(
        candidate=person,
        requisition=requisition,
        criteria_set=getattr(requisition, "criteria_set", None),
        source=person.source,
        vendor=person.vendor,
    )


def _lower(given: Given) -> Given:
    return {**given, "person": str(given.get("person")).lower()}


def _first_day(told: list[Told]) -> date | None:
    return next((each.day for each in told if each.day), None)
