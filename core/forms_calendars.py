from datetime import date, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import calendars
from core.models import Actor

OURS = ""
MOST_DAYS = 60
Party = models.Model | None


def parties(actor: Actor) -> dict[str, tuple[str, Party]]:
    """Return who has a calendar, by key: we ourselves, then every row that has a place."""
    found: dict[str, tuple[str, Party]] = {OURS: (_("we ourselves"), None)}
    for label in calendars.parties():
        model: Any = apps.get_model(label)
        rows = model._default_manager.visible_to(actor)
        found |= {f"{label}:{row.pk}": (str(row), row) for row in sorted(rows, key=str)}
    return found


class DaysOffForm(forms.Form):
    """A day off, or the days from one to another."""

    first = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("If it is more than one."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    name = forms.CharField(label=gettext_lazy("Why"), max_length=100)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("It is before the first day."))
            elif last - first >= timedelta(days=MOST_DAYS):
                self.add_error("last", _("At most {n} days at once.").format(n=MOST_DAYS))
        return data
