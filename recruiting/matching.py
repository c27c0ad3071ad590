"""Criteria against facts, and marks against weights: hints for people, who decide."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiting.languages import CEFR, cefr
from recruiting.models.candidates import Fact
from recruiting.models.criteria import Criterion

if TYPE_CHECKING:
    from recruiting.models import Scorecard

TOP = 4  # the highest mark


class Verdict(models.TextChoices):
    MEETS = "meets", _("meets")
    BELOW = "below", _("below")
    UNKNOWN = "unknown", _("unknown")


@dataclass(frozen=True)
class Comparison:
    criterion: Criterion
    verdict: Verdict
    fact: Fact | None

    @property
    def tone(self) -> str:
        return {Verdict.MEETS: "good", Verdict.BELOW: "bad"}.get(self.verdict, "warn")


def newest(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Return the newest fact of each skill, by its name in lower case."""
    found: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.pk)):
        found[fact.skill.casefold()] = fact
    return found


def reaches(level: str, wanted: str) -> bool | None:
    """Say whether a level reaches the wanted one; None where the two can't be compared.

    Levels are CEFR levels (or words for them), or begin with a number ("2 years").
    """
    if not wanted:
        return True
    have, want = cefr(level), cefr(wanted)
    if want:
        return CEFR.index(have) >= CEFR.index(want) if have else None
    numbers = [re.match(r"\s*(\d+(?:[.,]\d+)?)", text) for text in (level, wanted)]
    if all(numbers):
        first, second = (Decimal(n[1].replace(",", ".")) for n in numbers if n)
        return first >= second
    return True if level and level.casefold() == wanted.casefold() else None


def compare(criteria: Iterable[Criterion], facts: Iterable[Fact]) -> list[Comparison]:
    """Lay each criterion beside the newest fact that speaks to it."""
    known = newest(facts)
    return [_compare(criterion, known) for criterion in criteria]


def _compare(criterion: Criterion, known: Mapping[str, Fact]) -> Comparison:
    fact = known.get(criterion.skill.casefold()) if criterion.skill else None
    if fact is None:
        return Comparison(criterion, Verdict.UNKNOWN, None)
    reached = reaches(fact.level, criterion.level)
    verdict = {True: Verdict.MEETS, False: Verdict.BELOW, None: Verdict.UNKNOWN}[reached]
    return Comparison(criterion, verdict, fact)


def must_haves(criteria: Iterable[Criterion], facts: Iterable[Fact]) -> tuple[int, int]:
    """Return how many must-haves are met by what is known, and how many there are."""
    rows = compare((c for c in criteria if c.kind == Criterion.Kind.MUST), facts)
    return sum(row.verdict == Verdict.MEETS for row in rows), len(rows)


@dataclass(frozen=True)
class Contribution:
    criterion: Criterion
    mark: int
    points: Decimal


def contributions(card: "Scorecard") -> list[Contribution]:
    """Return what each weighted item adds to the score: its weight, times the mark out of four."""
    marks = sorted(card.marks.all(), key=lambda mark: (mark.criterion.position, mark.pk))
    return [
        Contribution(m.criterion, m.value, Decimal(m.criterion.weight) * m.value / TOP)
        for m in marks
        if m.criterion.kind == Criterion.Kind.WEIGHTED
    ]


def score(card: "Scorecard") -> Decimal | None:
    """Return the sum of the contributions, 100 at best; None where nothing weighted was marked."""
    found = contributions(card)
    return sum((c.points for c in found), Decimal(0)) if found else None


def mean_score(cards: Iterable["Scorecard"]) -> Decimal | None:
    """Return the mean of the scores of an application's scorecards."""
    scores = [one for one in map(score, cards) if one is not None]
    return sum(scores, Decimal(0)) / len(scores) if scores else None
