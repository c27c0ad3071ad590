from typing import Any

from django.utils.translation import gettext as _

from engagements.forms.requirements import RequirementsForm
from engagements.intake import Step
from engagements.models import Requirements

# Chosen among what is possible: there is no empty answer.
ALWAYS = {"customer_time_zone", "structure_wish", "complexity"}


class StepForm(RequirementsForm):
    """The part of requirements that one step asks for; what is not known yet stays empty."""

    def __init__(self, step: Step, requirements: Requirements, data: Any = None) -> None:
        super().__init__(data, instance=requirements)
        for name in set(self.fields) - set(step.fields):
            del self.fields[name]
        for name, field in self.fields.items():
            field.required = name in ALWAYS
            # Not optional: it may be said later, but the step is not done without.
            field.is_awaited = name in step.awaited  # type: ignore[attr-defined]
        if "budget_monthly" in self.fields:
            words = {"currency": requirements.engagement.currency}
            self.fields["budget_monthly"].label = _("Budget for a month, %(currency)s") % words
