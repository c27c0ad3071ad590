"""The list of what was noted and of every step: who did what, when, about which row."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists.columns import Column
from core.lists.declared import Empty, List, register
from core.lists.filters import Choice, Dates, Search
from core.models import Actor, AuditLine


def of_whom(rows: Any, text: str) -> Any:
    """Find the actors first: each log has an index by actor, and none by name."""
    actors = Actor.objects.all()
    for word in text.split():
        actors = actors.filter(name__icontains=word)
    return rows.filter(by__in=list(actors.values_list("pk", flat=True)[:500]))


def moment(row: AuditLine) -> str:
    return date_format(timezone.localtime(row.at), "DATETIME_FORMAT")


@register
class AuditList(List[AuditLine]):
    key = "core.audit"
    title = _("Audit")
    noun = ngettext_lazy("%(count)s entry", "%(count)s entries", "number")
    permission = "core.view_auditentry"
    route = "core:audit"
    model = AuditLine
    columns = (
        Column("at", _("When"), value=moment, export="at", sort="at", css="nowrap"),
        Column("by", _("Who"), value="by_in_words"),
        Column("kind", _("Kind"), value="get_kind_display"),
        Column("did", _("What"), value="did_in_words"),
        Column("about", _("About")),
        Column("details", _("Details"), value="details_in_words"),
    )
    filters = (
        Search(by=of_whom, label=_("Who")),
        Choice("kind", _("Kind"), AuditLine.KINDS, blank=_("every kind")),
        Dates("at", _("Day"), "at__date"),
    )
    sort = "-at"
    empty = Empty(
        _("Nothing was noted."),
        _("Steps, sign-ins, exports, views of personal data and changes of settings stand here."),
    )

    def shown(self, rows: Any) -> Any:
        return rows.select_related("by", "subject_type")

    def load(self, pks: Iterable[Any]) -> list[AuditLine]:
        wanted = list(pks)
        found = {row.pk: row for row in self.shown(self.rows().numbered(wanted))}
        return [found[pk] for pk in wanted if pk in found]
