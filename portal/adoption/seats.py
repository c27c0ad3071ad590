"""Seats, and who is in each: one chain from the application to the certificate.

What moves a seat is what happens elsewhere: the agreement, a requisition, an offer, a class. So
its history is not written twice in a file; it follows from theirs.
"""

from collections import Counter
from datetime import date

from django import forms

from core.places import LanguageField
from engagements.models import LineOfBusiness, Requirements, Seat, StaffingPlan, Team
from engagements.models.engagements import BEFORE_AGREEMENT
from portal.adoption import histories
from portal.adoption.file import DAY, File, Given
from portal.adoption.hiring import Hiring
from portal.adoption.histories import Told
from portal.adoption.seated import Seated, Stay
from portal.adoption.teaching import Teaching
from recruiting.models import Requisition
from vendors.models import Site

WAY = ["planned", "approved", "requisitioned", "reserved", "in_training", "nesting", "live"]
STEPS = ["approve", "requisition", "reserve", "train", "nest", "go_live"]
TAKEN = WAY[3:]
SAYS_SINCE = {"nesting", "live", "vacated"}
SAID_ELSEWHERE = {
    "planned": "nothing has happened to it yet.",
    "reserved": "it is since its person was hired.",
    "in_training": "it is since the first day of the class.",
}


class PlaceForm(forms.ModelForm[Seat]):
    number = forms.CharField(max_length=20)
    language = LanguageField(required=False)
    starts_on = DAY

    class Meta:
        model = Seat
        fields = ["number", "role", "language", "starts_on"]


