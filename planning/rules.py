"""Which structure a team should have: a table of rules, each with its reason and source.

A rule says "when this factor is so, then that": nothing is weighed and nothing learned, so that
whoever reads the table can tell what will be suggested, and whoever disagrees can say with what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planning.provenance import spell
from planning.structure import FUNCTIONAL

Fact = str | float | None


@dataclass(frozen=True)
class Factor:
    """Something known about the work. `choices` run upwards, so that they can be compared."""

    key: str
    label: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    is_text: bool = False

    @property
    def operators(self) -> tuple[str, ...]:
        if self.is_text:
            return ("is", "is_not", "contains")
        return ("is", "is_not", "at_least", "at_most")

    def spelled(self, value: Fact) -> str:
        """Write a value with the factor's unit, where its label does not say it: "24 agents"."""
        if value is None:
            return "not known"
        text = spell(value, digits=1)
        return f"{text} {self.unit}" if self.unit and not isinstance(value, str) else text


FACTORS = {
    each.key: each
    for each in (
        Factor("complexity", "Complexity", choices=("simple", "moderate", "complex")),
        Factor(
            "business_size", "Business size", choices=("small", "medium", "large", "enterprise")
        ),
        Factor("industry", "Industry", is_text=True),
        Factor("channels", "Channels"),
        Factor("countries", "Delivery countries"),
        Factor("languages", "Languages"),
        Factor("lines", "Lines of business"),
        Factor("agents", "Team size", "agents"),
        Factor("hours_per_week", "Open hours", "a week"),
        Factor("tiers", "Tiers in use"),
        Factor("go_live_weeks", "Time to go-live", "weeks"),
    )
}
OPERATORS = {
    "is": "is",
    "is_not": "is not",
    "at_least": "is at least",
    "at_most": "is at most",
    "contains": "contains",
}
EXTRA_ROLE = "extra_role"


@dataclass(frozen=True)
class Setting:
    """Something to decide about a structure, what may be said of it, and what is usual."""

    key: str
    label: str
    suggestions: Mapping[str, str]
    usual: str = ""
    why_usual: str = ""

    @property
    def usual_words(self) -> str:
        return self.suggestions.get(self.usual, "")


SETTINGS = {
    each.key: each
    for each in (
        Setting(
            "kind",
            "Structure",
            {"flat": "flat", "hierarchical": "hierarchical", "geographic": "geographic"},
            "hierarchical",
            "supervisors come only where one manager has more leads than can be led",
        ),
        Setting(
            "teams_by",
            "Who shares a team",
            {
                "line": "one line of business",
                "language_and_tier": "one language and tier",
                "tier": "one tier",
                "speciality": "one speciality in a tier",
                "all": "everybody together",
            },
            "language_and_tier",
            "a lead who speaks the team's language can listen in and help",
        ),
        Setting(
            "channels",
            "Channels",
            {"split": "an own group for each", "pooled": "everybody answers all"},
            "split",
            "people begin with one channel; what pooling would save stands in the plan",
        ),
        Setting(
            "share_roles",
            "One person holds several roles",
            {"yes": "yes", "no": "no"},
            "no",
            "who does two jobs does the more urgent one",
        ),
        Setting(
            "follow_sun",
            "Sites hand over with the sun",
            {"yes": "yes", "no": "no"},
            "no",
            "one site can hold the hours",
        ),
        Setting(
            "tiers",
            "Tiers",
            {"1": "one tier", "2": "two tiers", "3": "three tiers"},
            "1",
            "each hand-over costs the customer time",
        ),
        Setting(
            EXTRA_ROLE,
            "One more role",
            {role: role.replace("_", " ") for role in FUNCTIONAL},
        ),
    )
}


def problems(
    factor: str, operator: str, value: str, setting: str, suggestion: str
) -> dict[str, str]:
    """Return what is impossible about a rule: a sentence by the part of it that is to be mended."""
    found = {}
    known, decided = FACTORS.get(factor), SETTINGS.get(setting)
    if known is None:
        found["factor"] = f"Nothing is known of “{factor}”: use {', '.join(FACTORS)}."
    elif operator not in known.operators:
        usable = ", ".join(OPERATORS[each] for each in known.operators)
        found["operator"] = f"{known.label} can't be compared so: use {usable}."
    if known is not None and (problem := _value_problem(known, value)):
        found["value"] = problem
    if decided is None:
        found["setting"] = f"“{setting}” is not decided by rules: use {', '.join(SETTINGS)}."
    elif suggestion not in decided.suggestions:
        possible = ", ".join(decided.suggestions)
        found["suggestion"] = f"{decided.label} can't be “{suggestion}”: use {possible}."
    return found


def _value_problem(factor: Factor, value: str) -> str:
    if not value.strip():
        return "Say what it is compared with."
    if factor.choices and value not in factor.choices:
        return f"{factor.label} is one of {', '.join(factor.choices)}."
    if factor.choices or factor.is_text:
        return ""
    # Digits only: "1e3", "nan" and "1_000" are numbers to Python, and misprints to a reader.
    whole, _, rest = value.partition(".")
    if not (whole.isascii() and whole.isdigit() and (not rest or rest.isdigit())):
        return f"{factor.label} is a number of 0 or more, as in 12."
    return ""


