"""How many people to source so that enough are certified, as a figure that explains itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning import ranges
from planning.hiring import MOST_BY_CHAIN, Posterior, chain, sourcing_at, to_source
from planning.provenance import Figure, Input, Step, spell

CONFIDENCE = 0.9
WORTH_CASES = 20
"""What a share without counts of one's own weighs: as much as so many cases."""


@dataclass(frozen=True)
class Rate:
    """The share of those who reach a stage that get through it; `who` counts those who enter it.

    `passed` of `entered` are counts of one's own funnel, where there are any; they then stand for
    the share.
    """

    key: str
    name: str
    who: str
    share: float
    source: str
    passed: int | None = None
    entered: int | None = None

    def __post_init__(self) -> None:
        ranges.within(0, 1, self.name, self.share)
        if (self.passed is None) != (self.entered is None):
            raise ValueError(f"{self.name}: give both how many passed and how many entered.")
        if self.passed is not None and self.entered is not None:
            ranges.whole(f"{self.name}, passed", self.passed)
            ranges.whole(f"{self.name}, entered", self.entered)
            if self.passed > self.entered:
                raise ValueError(f"{self.name}: {self.passed} of {self.entered} can't have passed.")

    @property
    def is_counted(self) -> bool:
        return bool(self.entered)

    @property
    def posterior(self) -> Posterior | None:
        """Return Beta(passed + 1, not passed + 1), or the share with the weight of a few cases.

        None for a share of 1 that is not counted: it is taken as certain.
        """
        if self.passed is not None and self.entered:
            return self.passed + 1, self.entered - self.passed + 1
        if self.share == 1:
            return None
        return WORTH_CASES * self.share, WORTH_CASES * (1 - self.share)

    @property
    def mean(self) -> float:
        """Return the share to expect: the posterior's mean where there are counts."""
        if self.posterior is None or not self.is_counted:
            return self.share
        a, b = self.posterior
        return a / (a + b)

    @property
    def input(self) -> Input:
        if self.is_counted:
            return Input(self.name, f"{self.passed} of {self.entered}", "cases", self.source)
        return Input(self.name, self.share, "share", self.source)


DEFAULT_RATES = (
    Rate(
        "offered",
        "Candidates who get an offer",
        "Candidates",
        0.15,
        "Default: 15 %, illustrative; your own funnel knows it",
    ),
    Rate(
        "accepted",
        "Offers accepted",
        "Offers",
        0.85,
        "Default: 85 %, illustrative; your own funnel knows it",
    ),
    Rate(
        "started",
        "Who accepted and comes",
        "Accepted",
        0.90,
        "Default: 90 %, illustrative; your own funnel knows it",
    ),
    Rate(
        "certified",
        "Who starts training and is certified",
        "Training starts",
        0.80,
        "Default: 80 %, usual training throughput",
    ),
)


def candidates(
    needed: int, rates: Sequence[Rate] = DEFAULT_RATES, *, confidence: float = CONFIDENCE
) -> Figure:
    """Return how many to source for `needed` certified, with each stage's number on the way.

    The stages' numbers are means, needed ÷ the shares still to come, rounded up one after the
    other. Where no stage has counts, the candidates are the fewest with P(Bin(n, p) >= needed) >=
    `confidence`, p being the product of the shares, taken as known. Where a stage has counts, each
    rate is uncertain, Beta(passed + 1, not passed + 1), and the chain is Beta-binomial; beyond its
    4,096 candidates the rates are taken as known, the least said is 4,096, and the note says so.
    """
    if not any(rate.is_counted for rate in rates):
        note = "An average is enough only every other time. Rates from few cases need far more."
        return _known(needed, rates, confidence, note)
    try:
        return _uncertain(needed, rates, confidence)
    except ValueError as too_many:
        note = f"{too_many} So the rates are taken as known here, which asks for too few."
        return _known(needed, rates, confidence, note, least=MOST_BY_CHAIN)


def _known(
    needed: int, rates: Sequence[Rate], confidence: float, note: str, *, least: int = 0
) -> Figure:
    share = chain([rate.mean for rate in rates])
    found = to_source(needed, share, confidence)
    product = " · ".join(spell(rate.mean) for rate in rates)
    # Of the answer by known rates: of a least that was put in its place nobody knows the chance.
    is_answer = found.candidates >= least
    enough = [Step("Chance that these are enough", found.chance)] if is_answer else []
    beyond = "" if is_answer else f", and more than {least:,}"
    return _figure(
        max(found.candidates, least),
        rates,
        formula=f"fewest n with P(Bin(n, {product} = {spell(share)}) ≥ {needed}) ≥ "
        f"{confidence:.0%}: {found.candidates:,}{beyond}",
        steps=(*_on_average(needed, rates), *enough),
        source="Negative binomial quantile; rates taken as known, candidates as independent",
        note=note,
    )


def _uncertain(needed: int, rates: Sequence[Rate], confidence: float) -> Figure:
    """Raises ValueError where the exact chain would have to follow too many."""
    posteriors = [rate.posterior for rate in rates if rate.posterior]
    even, found = sourcing_at(needed, posteriors, (0.5, confidence))
    betas = ", ".join(f"Beta({spell(a)}, {spell(b)})" for a, b in posteriors)
    product = " ÷ ".join(spell(rate.mean) for rate in rates)
    return _figure(
        found.candidates,
        rates,
        formula=f"fewest n with P(at least {needed} of n pass {betas}) ≥ {confidence:.0%}: "
        f"{found.candidates:,}",
        steps=(
            *_on_average(needed, rates),
            Step("By the average rates alone", found.naive_candidates, f"⌈{needed} ÷ {product}⌉"),
            Step("Enough every other time (P50)", even.candidates),
            Step(f"Enough at {confidence:.0%} (P{confidence * 100:.0f})", found.candidates),
            Step("Chance that these are enough", found.chance),
        ),
        source="Beta-binomial chain, exact; each stage's rate Beta(passed + 1, not passed + 1)",
        note=f"A share without counts weighs as much as {WORTH_CASES} cases; one of 100 % is "
        "taken as certain.",
    )


def _on_average(needed: int, rates: Sequence[Rate]) -> list[Step]:
    steps, people = [Step("Certified", needed)], needed
    for rate in reversed(rates):
        working = f"⌈{people:,} ÷ {spell(rate.mean)}⌉"
        people = ranges.ceiling(people / rate.mean)
        steps.append(Step(f"{rate.who} on average", people, working))
    return steps


def _figure(
    value: int,
    rates: Sequence[Rate],
    *,
    formula: str,
    steps: tuple[Step, ...],
    source: str,
    note: str,
) -> Figure:
    return Figure(
        key="candidates",
        label="Candidates to source",
        value=value,
        unit="candidates",
        formula=formula,
        inputs=tuple(rate.input for rate in rates),
        steps=steps,
        source=source,
        note=note,
    )
