"""The pages that `make bench` looks at, found in whatever database it is given."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from core import lists, service_accounts
from core.lists.declared import declared
from core.models import User
from engagements.models import ClientPerson, Engagement, Seat
from portal.demo.people import SIGN_INS
from recruiting.models import Application, Candidate, Requisition
from recruiting.models.stages import ACTIVE
from training.models import TrainingClass

HOMES = ["hr", "recruiter", "bizdev", "delivery", "trainer", "qa", "admin"]
STAFF_LISTS_OF = ["hr", "admin"]  # between them they may see every list of ours


@dataclass(frozen=True)
class Page:
    """What is asked for: by whom, where, and how; with a `back`, both are posted in turn."""

    kind: str
    name: str
    who: str
    path: str
    back: str = ""  # a step has one that undoes it
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """Chooses rows of the usual size, the same ones every time, and names their pages."""

    @cached_property
    def users(self) -> dict[str, User]:
        found = {key: User.objects.get(email=SIGN_INS[key][0]) for key in SIGN_INS}
        return found | {"client": self.client}

    @cached_property
    def client(self) -> User:
        """Who decides for the client with most candidates before it."""
        waiting = Count(
            "client__engagements__requisitions__applications",
            filter=Q(client__engagements__requisitions__applications__state="client_review"),
        )
        people = ClientPerson.objects.annotate(n=waiting).order_by("-n", "pk")
        return people.select_related("user")[0].user

    def _open(self) -> Any:
        shown = Count("applications", filter=Q(applications__state__in=[*ACTIVE, "hired"]))
        return Requisition.objects.open().annotate(shown=shown).order_by("-shown", "pk")

    @cached_property
    def busiest(self) -> Requisition:
        return self._open()[0]

    @cached_property
    def requisition(self) -> Requisition:
        """An open one of the usual size: the fullest but the open call."""
        rows = self._open().exclude(engagement__code="SC-0")
        return rows.first() or self.busiest

    @cached_property
    def application(self) -> Application:
        """One in the interview, with its scorecards."""
        rows = self.requisition.applications.annotate(n=Count("scorecards"), k=Count("log"))
        return rows.filter(state="interview").order_by("-n", "-k", "pk")[0]

    @cached_property
    def candidate(self) -> Candidate:
        """One who applied more than once."""
        rows = Candidate.objects.annotate(n=Count("applications"))
        return rows.order_by("-n", "pk")[0]

    def pages(self) -> Iterator[Page]:
        yield from self._homes()
        yield from self._boards()
        yield from self._lists()
        yield from self._single()
        yield from self._steps()
        yield from self._searches()
        yield from self._api()

    def _homes(self) -> Iterator[Page]:
        home = reverse("portal:home")
        for who in HOMES:
            yield Page("home", f"Home: {who}", who, home)
        for route in ("decisions", "candidates", "progress", "documents"):
            yield Page("portal", f"Client: {route}", "client", reverse(f"portal:{route}"))
        for route in ("requisitions", "candidates", "documents"):
            path = reverse(f"portal:vendor_{route}")
            yield Page("portal", f"Vendor: {route}", "levante", path)

    def _boards(self) -> Iterator[Page]:
        board = reverse("recruiting:board", args=[self.requisition.pk])
        yield Page("board", "Board", "recruiter", board)
        fullest = reverse("recruiting:board", args=[self.busiest.pk])
        yield Page("crowd", "Board of the open call", "recruiter", fullest)

    def _lists(self) -> Iterator[Page]:
        parents: dict[Any, Any] = {Requisition: self.requisition, Engagement: self.engagement}
        for listed in declared():
            who = next((who for who in STAFF_LISTS_OF if self._may(listed, who)), "")
            if not who or listed.within not in {None, *parents}:
                continue
            parent = parents[listed.within] if listed.within else None
            path = listed(None, parent).address()
            yield Page("list", f"List: {listed.key}", who, path)
        people = reverse("recruiting:candidates")
        for name, query in {
            "by name": "q=mari",
            "who speak French": "speaks=French",
            "newest first": "sort=-created",
            "page 20": "page=20",
        }.items():
            yield Page("list", f"Candidates {name}", "recruiter", f"{people}?{query}")
        within = reverse("recruiting:applications", args=[self.busiest.pk])
        yield Page("list", "Applications of the open call", "recruiter", within)

    def _may(self, listed: type[lists.List[Any]], who: str) -> bool:
        return listed(self.users[who].actor).is_visible()

    @property
    def engagement(self) -> Engagement:
        return self.requisition.engagement

    def _single(self) -> Iterator[Page]:
        seat = Seat.objects.filter(engagement=self.engagement).order_by("pk")[0]
        taught = TrainingClass.objects.order_by("pk").first()
        shown: dict[str, tuple[str, Any]] = {
            "candidate": ("Candidate", self.candidate),
            "engagement": ("Engagement", self.engagement),
            "application": ("Application", self.application),
            "requisition": ("Requisition", self.requisition),
            "seat": ("Seat", seat),
        }
        for kind, (name, row) in shown.items():
            yield Page(kind, name, "hr", row.get_absolute_url())
        if taught is not None:
            yield Page("class", "Class", "trainer", taught.get_absolute_url())

    def _steps(self) -> Iterator[Page]:
        hold, resume = (
            reverse("core:step", args=["recruiting.Application", self.application.pk, step])
            for step in ("hold", "resume")
        )
        yield Page("step", "Step: hold, resume", "recruiter", hold, resume)
        htmx = {"HX-Request": "true"}
        yield Page("step", "Step on a card (htmx)", "recruiter", hold, resume, htmx)

    def _searches(self) -> Iterator[Page]:
        search = reverse("core:search")
        person = self.candidate
        for name, q in {
            "beginning of a name": person.name[:3],
            "two words": person.name,
            "address": person.email,
            "code": person.code,
            "requisition": self.requisition.number,
            "nothing there": "zzyzx",
        }.items():
            path = f"{search}?q={q}"
            yield Page("search", f"Search: {name}", "hr", path, headers={"HX-Request": "true"})
        yield Page("search", "Search page: a name", "hr", f"{search}?q={person.name[:3]}")

    def _api(self) -> Iterator[Page]:
        bearer = {"Authorization": f"Bearer {self._token()}"}
        for kind in ("candidates", "applications", "seats", "requisitions"):
            yield Page("api", f"API: {kind}", "", f"/api/v1/{kind}", headers=bearer)

    def _token(self) -> str:
        admin = self.users["admin"]
        _, token = service_accounts.create(
            name=f"bench {timezone.now()}",
            owner=admin,
            scopes=[scope.name for scope in service_accounts.scopes()],
            days=1,
            by=admin.actor,
            requests_per_minute=100_000,
        )
        return token