@dataclass(frozen=True)
class Rule:
    """When a factor is so, a setting should be that, for a reason that somebody has published.

    Raises ValueError with a sentence where the rule is impossible or gives no reason or source.
    """

    factor: str
    operator: str
    value: str
    setting: str
    suggestion: str
    reason: str
    source: str

    def __post_init__(self) -> None:
        found = problems(self.factor, self.operator, self.value, self.setting, self.suggestion)
        for name in ("reason", "source"):
            if not getattr(self, name).strip():
                found[name] = f"A rule needs its {name}."
        if found:
            raise ValueError(" ".join(found.values()))

    @property
    def condition(self) -> str:
        """Write the condition: "Team size: at least 10 agents", "Complexity: complex"."""
        factor, compared = FACTORS[self.factor], OPERATORS[self.operator].removeprefix("is")
        return " ".join(f"{factor.label}: {compared} {factor.spelled(self._compared)}".split())

    @property
    def suggested(self) -> str:
        return SETTINGS[self.setting].suggestions[self.suggestion]

    @property
    def said(self) -> str:
        """Write what is suggested: "Channels: everybody answers all"."""
        return f"{SETTINGS[self.setting].label}: {self.suggested}"

    @property
    def _compared(self) -> str | float:
        factor = FACTORS[self.factor]
        if factor.choices or factor.is_text:
            return self.value
        return float(self.value)

    def holds(self, fact: Fact) -> bool:
        """Say whether the rule holds for its factor's value; of what is not known nothing holds."""
        if fact is None or fact == "":
            return False
        factor, wanted = FACTORS[self.factor], self._compared
        if factor.is_text:
            fact, wanted = str(fact).casefold().strip(), str(wanted).casefold().strip()
            if self.operator == "contains":
                return wanted in fact
        if self.operator in {"is", "is_not"}:
            return (fact == wanted) == (self.operator == "is")
        if factor.choices:
            fact, wanted = factor.choices.index(str(fact)), factor.choices.index(str(wanted))
        is_at_least = float(fact) >= float(wanted)
        return is_at_least if self.operator == "at_least" else float(fact) <= float(wanted)


@dataclass(frozen=True)
class Cause:
    """A rule that held, and the value of its factor that made it hold."""

    rule: Rule
    fact: Fact

    @property
    def sentence(self) -> str:
        """Write it in a line: "Complexity: complex → Tiers: three tiers, because … (source)"."""
        factor = FACTORS[self.rule.factor]
        known = f"{factor.label}: {factor.spelled(self.fact)}"
        return f"{known} → {self.rule.said}, because {self.rule.reason} ({self.rule.source})"


@dataclass(frozen=True)
class Advice:
    """What is suggested for a setting: by the first of `causes`, or as usual without any.

    `overruled` held as well and said otherwise; a rule that stands higher went before them.
    """

    setting: Setting
    suggestion: str
    causes: tuple[Cause, ...] = ()
    overruled: tuple[Cause, ...] = ()

    @property
    def said(self) -> str:
        return self.setting.suggestions[self.suggestion]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return why it is suggested, a line for each cause."""
        if self.causes:
            return tuple(cause.sentence for cause in self.causes)
        return (f"No rule asks for anything else: {self.said} is usual; {self.setting.why_usual}",)


@dataclass(frozen=True)
class Recommendation:
    """What the rules say of each setting, and which roles they would add."""

    advice: Mapping[str, Advice]
    extra_roles: tuple[Advice, ...] = field(default=())

    def __getitem__(self, setting: str) -> Advice:
        return self.advice[setting]


def recommend(facts: Mapping[str, Fact], rules: Sequence[Rule]) -> Recommendation:
    """Return what the rules suggest, given the facts: the first that holds decides a setting.

    `rules` stand in their order; only that and the facts matter. A factor that is missing among
    the facts, or None, is not known: no rule about it holds. Each extra role that a rule asks for
    is suggested; they do not exclude one another. Raises ValueError for a fact that is no factor,
    or no value of its factor.
    """
    for key, fact in facts.items():
        _check(key, fact)
    held = [Cause(rule, facts[rule.factor]) for rule in rules if rule.holds(facts.get(rule.factor))]
    advice = {
        key: _advice(setting, [each for each in held if each.rule.setting == key])
        for key, setting in SETTINGS.items()
        if key != EXTRA_ROLE
    }
    return Recommendation(advice, _extra_roles(held))


def _check(key: str, fact: Fact) -> None:
    factor = FACTORS.get(key)
    if factor is None:
        raise ValueError(f"“{key}” is no factor of a structure.")
    if fact is None or fact == "" or factor.is_text:
        return
    if factor.choices and fact not in factor.choices:
        raise ValueError(f"{factor.label} is one of {', '.join(factor.choices)}, not {fact!r}.")
    if not factor.choices and (isinstance(fact, str) or not 0 <= fact < float("inf")):
        raise ValueError(f"{factor.label} is a number of 0 or more, not {fact!r}.")


def _advice(setting: Setting, causes: Iterable[Cause]) -> Advice:
    listed = list(causes)
    suggestion = listed[0].rule.suggestion if listed else setting.usual
    return Advice(
        setting,
        suggestion,
        tuple(each for each in listed if each.rule.suggestion == suggestion),
        tuple(each for each in listed if each.rule.suggestion != suggestion),
    )


def _extra_roles(held: Iterable[Cause]) -> tuple[Advice, ...]:
    by_role: dict[str, list[Cause]] = {}
    for cause in held:
        if cause.rule.setting == EXTRA_ROLE:
            by_role.setdefault(cause.rule.suggestion, []).append(cause)
    setting = SETTINGS[EXTRA_ROLE]
    return tuple(Advice(setting, role, tuple(causes)) for role, causes in by_role.items())
