"""How many people to source so that enough are certified, as a figure that explains itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning import ranges
from planning.hiring import chain, to_source
from planning.provenance import Figure, Input, Step, spell

CONFIDENCE = 0.9


@dataclass(frozen=True)
class Rate:
    """The share of those who reach a stage that get through it; `who` counts those who enter it."""

    key: str
    name: str
    who: str
    share: float
    source: str

    def __post_init__(self) -> None:
        ranges.within(0, 1, self.name, self.share)


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
    other; the candidates are the fewest with P(Bin(n, p) >= needed) >= `confidence`, p being the
    product of the shares, taken as known.
    """
    found = to_source(needed, chain([rate.share for rate in rates]), confidence)
    steps, people = [Step("Certified", needed)], needed
    for rate in reversed(rates):
        working = f"⌈{people:,} ÷ {spell(rate.share)}⌉"
        people = ranges.ceiling(people / rate.share)
        steps.append(Step(f"{rate.who} on average", people, working))
    product = " · ".join(spell(rate.share) for rate in rates)
    share = chain([rate.share for rate in rates])
    return Figure(
        key="candidates",
        label="Candidates to source",
        value=found.candidates,
        unit="candidates",
        formula=f"fewest n with P(Bin(n, {product} = {spell(share)}) ≥ {needed}) ≥ "
        f"{confidence:.0%}: {found.candidates:,}",
        inputs=tuple(Input(rate.name, rate.share, "share", rate.source) for rate in rates),
        steps=(*steps, Step("Chance that these are enough", found.chance)),
        source="Negative binomial quantile; rates taken as known, candidates as independent",
        note="An average is enough only every other time. Rates from few cases need far more.",
    )
