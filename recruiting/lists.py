"""The lists of recruiting: requisitions, their applications, candidates and criteria."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import lists, workflow
from core.models import User, UserKind
from engagements.models import Engagement
from recruiting import actions, languages, mails
from recruiting.forms import RejectForm
from recruiting.models import (
    Application,
    Candidate,
    CriteriaSet,
    Fact,
    Requisition,
    countries_of_candidates,
)
from vendors.models import Role


def _staff(listing: Any) -> Any:
    return User.objects.filter(kind=UserKind.STAFF, is_active=True)


def _engagements(listing: Any) -> Any:
    return Engagement.objects.visible_to(listing.actor).select_related("client")


@lists.register
class RequisitionList(lists.List[Requisition]):
    key = "recruiting.requisitions"
    title = _("Requisitions")
    noun = ngettext_lazy("%(count)s requisition", "%(count)s requisitions", "number")
    permission = "recruiting.view_requisition"
    route = "recruiting:requisitions"
    model = Requisition
    cells = "recruiting/_requisition_cell.html"
    columns = (
        lists.Column("number", _("Requisition"), value=str, sort="pk", rich=True),
        lists.Column(
            "engagement",
            _("Engagement"),
            sort=["engagement__client__name", "engagement__name"],
        ),
        lists.state(),
        lists.Column(
            "open",
            _("Open seats"),
            value="open_count",
            sort="open_count",
            needs="with_counts",
            css="num",
        ),
        lists.Column(
            "given",
            _("Given"),
            value="filled_count",
            sort="filled_count",
            needs="with_counts",
            rich=True,
            css="num",
        ),
        lists.Column("recruiter", _("Recruiter"), sort="recruiter__name"),
        lists.Column("target", _("Full by"), value="target_on", sort="target_on", rich=True),
        lists.Column("title", _("Title"), sort="title", shown=False),
        lists.Column("role", _("Role"), value="get_role_display", sort="role", shown=False),
        lists.Column("place", _("Place"), sort="place", shown=False),
        lists.Column(
            "seats",
            _("Seats"),
            value="seat_count",
            sort="seat_count",
            needs="with_counts",
            css="num",
            shown=False,
        ),
        lists.Column("created", _("Ordered"), value="created_at", sort="created_at", shown=False),
    )
    filters = (
        lists.Search(["number", "title", "engagement__client__name"]),
        lists.Choice("state", _("State"), Requisition.State.choices),
        lists.Flag("mine", _("Mine"), lambda rows, actor: rows.filter(recruiter=actor.user)),
        lists.Key("engagement", _("Engagement"), _engagements, more=True),
        lists.Key("recruiter", _("Recruiter"), _staff, more=True),
        lists.Choice("role", _("Role"), Role.choices, more=True),
        lists.Dates("target", _("Full by"), "target_on", more=True),
        lists.Numbers("open", _("Open seats"), "open_count", needs="with_counts", more=True),
    )
    sort = "-created"
    bulk = (
        lists.Bulk(name="hold", step="hold"),
        lists.Bulk(name="resume", step="resume"),
    )
    empty = lists.Empty(
        _("No requisition here."),
        _("Clear the filters, or order the approved seats of an engagement to be filled."),
        _("New requisition…"),
        "recruiting:requisition_add",
        "recruiting.change_requisition",
    )

    def code(self, row: Requisition) -> str:
        return row.number

    def shown(self, rows: Any) -> Any:
        return rows.with_counts().select_related("engagement__client", "recruiter")


def next_stage(application: Application) -> str:
    """Name the step that leads on and asks for nothing: by the plan's test, where it has one."""
    if application.state == Application.State.SCREENING and application.requisition.has_assessment:
        return "assess"
    onward = [
        step.name
        for step in workflow.steps(application).values()
        if step.custom.get("main") and not step.custom.get("route")
    ]
    return onward[0] if onward and application.state != Application.State.ON_HOLD else ""


def _rejection(application: Application) -> Iterable[tuple[str, str, str]]:
    mail = mails.rejection(application)
    return [(mail.to, *mail.preview())] if mail else []


@lists.register
class ApplicationList(lists.List[Application]):
    key = "recruiting.applications"
    title = _("Applications")
    noun = ngettext_lazy("%(count)s application", "%(count)s applications", "number")
    permission = "recruiting.view_application"
    route = "recruiting:applications"
    model = Application
    within = Requisition
    cells = "recruiting/_application_cell.html"
    columns = (
        lists.Column(
            "name", _("Candidate"), value="candidate.name", sort="candidate__sort_name", rich=True
        ),
        lists.state(_("Stage")),
        lists.Column("moved", _("Moved"), value="moved_at", sort="moved_at", rich=True),
        lists.Column(
            "must_haves",
            _("Must-haves"),
            rich=True,
            export=lambda row: f"{row.must_haves[0]} of {row.must_haves[1]}",
        ),
        lists.Column(
            "source",
            _("From"),
            value=lambda row: row.vendor or row.get_source_display(),
            sort="source",
        ),
        lists.Column("score", _("Score"), rich=True, css="num"),
        lists.Column(
            "email", _("E-mail"), value="candidate.email", sort="candidate__email", shown=False
        ),
        lists.Column(
            "country",
            _("Country"),
            value="candidate.country",
            sort="candidate__country",
            shown=False,
        ),
        lists.Column("created", _("Began"), value="created_at", sort="created_at", shown=False),
    )
    filters = (
        lists.Search(by=lambda rows, text: rows.found_by(q=text), label=_("Name or e-mail")),
        lists.Choice("state", _("Stage"), Application.State.choices),
        lists.Choice("source", _("From"), Candidate.Source.choices),
        lists.Dates("moved", _("Moved"), "moved_at__date", more=True),
    )
    sort = "-moved"
    bulk = (
        lists.Bulk(
            name="advance",
            label=_("Move to the next stage"),
            step=next_stage,
            permission="recruiting.move_application",
        ),
        lists.Bulk(name="hold", step="hold"),
        lists.Bulk(name="resume", step="resume"),
        lists.Bulk(
            name="reject",
            step="reject",
            do=actions.reject,
            form=RejectForm,
            mails=_rejection,
            mails_if="with_mail",
            danger=True,
        ),
    )
    empty = lists.Empty(
        _("Nobody here."), _("Clear the filters. People can apply while the requisition is open.")
    )

    def rows(self) -> Any:
        return super().rows().filter(requisition=self.parent)

    def code(self, row: Application) -> str:
        return row.candidate.code

    def shown(self, rows: Any) -> Any:
        return rows.for_rows()


