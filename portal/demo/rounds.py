"""How the proposals of the hand-written story went, and when its contracts were signed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """One version: days ago when it was sent, what became of it and when (0: not yet)."""

    sent: int
    outcome: str = ""
    answered: int = 0
    views: int = 0
    note: str = ""


ROUNDS = {
    "ST-1": (Round(337, "accept", 319, 3),),
    "TT-1": (
        Round(225, "decline", 215, 2, "Twelve agents in one team are too many for one lead."),
        Round(209, "accept", 200, 4),
    ),
    "NB-1": (Round(140, "supersede", 128, 3), Round(128, "accept", 121, 5)),
    "MV-1": (Round(86, "accept", 64, 2),),
    "NB-2": (Round(69, "expire", 37, 1), Round(31, "accept", 11, 3)),
    "NB-3": (
        Round(27, "decline", 19, 2, "We would rather begin with eight people and grow."),
        Round(6, views=3),
    ),
    "FE-1": (),
}
# engagement: days ago when it was drawn and issued, and when we and the client signed
CONTRACTS = {
    "ST-1": {"draw": 317, "issue": 316, "sign_first": 315, "execute": 314},
    "TT-1": {"draw": 199, "issue": 198, "sign_first": 197, "execute": 195},
    "NB-1": {"draw": 120, "issue": 119, "sign_first": 118, "execute": 117},
    "MV-1": {"draw": 63, "issue": 62, "sign_first": 61, "execute": 60},
    "NB-2": {"draw": 8, "issue": 6, "sign_first": 5},
}
