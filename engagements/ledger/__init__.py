"""The seat ledger: how many seats of what kind there were on a day, and whether a plan agrees."""

from engagements.ledger.checks import Difference, check
from engagements.ledger.counts import DIMENSIONS, Counts, by_engagement, counts
from engagements.ledger.months import Month, months

__all__ = [
    "DIMENSIONS",
    "Counts",
    "Difference",
    "Month",
    "by_engagement",
    "check",
    "counts",
    "months",
]
