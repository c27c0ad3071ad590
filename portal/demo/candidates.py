"""Candidates who do not exist, with what is known of them. Every address ends in .example."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from core.models import Actor, Kind
from portal.book import Book
from portal.demo.clock import Clock
from portal.demo.names import REGIONS, Region
from recruiting.languages import CEFR
from recruiting.matching import Verdict, compare
from recruiting.models import Candidate, Criterion, Fact
from recruiting.models.candidates import sort_key
from vendors.models import Vendor

NOTICE = "2026-01"
FORM = "application form (demo)"
# Numbers set aside for fiction by the regulators of Germany, France and the United Kingdom.
PHONES = {"DE": "+493023125{:03}", "FR": "+3363998{:04}", "IE": "+447700900{:03}"}
LEVELS = ["B2", "C1", "C1", "C1", "C2"]
WEAK = ["B1", "B2", "B2", "C1"]
# After so many draws of a name that is taken, a double one is made.
PLAIN_NAMES = 8
WORKED = ["customer care", "retail", "hospitality", "a bank's branch", "logistics", "teaching"]


@dataclass
class Known:
    """A candidate, and until when they are taken up by an application."""

    candidate: Candidate
    region: str
    free_from: datetime
    requisitions: set[str]


class Pool:
    """Makes candidates as openings need them; some come back for another opening."""

    def __init__(
        self, clock: Clock, taken: set[str], *, returning: float = 0.17, host: str = ""
    ) -> None:
        self.book, self.clock, self.taken = Book(), clock, taken
        self.share_returning, self.host = returning, host
        self.known: list[Known] = []
        self.facts: defaultdict[int, list[Fact]] = defaultdict(list)
        self.holders: dict[int, tuple[Actor, Candidate]] = {}

    def returning(self, region: str, opening: str, at: datetime) -> Known | None:
        """Return somebody whose last application ended well before, now and then."""
        if not self.clock.chance(self.share_returning):
            return None
        free = [
            one
            for one in self.known
            if one.region == region and one.free_from < at and opening not in one.requisitions
        ]
        return self.clock.one_of(free) if free else None

    def newcomer(
        self, region: str, at: datetime, *, source: str, vendor: Vendor | None, strong: bool
    ) -> Known:
        place = REGIONS[region]
        name, given, family = self._name(place)
        country, city, _ = self._weighted(place.places)
        has_agreed = source in {"careers", "vendor"}
        candidate = self.book.add(
            Candidate(
                name=name,
                sort_name=sort_key(name),
                email=self._address(given, family, place),
                phone=self._phone(country),
                country=country,
                city=city,
                headline=f"{self.clock.random.randint(1, 9)} years in "
                f"{self.clock.one_of(WORKED)} (demo: a made-up person)",
                source=source,
                vendor=vendor,
                language=place.language,
                notice_version=NOTICE if has_agreed else "",
                consented_at=at if has_agreed else None,
                created_at=at,
            )
        )
        self._facts(candidate, place, at, strong=strong)
        one = Known(candidate, region, at, set())
        self.known.append(one)
        return one

    def holder(self, candidate: Candidate) -> Actor:
        """Return the actor who holds a signed link for the candidate; the key follows the pk."""
        if id(candidate) not in self.holders:
            actor = Actor(kind=Kind.LINK, name=candidate.name)
            self.holders[id(candidate)] = (actor, candidate)
        return self.holders[id(candidate)][0]

    def save(self) -> None:
        """Save the candidates, their facts, and those of them who acted."""
        self.book.save(Candidate)
        self.book.save(Fact)
        for actor, candidate in self.holders.values():
            actor.key = f"{candidate._meta.label_lower}:{candidate.pk}"
        Actor.objects.bulk_create(actor for actor, _ in self.holders.values())

    def _name(self, place: Region) -> tuple[str, str, str]:
        for tried in count():
            people, _ = self._weighted(place.people)
            given, family = (self.clock.one_of(part.split()) for part in people)
            if tried > PLAIN_NAMES:
                family = f"{family}-{self.clock.one_of(people[1].split())}"
            if (name := f"{given} {family}") not in self.taken:
                break
        self.taken.add(name)
        return name, given, family

    def _weighted(self, rows: tuple[Any, ...]) -> Any:
        """Draw one of the rows; the last value of each is its weight."""
        return self.clock.random.choices(rows, [row[-1] for row in rows])[0]

    def _address(self, given: str, family: str, place: Region) -> str:
        box = ".".join(sort_key(part).replace("'", "") for part in (given, family))
        box = box.encode("ascii", "ignore").decode()
        return f"{box}@{self.host}{self.clock.one_of(place.domains)}"

    def _phone(self, country: str) -> str:
        form = PHONES.get(country, "")
        return form.format(self.clock.random.randint(0, 999)) if form else ""

    def _facts(self, candidate: Candidate, place: Region, at: datetime, *, strong: bool) -> None:
        draw = self.clock.one_of
        first, *others = place.speaks
        years = self.clock.random.randint(1 if strong else 0, 8)
        facts = [
            (first, draw(LEVELS if strong else WEAK), FORM),
            *((other, draw(["B1", "B2", "C1"]), FORM) for other in others[: draw([1, 1, 2])]),
            ("Work permit", "yes", FORM),
        ]
        if years:
            facts.append(("Customer care", f"{years} year{'' if years == 1 else 's'}", FORM))
        if strong:
            used = draw(["Salesforce", "Zendesk", "Genesys"])
            facts.append(("Systems", used, "screening call (demo)"))
        for skill, level, source in facts:
            self.learn(candidate, skill, level, source, at)

    def learn(
        self, candidate: Candidate, skill: str, level: str, source: str, at: datetime
    ) -> None:
        """Add a fact to what is known of a candidate."""
        fact = Fact(candidate=candidate, skill=skill, level=level, source=source, at=at)
        self.facts[id(candidate)].append(self.book.add(fact))

    def prove(self, candidate: Candidate, items: Iterable[Criterion], at: datetime) -> None:
        """Add what tests and papers showed on the must-haves that are not known to be met yet."""
        for item in items:
            row = compare([item], self.facts[id(candidate)])[0]
            if row.verdict != Verdict.MEETS:
                level = item.level or "yes"
                if item.level in CEFR:
                    level = self.clock.one_of(CEFR[CEFR.index(item.level) :])
                self.learn(candidate, item.skill, level, f"{item.get_proof_display()} (demo)", at)
