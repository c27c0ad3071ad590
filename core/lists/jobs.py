"""The lists of jobs, and of what became of one job's rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists.columns import Column, state
from core.lists.declared import Empty, List, register
from core.lists.filters import Choice, Dates, Search
from core.models import Job, JobLine


@register
class JobList(List[Job]):
    key = "core.jobs"
    title = _("Jobs")
    noun = ngettext_lazy("%(count)s job", "%(count)s jobs", "number")
    permission = "core.view_job"
    route = "core:jobs"
    model = Job
    columns = (
        Column("title", _("Job"), value="title", sort="title", link=True),
        state(),
        Column("done", _("Done"), sort="done", css="num"),
        Column("total", _("Of"), sort="total", css="num"),
        Column("by", _("Started by"), value="by.name", sort="by__name"),
        Column("started", _("Started"), value="created_at", sort="created_at"),
        Column("ended", _("Ended"), value="ended_at", sort="ended_at"),
    )
    filters = (
        Search(["title"], label=_("Job")),
        Choice("state", _("State"), Job.State.choices, blank=_("any state")),
        Dates("started", _("Started"), "created_at__date", more=True),
    )
    sort = "-started"
    empty = Empty(_("No job yet."), _("Imports and other long work stand here with their reports."))

    def shown(self, rows: Any) -> Any:
        return rows.select_related("by")


@register
class JobLineList(List[JobLine]):
    key = "core.job_lines"
    title = _("Report")
    noun = ngettext_lazy("%(count)s line", "%(count)s lines", "number")
    permission = "core.view_job"
    route = "core:job"
    model = JobLine
    within = Job
    cells = "core/_job_line_cell.html"
    keeps = False
    columns = (
        Column("row", _("Row"), value=lambda line: line.row + 1, sort="row", css="num"),
        Column("place", _("Where"), sort="place"),
        Column("outcome", _("Outcome"), sort=["outcome", "row"]),
        Column("text", _("What became of it"), sort="text", rich=True),
    )
    filters = (
        Search(["place", "text"], label=_("Words")),
        Choice("outcome", _("Outcome"), lambda listing: listing.outcomes(), blank=_("any outcome")),
    )
    sort = "row"
    empty = Empty(_("No line yet."), _("What became of each row will stand here."))

    def rows(self) -> Any:
        return JobLine.objects.filter(job=self.parent)

    def outcomes(self) -> list[tuple[str, str]]:
        return [(outcome, outcome) for outcome in self.parent.lines.counts()]
