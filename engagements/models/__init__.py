from engagements.models.assumptions import Assumption, GivenBy
from engagements.models.clients import Client, ClientPerson
from engagements.models.engagements import Engagement, EngagementLog
from engagements.models.esco import EscoNeed, EscoOccupation, EscoSkill
from engagements.models.lines import Channel, LineOfBusiness
from engagements.models.measures import SuccessMeasure
from engagements.models.milestones import Milestone, Turn
from engagements.models.plans import StaffingPlan, Team
from engagements.models.requirements import (
    Complexity,
    Requirements,
    RequirementsLog,
    Security,
    StructureWish,
)
from engagements.models.rules import RoleCharter, StructureRule
from engagements.models.scenarios import Scenario
from engagements.models.seats import Seat, SeatLog

__all__ = [
    "Assumption",
    "Channel",
    "Client",
    "ClientPerson",
    "Complexity",
    "Engagement",
    "EngagementLog",
    "EscoNeed",
    "EscoOccupation",
    "EscoSkill",
    "GivenBy",
    "LineOfBusiness",
    "Milestone",
    "Requirements",
    "RequirementsLog",
    "RoleCharter",
    "Scenario",
    "Seat",
    "SeatLog",
    "Security",
    "StaffingPlan",
    "StructureRule",
    "StructureWish",
    "SuccessMeasure",
    "Team",
    "Turn",
]
