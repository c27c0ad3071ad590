from engagements.forms.clients import ClientFilter, ClientForm, PersonForm
from engagements.forms.engagements import (
    EngagementEditForm,
    EngagementFilter,
    EngagementForm,
    LoseForm,
)
from engagements.forms.lines import LineForm
from engagements.forms.plans import PlanForm, SeatFilter
from engagements.forms.requirements import RequirementsForm

__all__ = [
    "ClientFilter",
    "ClientForm",
    "EngagementEditForm",
    "EngagementFilter",
    "EngagementForm",
    "LineForm",
    "LoseForm",
    "PersonForm",
    "PlanForm",
    "RequirementsForm",
    "SeatFilter",
]
