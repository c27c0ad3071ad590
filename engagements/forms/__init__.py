from engagements.forms.assumptions import AssumptionForm
from engagements.forms.clients import ClientForm, PersonForm
from engagements.forms.engagements import (
    EngagementEditForm,
    EngagementForm,
    LoseForm,
)
from engagements.forms.intake import StepForm
from engagements.forms.lines import ArrivalsForm, LineForm, filled
from engagements.forms.measures import MeasureForm
from engagements.forms.plan_sites import PlanSitesForm
from engagements.forms.plans import PlanForm
from engagements.forms.requirements import CopyForm, RequirementsForm
from engagements.forms.scenarios import ScenarioForm
from engagements.forms.seats import DayForm, LedgerForm, ReopenForm, VacateForm
from engagements.forms.structure_rules import RoleCharterForm, StructureRuleForm
from engagements.forms.wishes import AskForSeatsForm, DiscardForm, SendBackForm

__all__ = [
    "ArrivalsForm",
    "AskForSeatsForm",
    "AssumptionForm",
    "ClientForm",
    "CopyForm",
    "DayForm",
    "DiscardForm",
    "EngagementEditForm",
    "EngagementForm",
    "LedgerForm",
    "LineForm",
    "LoseForm",
    "MeasureForm",
    "PersonForm",
    "PlanForm",
    "PlanSitesForm",
    "ReopenForm",
    "RequirementsForm",
    "RoleCharterForm",
    "ScenarioForm",
    "SendBackForm",
    "StepForm",
    "StructureRuleForm",
    "VacateForm",
    "filled",
]
