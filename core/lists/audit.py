"""The list of what was noted in the audit: who did what, when, about which row."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists.columns import Column
from core.lists.declared import Empty, List, register
from core.lists.filters import Choice, Dates, Search
from core.models import AuditEntry


@register
class AuditList(List[AuditEntry]):
    key = "core.audit"
    title = _("Audit")
    noun = ngettext_lazy("%(count)s entry", "%(count)s entries", "number")
    permission = "core.view_auditentry"
    route = "core:audit"
    model = AuditEntry
    columns = (
        Column("at", _("When"), sort="at"),
        Column("by", _("Who"), value="by_in_words", sort="by__name"),
        Column("kind", _("Kind"), value="get_kind_display", sort=["kind", "-at"]),
        Column("did", _("What"), value="did_in_words", sort=["did", "-at"]),
        Column("about", _("About")),
        Column("details", _("Details"), value="details_in_words"),
    )
    filters = (
        Search(["by__name"], label=_("Who")),
        Choice("kind", _("Kind"), AuditEntry.Kind.choices, blank=_("every kind")),
        Dates("at", _("Day"), "at__date"),
    )
    sort = "-at"
    empty = Empty(
        _("Nothing was noted."),
        _("Sign-ins, exports, views of personal data and changes of settings will stand here."),
    )

    def shown(self, rows: Any) -> Any:
        return rows.select_related("by", "subject_type")
