"""What is told of some clients, as data: by hand, or by patterns.

The modules beside this one write a tale's rows; none of them knows which tale it is.
"""

from dataclasses import dataclass, field

from portal.demo.briefs import BRIEFS, COMPANIES, Brief, Company
from portal.demo.courses import COURSES, LEFT, PROGRAMMES, Course, Teaching
from portal.demo.openings import OPENINGS, Opening
from portal.demo.rounds import CONTRACTS, ROUNDS, Round
from portal.demo.sets import SETS, SetBrief


@dataclass
class Tale:
    """Clients, engagements by their code, and what came of each. Days count from now."""

    companies: dict[str, Company] = field(default_factory=dict)
    briefs: dict[str, Brief] = field(default_factory=dict)
    sets: dict[str, SetBrief] = field(default_factory=dict)
    rounds: dict[str, tuple[Round, ...]] = field(default_factory=dict)
    contracts: dict[str, dict[str, int]] = field(default_factory=dict)
    openings: dict[str, Opening] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    programmes: dict[str, Teaching] = field(default_factory=dict)
    # How many days ago those left who were certified, one after the other.
    left: tuple[int, ...] = ()
    # How many lines of log an application has on average; 0: as many as its way took.
    lines: int = 0

    def readers(self, code: str) -> tuple[str, ...]:
        """Return the client's people of an engagement; the first decides."""
        return self.companies[self.briefs[code].client].people


BY_HAND = Tale(COMPANIES, BRIEFS, SETS, ROUNDS, CONTRACTS, OPENINGS, COURSES, PROGRAMMES, LEFT)
