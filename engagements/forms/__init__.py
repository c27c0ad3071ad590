from engagements.forms.assumptions import AssumptionForm
from engagements.forms.clients import ClientForm, PersonForm
from engagements.forms.engagements import (
    EngagementEditForm,
    EngagementForm,
    LoseForm,
)
from engagements.forms.intake import StepForm
from engagements.forms.lines import LineForm
from engagements.forms.plans import PlanForm
from engagements.forms.requirements import CopyForm, RequirementsForm
from engagements.forms.scenarios import ScenarioForm
from engagements.forms.wishes import AskForSeatsForm, DiscardForm, SendBackForm

__all__ = [
    "AskForSeatsForm",
    "AssumptionForm",
    "ClientForm",
    "CopyForm",
    "DiscardForm",
    "EngagementEditForm",
    "EngagementForm",
    "LineForm",
    "LoseForm",
    "PersonForm",
    "PlanForm",
    "RequirementsForm",
    "ScenarioForm",
    "SendBackForm",
    "StepForm",
]
