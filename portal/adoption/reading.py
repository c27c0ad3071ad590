"""Reads a whole file, part by part, each with what the parts before it have made."""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms

from core import people
from core.models import User, UserKind
from core.workflow import StepRefused
from engagements.forms import PersonForm
from engagements.imports import Reader
from engagements.models import Client, ClientPerson, Engagement, LineOfBusiness, Requirements
from portal.adoption import histories
from portal.adoption.file import File
from portal.adoption.hiring import Applications, Hiring
from portal.adoption.histories import Told
from portal.adoption.schema import say_shape
from portal.adoption.seats import Seats
from portal.adoption.teaching import Teaching

OWN_KEYS = {
    "client": {"people"},
    "engagement": {"state", "since", "history"},
    "requirements": {"accepted_on", "accepted_by"},
}
DECIDES = "Client approver"


class Reading:
    """What a file says, as rows that are not saved yet; `file.problems` is all that is wrong.

    Accounts of the client's people are made while reading, since steps may have been theirs: the
    caller's transaction takes them back if the file is not taken over.
    """

    known: Engagement | None = None
    requirements: Requirements
    hiring: Hiring
    teaching: Teaching
    seats: Seats

    def __init__(self, file: File, folder: Path) -> None:
        self.file = file
        say_shape(file.data, file.problems)
        without = {name: self._without_own_keys(name) for name in OWN_KEYS}
        requirements = without.pop("requirements")
        data = {**(requirements if isinstance(requirements, dict) else {}), **without}
        self.reader = Reader(data, folder, file.problems, at="requirements.")

    def _without_own_keys(self, name: str) -> Any:
        given = self.file.data.get(name)
        if not isinstance(given, dict):
            return given
        return {key: value for key, value in given.items() if key not in OWN_KEYS[name]}

    def read(self) -> None:
        """Read all of it; where the engagement is known already, no more than that it is."""
        client, client_form = self.reader.client()
        self.known, form = self.reader.engagement(client)
        if self.known:
            return
        file = self.file
        file.client = client or client_form.instance
        if client is None and not client_form.errors:
            file.client.save()
        file.people = self._staff()
        self._client_people()
        file.engagement = form.instance
        file.engagement.client = file.client
        agreed = self._engagement()
        lines = self._requirements()
        self.hiring = Hiring(file, lines)
        self.hiring.read()
        self.teaching = Teaching(file)
        self.teaching.read()
        self.seats = Seats(file, lines, self.hiring, self.teaching, agreed)
        self.seats.read(self.requirements)
        Applications(file, self.hiring).read()

    def _staff(self) -> dict[str, Any]:
        rows = User.objects.filter(kind=UserKind.STAFF).select_related("actor")
        return {row.email: row.actor for row in rows}

    def _client_people(self) -> None:
        """Give the client's people accounts, and write to none of them."""
        file = self.file
        if file.client.pk:
            for person in ClientPerson.objects.filter(client=file.client):
                file.people[person.user.email] = person.user.actor
        # Where the client can't be made, its people are checked all the same.
        client = file.client if file.client.pk else Client(pk=0, name=file.client.name)
        given = file.data.get("client")
        for path, row in file.rows("people", given if isinstance(given, dict) else {}, "client."):
            form: forms.Form = file.form(
                PersonForm, path, {"may_decide": "yes", **row}, client=client
            )
            if form.errors or not file.client.pk:
                file.people[str(row.get("email")).lower()] = file.by
                continue
            if user := self._client_person(path, form.cleaned_data):
                ClientPerson.objects.get_or_create(user=user, defaults={"client": file.client})
                file.people[user.email] = user.actor

    def _client_person(self, path: str, data: dict[str, Any]) -> User | None:
        """Return whom a row names. Who has an account keeps it as it is: a file lets nobody who
        only looks on decide, nor the other way round."""
        user = User.objects.filter(email=data["email"], kind=UserKind.CLIENT).first()
        if user is not None:
            roles = ", ".join(user.groups.order_by("name").values_list("name", flat=True))
            said = f"known already as {roles or 'somebody without a role'}, and left as they are."
            self.file.note(path, said)
            return user
        role = DECIDES if data["may_decide"] else "Client viewer"
        try:
            return people.enter(email=data["email"], name=data["name"], role=role)
        except StepRefused as refusal:
            self.file.say(f"{path}.email", str(refusal))
            return None

    def _engagement(self) -> Told | None:
        """Read what became of the engagement, and return when it was agreed, if that is known."""
        given = self.file.data.get("engagement")
        given = given if isinstance(given, dict) else {}
        told = histories.read(self.file, "engagement", given, Engagement)
        self.file.tell(self.file.engagement, histories.lines(self.file, told))
        return histories.day_of(told, "agree")

    def _requirements(self) -> dict[str, LineOfBusiness]:
        """Read what the client needs, as accepted; return its lines by their name."""
        file = self.file
        head = self.reader.head()
        self.requirements = head.instance
        self.requirements.engagement = file.engagement
        file.engagement.go_live_on = self.requirements.go_live_on
        given = file.data.get("requirements")
        given = given if isinstance(given, dict) else {}
        day: date | None = file.day("requirements", given, "accepted_on")
        by = file.actor("requirements", given, "accepted_by")
        accepted = Told("accept", day, "requirements.accepted_on", by)
        submitted = Told("submit", note=histories.UNKNOWN, details={"frozen": None, "sha256": ""})
        file.tell(self.requirements, histories.lines(file, [submitted, accepted]))
        for position, measure in enumerate(self.reader.measures(head), start=1):
            measure.requirements, measure.position = self.requirements, position
            file.book.add(measure)
        found: dict[str, LineOfBusiness] = {}
        for position, values in enumerate(self.reader.lines(head), start=1):
            row = LineOfBusiness(requirements=self.requirements, position=position, **values)
            found[row.name] = file.book.add(row)
        return found
