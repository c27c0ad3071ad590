from engagements.models.assumptions import Assumption, GivenBy
from engagements.models.clients import Client, ClientPerson
from engagements.models.engagements import Engagement, EngagementLog
from engagements.models.milestones import Milestone, Turn
from engagements.models.plans import StaffingPlan, Team
from engagements.models.requirements import (
    Channel,
    LineOfBusiness,
    Requirements,
    RequirementsLog,
    StructureWish,
)
from engagements.models.scenarios import Scenario
from engagements.models.seats import Seat, SeatLog

__all__ = [
    "Assumption",
    "Channel",
    "Client",
    "ClientPerson",
    "Engagement",
    "EngagementLog",
    "GivenBy",
    "LineOfBusiness",
    "Milestone",
    "Requirements",
    "RequirementsLog",
    "Scenario",
    "Seat",
    "SeatLog",
    "StaffingPlan",
    "StructureWish",
    "Team",
    "Turn",
]
