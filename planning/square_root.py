"""Square-root staffing: why a large team needs less in reserve than a small one.

n = A + β·√A: the reserve over the load grows with its root only. These are approximations for
many agents, good to explain a headcount and to begin a search; the answer itself is exact (see
`erlang_c` and `erlang_a`).

Sources: Halfin and Whitt, Operations Research 29 (1981); Garnett, Mandelbaum and Reiman, MSOM
4(3) 2002, 208-227.
"""

import math
from dataclasses import dataclass

from scipy.special import erfcx

from planning import ranges


@dataclass(frozen=True)
class SquareRoot:
    """Agents by the rule, the β they really give after rounding up, and what follows from it."""

    agents: int
    beta: float
    p_wait: float
    p_abandon: float | None = None


def _by_rule(load: float, beta: float) -> tuple[int, float]:
    ranges.positive("The load in Erlang", load)
    ranges.number("Beta", beta)
    agents = ranges.ceiling(load + beta * math.sqrt(load))
    if agents < 1:
        raise ValueError(f"Beta {beta:g} leaves no agents for {load:g} Erlang.")
    return agents, (agents - load) / math.sqrt(load)


def without_abandonment(load: float, beta: float) -> SquareRoot:
    """Return n = ⌈A + β·√A⌉ and P(wait) ≈ 1/(1 + β·Φ(β)/φ(β)), for endless patience.

    `beta` must be above 0: with endless patience the agents must be more than the load.
    """
    ranges.positive("Beta", beta)
    agents, real = _by_rule(load, beta)
    return SquareRoot(agents, real, 1 / (1 + real / _hazard(-real)))


def with_abandonment(load: float, beta: float, *, patience_in_aht: float) -> SquareRoot:
    """Return the same where callers hang up; `beta` may be negative: callers who leave help.

    P(wait) ≈ 1/(1 + √(θ/μ)·h(β̂)/h(-β)) with β̂ = β·√(μ/θ) and h the hazard of the normal law;
    P(abandon | wait) ≈ (√(θ/μ)·h(β̂) - β)/√n. `patience_in_aht` is the mean patience over the
    handling time, μ/θ.
    """
    ranges.positive("The patience over the handling time", patience_in_aht)
    agents, real = _by_rule(load, beta)
    root = math.sqrt(1 / patience_in_aht)
    hazard = _hazard(real / root)
    p_wait = 1 / (1 + root * hazard / _hazard(-real))
    return SquareRoot(agents, real, p_wait, p_wait * (root * hazard - real) / math.sqrt(agents))


def _hazard(x: float) -> float:
    """Return φ(x)/(1 - Φ(x)), also far out where both vanish."""
    return math.sqrt(2 / math.pi) / float(erfcx(x / math.sqrt(2)))
