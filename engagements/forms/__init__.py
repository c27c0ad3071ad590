from engagements.forms.assumptions import AssumptionForm
from engagements.forms.clients import ClientForm, PersonForm
from engagements.forms.engagements import (
    EngagementEditForm,
    EngagementForm,
    LoseForm,
)
from engagements.forms.lines import ArrivalsForm, LineForm, filled
from engagements.forms.plans import PlanForm
from engagements.forms.requirements import CopyForm, RequirementsForm
from engagements.forms.scenarios import ScenarioForm

__all__ = [
    "ArrivalsForm",
    "AssumptionForm",
    "ClientForm",
    "CopyForm",
    "EngagementEditForm",
    "EngagementForm",
    "LineForm",
    "LoseForm",
    "PersonForm",
    "PlanForm",
    "RequirementsForm",
    "ScenarioForm",
    "filled",
]
