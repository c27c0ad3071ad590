"""By what people are chosen: the criteria sets of the hand-written story, and their items."""

from dataclasses import dataclass, field

MUST, WEIGHTED, TRAINABLE = "must", "weighted", "trainable"
# name, kind, skill, level, proof, weight, why it is needed
Item = tuple[str, str, str, str, str, int, str]

PERMIT: Item = (
    "May work in the country",
    MUST,
    "Work permit",
    "",
    "document",
    0,
    "Nobody may start without it; the client asks for it in its audit.",
)
WORK: list[Item] = [
    PERMIT,
    (
        "Customer care experience",
        WEIGHTED,
        "Customer care",
        "1 year",
        "interview",
        30,
        "People who have had hard calls before stay longer, and need less nesting.",
    ),
    (
        "Listens, and sums up what was said",
        WEIGHTED,
        "Listening",
        "",
        "interview",
        30,
        "Most repeated calls begin with a request that was not understood.",
    ),
    (
        "Writes without mistakes",
        WEIGHTED,
        "Writing",
        "B2",
        "test",
        20,
        "Notes are read by the client's back office, and go into complaints.",
    ),
    (
        "Finds answers in several systems at once",
        WEIGHTED,
        "Systems",
        "",
        "test",
        20,
        "An agent works in three windows while the customer waits.",
    ),
    (
        "Knows the client's products",
        TRAINABLE,
        "Products",
        "",
        "test",
        0,
        "Taught in class; nobody outside the company knows them.",
    ),
]
LEADING: list[Item] = [
    PERMIT,
    (
        "Has led a team",
        MUST,
        "Team lead",
        "1 year",
        "reference",
        0,
        "A lead takes eight people on the first day, without a deputy.",
    ),
    (
        "Coaches from recordings",
        WEIGHTED,
        "Coaching",
        "",
        "interview",
        40,
        "Quality rises by what a lead says in the week after a call, not by reports.",
    ),
    (
        "Reads figures and acts on them",
        WEIGHTED,
        "Reporting",
        "",
        "test",
        30,
        "Adherence and occupancy are the lead's to keep.",
    ),
    (
        "Stays calm when the queue is red",
        WEIGHTED,
        "Calm",
        "",
        "interview",
        30,
        "The team does as its lead does.",
    ),
    ("Knows the client's tools", TRAINABLE, "Tools", "", "test", 0, "Taught in class."),
]


def language(name: str, level: str, why: str) -> Item:
    return (f"{name}, at least {level}", MUST, name, level, "test", 0, why)


BANK: Item = (
    "No entry for fraud",
    MUST,
    "Background check",
    "",
    "document",
    0,
    "The bank's supervisor asks for it of everyone who sees accounts.",
)
TECH: Item = (
    "Finds a fault step by step",
    MUST,
    "Technical support",
    "1 year",
    "test",
    0,
    "Second line: the simple causes have been ruled out before the call arrives.",
)
TYPING: Item = (
    "Types 45 words a minute",
    MUST,
    "Typing",
    "45",
    "test",
    0,
    "Two chats at once; slower, and both customers wait.",
)
CARDS: Item = (
    "Has calmed people who lost a card",
    TRAINABLE,
    "Cards",
    "",
    "interview",
    0,
    "Callers are frightened; how to calm them is taught in the first week.",
)


@dataclass(frozen=True)
class SetBrief:
    """A set: versions are days ago of (sent, answered); the last answer may be missing."""

    account: str
    title: str
    role: str
    items: list[Item]
    rounds: tuple[tuple[int, int | None], ...]
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    state: str = "approved"


GERMAN = "Customers call in German and hear at once whether it is spoken with ease."
FRENCH = "Letters go out under the client's name, without being read again."
SHOP = "Customers are in France, and compare with the shop next door."
SYSTEMS = "Systems and knowledge base are partly in English."
TAKE_OVER = "Leads take over the calls that went wrong."
FEWER = "C1 is enough if the writing test is passed: C2 halves the number of people who apply."
SETS = {
    "nb-phone": SetBrief(
        "NB-1",
        "Agent, phone, German",
        "agent",
        [language("German", "C1", GERMAN), language("English", "B1", SYSTEMS), BANK, *WORK],
        ((112, 108), (100, 97)),
    ),
    "nb-chat": SetBrief(
        "NB-1",
        "Agent, chat, German",
        "agent",
        [language("German", "C1", "Whatever is written can be shown around."), TYPING, BANK, *WORK],
        ((112, 107),),
    ),
    "nb-lead": SetBrief(
        "NB-1",
        "Leads and support, German",
        "team_lead",
        [language("German", "C1", TAKE_OVER), BANK, *LEADING],
        ((113, 110),),
    ),
    "nb-backup": SetBrief(
        "NB-1",
        "Agent, complaints desk, German",
        "agent",
        [
            language("German", "C2", "Complaints are answered in writing, and may end in court."),
            BANK,
            *WORK,
        ],
        ((4, None),),
        {"German, at least C2": ("approved", "")},
        "in_review",
    ),
    "nb-cards": SetBrief(
        "NB-2",
        "Agent, card line, German",
        "agent",
        [language("German", "C1", GERMAN), BANK, CARDS, *WORK],
        ((6, None),),
        {},
        "in_review",
    ),
    "mv-phone": SetBrief(
        "MV-1",
        "Agent, phone, French",
        "agent",
        [language("French", "C1", SHOP), *WORK],
        ((60, 56),),
    ),
    "mv-mail": SetBrief(
        "MV-1",
        "Agent, e-mail, French",
        "agent",
        [language("French", "C2", FRENCH), *WORK],
        ((12, 7),),
        {
            "French, at least C2": ("change", FEWER),
            "Customer care experience": (
                "ask",
                "Would experience in a garden centre count as well?",
            ),
        },
        "changes_requested",
    ),
    "mv-lead": SetBrief(
        "MV-1",
        "Leads and support, French",
        "team_lead",
        [language("French", "C1", TAKE_OVER), *LEADING],
        ((60, 57),),
    ),
    "st-phone": SetBrief(
        "ST-1",
        "Agent, travel desk",
        "agent",
        [
            language("Spanish", "C1", "Half of the travellers call from Spain."),
            language("English", "B2", "Hotels and airlines answer in English."),
            *WORK,
        ],
        ((317, 314),),
    ),
    "st-lead": SetBrief(
        "ST-1",
        "Leads and support",
        "team_lead",
        [language("Spanish", "C1", "The team speaks Spanish among itself."), *LEADING],
        ((317, 314),),
    ),
    "tt-tech": SetBrief(
        "TT-1",
        "Agent, technical support",
        "agent",
        [language("English", "C1", "Callers are upset and do not slow down."), TECH, *WORK],
        ((198, 195),),
    ),
    "tt-lead": SetBrief(
        "TT-1",
        "Leads and support",
        "team_lead",
        [language("English", "C1", TAKE_OVER), *LEADING],
        ((198, 195),),
    ),
    "tt-chat": SetBrief(
        "TT-1",
        "Agent, messaging",
        "agent",
        [
            language("English", "B2", "Short texts, with blocks to choose from."),
            TYPING,
            TECH,
            *WORK,
        ],
        (),
        {},
        "draft",
    ),
}
