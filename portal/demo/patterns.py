"""Engagements told by a pattern: from a few words each, all that lies between enquiry and work.

The story by hand shows what is special; a pattern tells what is usual, as often as is wanted: by
`growth` for the demo, by `scale` for measuring.
"""

from dataclasses import dataclass

from portal.demo.briefs import EVERY_DAY, Brief, LineBrief
from portal.demo.rounds import Round
from portal.demo.sets import LEADING, WORK, SetBrief, language
from portal.demo.tale import Tale

# On which day after the enquiry each step is taken.
WAY = {
    "scope": 6,
    "plan": 20,
    "propose": 27,
    "agree": 45,
    "recruit": 51,
    "train": 113,
    "go_live": 178,
    "close": 330,
}
# The last step of the way, and what was done then instead of the next one.
UNTIL: dict[str, tuple[str, str]] = {
    "enquiry": ("", ""),
    "scoping": ("scope", ""),
    "planned": ("plan", ""),
    "proposed": ("propose", ""),
    "agreed": ("agree", ""),
    "recruiting": ("recruit", ""),
    "training": ("train", ""),
    "live": ("go_live", ""),
    "closed": ("close", ""),
    "on_hold": ("recruit", "hold"),
    "lost": ("propose", "lose"),
}
LOST = "Has decided to keep the work in its own house."
AGREED = ["agreed", "recruiting", "training", "live", "closed", "on_hold"]


@dataclass(frozen=True)
class Where:
    """One of our houses: the key of its site, and where that is."""

    site: str
    country: str
    city: str


LISBON = Where("lisbon", "PT", "Lisboa")
KRAKOW = Where("krakow", "PL", "Kraków")
MALAGA = Where("malaga", "ES", "Málaga")


@dataclass(frozen=True)
class Pattern:
    """An engagement that was enquired about `age` days ago, and is now in the state."""

    code: str
    client: str
    name: str
    state: str
    age: int
    region: str  # of candidates
    language: str
    volume: float  # contacts in the busiest half-hour
    applications: int = 0
    channel: str = "phone"
    aht_s: int = 320
    programme: str = ""
    where: Where = LISBON
    zone: str = "Europe/Berlin"
    salary: tuple[int, int] = (1350, 1650)
    owner: str = "bizdev"
    recruiter: str = "recruiter_2"
    trainer: str = "trainer_2"
    vendors: tuple[str, ...] = ()
    scope: str = ""
    next_step: str = "Weekly review with the client"
    requisition_of: int = 400  # applications for each requisition, about

    @property
    def steps(self) -> dict[str, int]:
        """The steps taken, in days before now."""
        last, instead = UNTIL[self.state]
        names = list(WAY)[: list(WAY).index(last) + 1] if last else []
        found = {name: self.age - WAY[name] for name in names}
        return found | ({instead: max(found[last] // 3, 2)} if instead else {})

    @property
    def go_live(self) -> int:
        """The agreed day, in days from now: a week or two late where nobody is at work by then."""
        planned = WAY["go_live"] - self.age
        return planned if self.state in {"live", "closed"} else max(planned, 12)

    @property
    def line(self) -> str:
        return f"{self.channel.capitalize()} {self.spoken}"

    @property
    def spoken(self) -> str:
        return SPOKEN[self.language]


SPOKEN = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "en": "English",
    "nl": "Dutch",
    "it": "Italian",
    "sv": "Swedish",
}


def begin(tale: Tale, pattern: Pattern) -> None:
    """Add what is known before anything is planned: brief, proposal, contract, criteria."""
    code, steps = pattern.code, pattern.steps
    tale.briefs[code] = _brief(pattern)
    if "propose" in steps:
        tale.rounds[code] = (_round(pattern),)
    if pattern.state in AGREED:
        agreed = steps["agree"]
        days = {"draw": 2, "issue": 3, "sign_first": 4, "execute": 5}
        tale.contracts[code] = {step: agreed - after for step, after in days.items()}
    if "recruit" in steps:
        tale.sets |= _sets(pattern)


def _brief(pattern: Pattern) -> Brief:
    is_planned = "plan" in pattern.steps
    return Brief(
        client=pattern.client,
        name=pattern.name,
        owner=pattern.owner,
        site=pattern.where.site,
        countries=(pattern.where.country,),
        zone=pattern.zone,
        created=pattern.age,
        steps=pattern.steps,
        go_live=pattern.go_live,
        scope=pattern.scope,
        deployment="The client's own systems, reached through a virtual desktop.",
        submitted=(pattern.age - 12,) if is_planned else (),
        accepted=(pattern.age - 16,) if is_planned else (),
        lines=(_line(pattern),) if is_planned else (),
        next_step=(pattern.next_step, 2 + pattern.age % 9),
        lost_reason=LOST if pattern.state == "lost" else "",
    )


def _line(pattern: Pattern) -> LineBrief:
    return LineBrief(
        pattern.line,
        pattern.channel,
        pattern.language,
        pattern.volume,
        pattern.aht_s,
        EVERY_DAY,
        concurrency=2 if pattern.channel == "chat" else 1,
        skills=(pattern.spoken,),
    )


def _round(pattern: Pattern) -> Round:
    sent = pattern.steps["propose"]
    if pattern.state == "lost":
        return Round(sent, "decline", pattern.steps["lose"] + 1, 2, LOST)
    if pattern.state in AGREED:
        return Round(sent, "accept", pattern.steps["agree"], 3)
    return Round(sent, views=2)


def _sets(pattern: Pattern) -> dict[str, SetBrief]:
    sent, answered = pattern.steps["agree"] - 1, pattern.steps["recruit"] + 1
    why = "Customers hear or read at once whether the language is spoken with ease."
    item = language(pattern.spoken, "C1", why)
    spoken = f"{pattern.channel}, {pattern.spoken}"
    return {
        f"{pattern.code}-agent": SetBrief(
            pattern.code, f"Agent, {spoken}", "agent", [item, *WORK], ((sent, answered),)
        ),
        f"{pattern.code}-lead": SetBrief(
            pattern.code, f"Leads, {spoken}", "team_lead", [item, *LEADING], ((sent, answered),)
        ),
    }