class Seats:
    def __init__(
        self,
        file: File,
        lines: dict[str, LineOfBusiness],
        hiring: Hiring,
        teaching: Teaching,
        agreed: Told | None,
    ) -> None:
        self.file, self.lines, self.agreed = file, lines, agreed
        self.hiring, self.teaching = hiring, teaching
        self.plan = StaffingPlan(engagement=file.engagement, version=1)
        self.teams: dict[str, Team] = {}
        self.lines_of: dict[str, set[str]] = {}
        self.sites = {site.name: site for site in Site.objects.select_related("vendor")}
        self.seated = Seated(file, hiring, teaching)
        # By the number of their requisition: seats, and in which state they are.
        self.asked: dict[str, list[tuple[Seat, str]]] = {}
        self.numbers: set[str] = set()
        self.states: Counter[str] = Counter()

    def read(self, requirements: Requirements) -> None:
        for place, (path, row) in enumerate(self.file.rows("seats"), start=1):
            self._seat(path, row, place, requirements)
        self.teaching.check_places()
        self._check_requisitions()
        self._check_engagement()

    def _seat(self, path: str, given: Given, place: int, requirements: Requirements) -> None:
        file, state = self.file, str(given.get("state"))
        line = file.meant(path, given, "line", self.lines, "line of business")
        usual = {
            "number": f"{file.engagement.code}-{place:03}",
            "language": line.language if line else "",
            "starts_on": str(requirements.go_live_on or ""),
        }
        row: Seat = file.form(PlaceForm, path, {**usual, **given}).instance
        if row.number in self.numbers:
            file.say(f"{path}.number", f"“{row.number}” stands in the file twice.")
        self.numbers.add(row.number)
        row.engagement, row.plan, row.line = file.engagement, self.plan, line
        row.team = self._team(path, given, line)
        row.site = file.meant(path, given, "site", self.sites, "site")
        self.states[state] += 1
        requisition = self._requisition(path, given, state, row)
        since = self._since(path, given, state)
        person = given.get("person")
        person = person if isinstance(person, dict) else {}
        self._check_person(path, given, state)
        told = self._told(path, given, state, since)
        if person:
            self.seated.read(f"{path}.person", person, Stay(row, requisition, state, since, told))
        if not told or any(each.day for each in told):
            file.tell(row, histories.lines(file, told))
        elif not any(map(file.problems.about, [path, "engagement", "requisitions"])):
            file.say(f"{path}.since", f"write since when it is {state}.")

    def _team(self, path: str, given: Given, line: LineOfBusiness | None) -> Team | None:
        """Return the team of that name. It is of a line where all its seats that have one are."""
        name = given.get("team")
        if not isinstance(name, str) or not name:
            return None
        if len(name) > 100:
            self.file.say(f"{path}.team", "a team's name has up to 100 characters.")
        team = self.teams.get(name)
        if team is None:
            team = Team(engagement=self.file.engagement, name=name)
            self.teams[name] = self.file.book.add(team)
        if line:
            named = self.lines_of.setdefault(name, set())
            named.add(line.name)
            team.line = line if len(named) == 1 else None
        return team

    def _requisition(self, path: str, given: Given, state: str, row: Seat) -> Requisition | None:
        file = self.file
        if "requisition" not in given:
            if state in WAY[2:]:
                file.say(f"{path}.requisition", "write by which requisition it was asked for.")
            return None
        if state in WAY[:2]:
            file.say(f"{path}.requisition", f"a seat that is {state} is asked for by none.")
        number = str(given["requisition"])
        found = file.meant(path, given, "requisition", self.hiring.requisitions, "requisition")
        if found is not None:
            self.asked.setdefault(number, []).append((row, state))
            if found.role != row.role:
                file.say(f"{path}.role", f"{number} asks for the role {found.role}.")
        return found

    def _since(self, path: str, given: Given, state: str) -> date | None:
        if state in SAYS_SINCE and "since" not in given:
            self.file.say(f"{path}.since", f"write since when it is {state}.")
        if state in SAID_ELSEWHERE and "since" in given:
            self.file.say(f"{path}.since", f"leave it out: {SAID_ELSEWHERE[state]}")
            return None
        return self.file.day(path, given, "since")

    def _check_person(self, path: str, given: Given, state: str) -> None:
        if state in TAKEN and "person" not in given:
            self.file.say(f"{path}.person", f"somebody is in a seat that is {state}: write who.")
        if state in WAY[:3] and "person" in given:
            self.file.say(f"{path}.person", f"nobody is in a seat that is {state}.")

    def _told(self, path: str, given: Given, state: str, since: date | None) -> list[Told]:
        """Return the seat's own steps; what happens to the person in it puts in its days."""
        if state not in [*WAY, "vacated"]:
            return []
        names = STEPS[: WAY.index(state)] if state in WAY else [*STEPS[:3], "vacate"]
        told = [Told(name) for name in names]
        opened = self.hiring.opened.get(str(given.get("requisition")))
        known = {"approve": self.agreed, "requisition": opened}
        for each in told:
            if found := known.get(each.step):
                each.day, each.where = found.day, found.where
        if told and since:
            told[-1].day, told[-1].where = since, f"{path}.since"
            if state == "vacated":
                told[-1].details = {"on": since}
        return told

    def _check_requisitions(self) -> None:
        """A requisition is open while one of its seats waits, and filled once none does."""
        for number, state in self.hiring.states.items():
            path = f"{self.hiring.paths[number]}.state"
            waits = any(state == "requisitioned" for _, state in self.asked.get(number, []))
            if state == "open" and not waits:
                self.file.say(path, "no seat waits for it: it is filled.")
            if state in {"filled", "closed", "cancelled"} and waits:
                self.file.say(path, f"it is {state}, but a seat still waits for it.")

    def _check_engagement(self) -> None:
        state = str(self.file.data.get("engagement", {}).get("state"))
        begun = sum(n for name, n in self.states.items() if name != "planned")
        taken = sum(self.states[name] for name in TAKEN)
        if state in BEFORE_AGREEMENT and begun:
            self.file.say("engagement.state", f"it is {state}, but {begun} seats are agreed.")
        if state in {"closed", "lost"} and taken:
            self.file.say("engagement.state", f"it is {state}, but {taken} people have seats.")
        if state == "live" and not self.states["live"]:
            self.file.say("engagement.state", "it is live, but no seat is.")
