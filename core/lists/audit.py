"""The list of what was noted and of every step: who did what, when, about which row."""

from collections.abc import Iterable, Sequence
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


def _pages(model: Any, pks: set[int | None], actor: Actor) -> dict[int | None, str]:
    """Return the addresses of these rows that the actor may see, by number."""
    manager: Any = getattr(model, "_default_manager", None)
    if not (hasattr(manager, "visible_to") and hasattr(model, "get_absolute_url")):
        return {}
    return {row.pk: row.get_absolute_url() for row in manager.visible_to(actor).filter(pk__in=pks)}


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
    cells = "core/_audit_cell.html"
    columns = (
        Column("at", _("When"), value=moment, export="at", sort="at", css="nowrap"),
        Column("by", _("Who"), value="by_in_words"),
        Column("kind", _("Kind"), value="get_kind_display"),
        Column("did", _("What"), value="did_in_words"),
        Column("about", _("About"), rich=True),
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
        rows = [found[pk] for pk in wanted if pk in found]
        self.prepare(rows)
        return rows

    def prepare(self, rows: Sequence[AuditLine]) -> None:
        """Give a line the page of its row where the reader may see that: one query for a kind."""
        kinds = {row.subject_type for row in rows if row.subject_type}
        for kind in kinds:
            lines = [row for row in rows if row.subject_type == kind]
            pages = _pages(kind.model_class(), {row.subject_id for row in lines}, self.actor)
            for row in lines:
                row.about_url = pages.get(row.subject_id, "")
