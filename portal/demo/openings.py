"""Every requisition of the demo: what it asks for, how it went, and who is still on the way."""

from dataclasses import dataclass, field

AGENT, LEAD = "agent", "team_lead"


@dataclass(frozen=True)
class Opening:
    """Days are days before now. `funnel` counts those who were not hired, by where they are.

    `offers` counts offers that are open or came to nothing; hires follow from the
    tale's courses
    and `waiting`, those who accepted and are in no class yet. `steps` are the requisition's.
    """

    account: str
    criteria: str
    title: str
    region: str
    steps: dict[str, int]
    target: int  # days from now
    funnel: dict[str, int] = field(default_factory=dict)
    offers: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    hired_within: int = 7  # days: when those who wait accepted
    role: str = AGENT
    line: str = ""
    seats: int | None = None
    backfills: tuple[str, ...] = ()
    recruiter: str = "recruiter"
    vendors: tuple[str, ...] = ()
    place: tuple[str, str] = ("PL", "Kraków")
    salary: tuple[int, int] = (1900, 2300)
    has_assessment: bool = True
    has_client_review: bool = True


LISBON, MALAGA = ("PT", "Lisboa"), ("ES", "Málaga")
OPENINGS = {
    "st-lead": Opening(
        "ST-1",
        "st-lead",
        "Team leads and support, travel desk",
        "spanish",
        {"submit": 312, "approve": 310, "fill": 249, "close": 240},
        -250,
        {"rejected": 10, "withdrawn": 2},
        role=LEAD,
        recruiter="recruiter_2",
        place=MALAGA,
        salary=(1900, 2600),
        has_assessment=False,
    ),
    "st-es": Opening(
        "ST-1",
        "st-phone",
        "Travel agents on the phone, Spanish",
        "spanish",
        {"submit": 312, "approve": 308, "fill": 239, "close": 232},
        -240,
        {"rejected": 23, "withdrawn": 5},
        {"declined": 2, "expired": 1},
        line="Phone Spanish",
        recruiter="recruiter_2",
        vendors=("levante",),
        place=MALAGA,
        salary=(1450, 1650),
    ),
    "st-en": Opening(
        "ST-1",
        "st-phone",
        "Travel agents on the phone, English",
        "spanish",
        {"submit": 311, "approve": 308, "fill": 239, "close": 233},
        -240,
        {"rejected": 13, "withdrawn": 2},
        {"declined": 1},
        line="Phone English",
        recruiter="recruiter_2",
        vendors=("levante",),
        place=MALAGA,
        salary=(1500, 1700),
    ),
    "st-again": Opening(
        "ST-1",
        "st-phone",
        "Travel agents, backfill",
        "spanish",
        {"submit": 133, "approve": 132, "fill": 87, "close": 84},
        -90,
        {"rejected": 5, "withdrawn": 1},
        backfills=("st-es",),
        seats=2,
        recruiter="recruiter_2",
        place=MALAGA,
        salary=(1450, 1650),
    ),
    "st-hold": Opening(
        "ST-1",
        "st-phone",
        "Travel agent, backfill for the autumn",
        "spanish",
        {"submit": 36, "approve": 34, "hold": 15},
        20,
        {"applied": 2, "screening": 1, "rejected": 3},
        backfills=("st-es",),
        seats=1,
        recruiter="recruiter_2",
        place=MALAGA,
        salary=(1450, 1650),
    ),
    "tt-lead": Opening(
        "TT-1",
        "tt-lead",
        "Team leads and support, technical",
        "english",
        {"submit": 193, "approve": 191, "fill": 102, "close": 97},
        -105,
        {"rejected": 9, "withdrawn": 1},
        role=LEAD,
        recruiter="recruiter_3",
        place=LISBON,
        salary=(1700, 2400),
        has_assessment=False,
    ),
    "tt-tech": Opening(
        "TT-1",
        "tt-tech",
        "Technical support agents, second line",
        "english",
        {"submit": 192, "approve": 189, "fill": 37},
        -40,
        {"rejected": 29, "withdrawn": 5},
        {"declined": 2, "rescinded": 1},
        recruiter="recruiter_3",
        place=LISBON,
        salary=(1300, 1600),
    ),
    "tt-again": Opening(
        "TT-1",
        "tt-tech",
        "Technical support agents, backfill",
        "english",
        {"submit": 18, "approve": 16},
        12,
        {
            "sourced": 1,
            "applied": 4,
            "screening": 3,
            "assessment": 2,
            "interview": 2,
            "client_review": 1,
            "rejected": 4,
            "withdrawn": 1,
        },
        backfills=("tt-tech",),
        seats=2,
        recruiter="recruiter_3",
        place=LISBON,
        salary=(1300, 1600),
    ),
    "nb-lead": Opening(
        "NB-1",
        "nb-lead",
        "Team leads and support, German",
        "german",
        {"submit": 110, "approve": 108, "fill": 65, "close": 58},
        -66,
        {"rejected": 15, "withdrawn": 2},
        {"declined": 1},
        role=LEAD,
        salary=(2500, 3400),
        has_assessment=False,
    ),
    "nb-phone": Opening(
        "NB-1",
        "nb-phone",
        "Bank service agents on the phone, German",
        "german",
        {"submit": 96, "approve": 94},
        26,
        {
            "sourced": 6,
            "applied": 14,
            "screening": 9,
            "assessment": 5,
            "interview": 7,
            "client_review": 5,
            "on_hold": 3,
            "rejected": 34,
            "withdrawn": 6,
        },
        {
            "draft": 1,
            "approved": 1,
            "sent": 2,
            "declined": 2,
            "expired": 1,
            "rescinded": 1,
        },
        waiting=1,
        line="Phone German",
        seats=20,
        vendors=("wisla", "levante"),
    ),
    "nb-chat": Opening(
        "NB-1",
        "nb-chat",
        "Bank service agents in chat, German",
        "german",
        {"submit": 95, "approve": 93},
        33,
        {
            "sourced": 4,
            "applied": 8,
            "screening": 5,
            "assessment": 3,
            "interview": 4,
            "client_review": 3,
            "on_hold": 1,
            "rejected": 15,
            "withdrawn": 3,
        },
        {"in_approval": 1, "sent": 1, "declined": 1},
        line="Chat German",
        vendors=("wisla",),
        salary=(1850, 2200),
    ),
    "nb-complaints": Opening(
        "NB-1",
        "nb-backup",
        "Complaints desk, German",
        "german",
        {"submit": 2},
        58,
        line="Phone German",
        salary=(2200, 2600),
    ),
    "nb-cards": Opening(
        "NB-2",
        "nb-cards",
        "Card line agents, German, evenings",
        "german",
        {},
        100,
        line="Card line German",
        salary=(2000, 2400),
    ),
    "mv-porto": Opening(
        "MV-1",
        "mv-phone",
        "E-mail agents in Porto, French",
        "french",
        {"submit": 53, "approve": 51, "cancel": 17},
        40,
        {"rejected": 4, "withdrawn": 2},
        line="E-mail French",
        seats=3,
        recruiter="recruiter_2",
        vendors=("tejo",),
        place=("PT", "Porto"),
        salary=(1250, 1450),
    ),
    "mv-phone": Opening(
        "MV-1",
        "mv-phone",
        "Shop service agents on the phone, French",
        "french",
        {"submit": 52, "approve": 50},
        44,
        {
            "sourced": 3,
            "applied": 7,
            "screening": 4,
            "assessment": 2,
            "interview": 4,
            "client_review": 3,
            "on_hold": 1,
            "rejected": 12,
            "withdrawn": 2,
        },
        {"in_approval": 1, "sent": 1, "declined": 1},
        waiting=2,
        line="Phone French",
        recruiter="recruiter_2",
        vendors=("levante",),
        place=LISBON,
        salary=(1350, 1600),
    ),
    "mv-lead": Opening(
        "MV-1",
        "mv-lead",
        "Team leads and support, French",
        "french",
        {"submit": 52, "approve": 50},
        30,
        {"applied": 2, "screening": 1, "interview": 2, "rejected": 4},
        {"sent": 1},
        waiting=3,
        role=LEAD,
        recruiter="recruiter_2",
        place=LISBON,
        salary=(1800, 2500),
        has_assessment=False,
    ),
    "mv-mail": Opening(
        "MV-1",
        "mv-mail",
        "E-mail agents, French",
        "french",
        {},
        55,
        line="E-mail French",
        recruiter="recruiter_2",
        place=LISBON,
        salary=(1350, 1600),
    ),
}
STEP_BY = {
    "submit": "",
    "approve": "hr",
    "fill": "system",
    "close": "",
    "hold": "",
    "cancel": "hr",
}


def about(opening: Opening, client: str) -> str:
    """What candidates read on the careers page."""
    where = opening.place[1]
    return (
        f"You help customers of {client} from our house in {where}, in a team of eight with a lead "
        f"who has done the same work. You are paid from the first day of training, have a "
        f"contract without end after it, and know your hours four weeks ahead.\n\n"
        f"What counts is written down and the same for everyone: you see it before you apply.\n\n"
        f"(Fiction: this opening belongs to the demo.)"
    )
