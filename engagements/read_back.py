"""What requirements say, as whoever gave them reads it: no plan, price or default of ours."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.places import countries
from core.templatetags.ui import money
from engagements.forms import RequirementsForm
from engagements.intake import STEPS, Step
from engagements.models import Channel, Requirements, Security

Answer = tuple[str, str]


def read_back(row: Requirements) -> list[tuple[Step, list[Answer]]]:
    """Return each step with the answers in its fields, label and text; "" is not said yet."""
    labels = {name: str(field.label) for name, field in RequirementsForm.base_fields.items()}
    said = _said(row)
    return [(step, [(labels[name], said[name]) for name in step.fields]) for step in STEPS]


def _said(row: Requirements) -> dict[str, str]:
    budget = row.budget_monthly
    return {
        "industry": row.industry,
        "business_size": row.get_business_size_display(),
        "scope_of_service": row.scope_of_service,
        "complexity": row.get_complexity_display(),
        "deployment": row.deployment,
        "channels_in_use": _names(row.channels_in_use, dict(Channel.choices)),
        "delivery_countries": _names(row.delivery_countries, dict(countries())),
        "customer_time_zone": row.customer_time_zone.replace("_", " "),
        "structure_wish": row.get_structure_wish_display(),
        "security": _names(row.security, dict(Security.choices), between="; "),
        "security_notes": row.security_notes,
        "go_live_on": date_format(row.go_live_on, "DATE_FORMAT") if row.go_live_on else "",
        "ramp": ramp_in_words(row.ramp),
        "budget_monthly": "" if budget is None else str(money(budget, row.engagement.currency)),
    }


def _names(keys: Iterable[str], names: Mapping[str, Any], *, between: str = ", ") -> str:
    return between.join(str(names.get(key, key)) for key in keys)


def ramp_in_words(ramp: Iterable[tuple[int, float]]) -> str:
    """Write a ramp as it is read; without one everybody starts on the first day."""
    steps = [
        _("%(share)s %% after %(weeks)s weeks") % {"share": f"{100 * share:g}", "weeks": weeks}
        for weeks, share in ramp
    ]
    return ", ".join(steps) or _("all on the first day")