def _spoken(listing: Any) -> Any:
    """All languages, as facts name them: looking for those in use would read every fact."""
    return [(languages.skill_of(code), name) for code, name in languages.languages()]


def _speaks(rows: Any, skill: str) -> Any:
    return rows.filter(Exists(Fact.objects.filter(candidate=OuterRef("pk"), skill=skill)))


@lists.register
class CandidateList(lists.List[Candidate]):
    key = "recruiting.candidates"
    title = _("Candidates")
    noun = ngettext_lazy("%(count)s candidate", "%(count)s candidates", "number")
    permission = "recruiting.view_candidate"
    route = "recruiting:candidates"
    model = Candidate
    cells = "recruiting/_candidate_cell.html"
    columns = (
        lists.Column("name", _("Name"), sort="sort_name", rich=True),
        lists.Column(
            "knows",
            _("Knows"),
            value=lambda row: list(row.facts.all()),
            export=lambda row: "; ".join(map(str, row.facts.all())),
            rich=True,
        ),
        lists.Column(
            "applications",
            _("Applications"),
            value=lambda row: list(row.applications.all()),
            export=lambda row: "; ".join(a.requisition.number for a in row.applications.all()),
            rich=True,
        ),
        lists.Column("country", _("Country"), sort="country"),
        lists.Column(
            "source",
            _("From"),
            value=lambda row: row.vendor or row.get_source_display(),
            sort="source",
        ),
        lists.Column("created", _("Known"), value="created_at", sort="created_at", rich=True),
        lists.Column("email", _("E-mail"), sort="email", shown=False),
        lists.Column("phone", _("Phone"), shown=False),
        lists.Column("city", _("City"), sort="city", shown=False),
        lists.Column("headline", _("Headline"), shown=False),
        lists.Column(
            "consented", _("Consented"), value="consented_at", sort="consented_at", shown=False
        ),
    )
    filters = (
        lists.Search(by=lambda rows, text: rows.found_by(q=text), label=_("Name or e-mail")),
        lists.Choice(
            "country",
            _("Country"),
            lambda listing: languages.countries(),
            offered=countries_of_candidates,
        ),
        lists.Choice("speaks", _("Speaks"), _spoken, by=_speaks),
        lists.Choice("source", _("From"), Candidate.Source.choices),
        lists.Dates("created", _("Known"), "created_at__date", more=True),
        lists.Flag(
            "unasked",
            _("Not asked for consent"),
            lambda rows, actor: rows.filter(consented_at=None),
            more=True,
        ),
    )
    sort = "name"
    empty = lists.Empty(
        _("Nobody here."),
        _("Clear the filters, add somebody by hand, or import a list."),
        _("Add a candidate…"),
        "recruiting:candidate_add",
        "recruiting.add_candidate",
    )

    def shown(self, rows: Any) -> Any:
        return rows.for_list()


@lists.register
class CriteriaList(lists.List[CriteriaSet]):
    key = "recruiting.criteria"
    title = _("Criteria")
    noun = ngettext_lazy("%(count)s set of criteria", "%(count)s sets of criteria", "number")
    permission = "engagements.view_client"
    route = "recruiting:criteria_sets"
    model = CriteriaSet
    cells = "recruiting/_criteria_cell.html"
    columns = (
        lists.Column("title", _("Criteria"), value=str, sort=["title", "version"], rich=True),
        lists.Column(
            "engagement", _("Engagement"), sort=["engagement__client__name", "engagement__name"]
        ),
        lists.state(),
        lists.Column(
            "approved",
            _("Approved items"),
            value="approved_count",
            sort="approved_count",
            needs="with_items",
            css="num",
            rich=True,
        ),
        lists.Column("role", _("Role"), value="get_role_display", sort="role", shown=False),
        lists.Column(
            "items",
            _("Items"),
            value="item_count",
            sort="item_count",
            needs="with_items",
            css="num",
            shown=False,
        ),
        lists.Column("created", _("Begun"), value="created_at", sort="created_at", shown=False),
    )
    filters = (
        lists.Search(["title", "engagement__client__name"], label=_("Title or client")),
        lists.Choice("state", _("State"), CriteriaSet.State.choices),
        lists.Choice("role", _("Role"), Role.choices),
    )
    sort = "-created"
    empty = lists.Empty(
        _("No criteria here."),
        _(
            "Clear the filters, or write down by what people are chosen for a role; "
            "the client then approves it item by item."
        ),
        _("New criteria…"),
        "recruiting:criteria_add",
        "recruiting.change_criteriaset",
    )

    def shown(self, rows: Any) -> Any:
        return rows.with_items().select_related("engagement__client")
