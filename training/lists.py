"""The lists of training: programmes, classes, and the certificates of people at work."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import lists
from training.models import Certificate, Programme, TrainingClass


@lists.register
class ProgrammeList(lists.List[Programme]):
    key = "training.programmes"
    title = _("Programmes")
    noun = ngettext_lazy(
        "%(count)s programme says what is taught.",
        "%(count)s programmes say what is taught.",
        "number",
    )
    permission = "training.view_programme"
    route = "training:programmes"
    model = Programme
    cells = "training/_programme_cell.html"
    columns = (
        lists.Column("name", _("Programme"), sort="name", rich=True),
        lists.Column("days", _("Days in class"), sort="days", css="num"),
        lists.Column("nesting_days", _("Days of nesting"), sort="nesting_days", css="num"),
        lists.Column("pass_mark", _("Pass mark"), sort="pass_mark", css="num"),
        lists.Column(
            "months",
            _("Certificate valid, months"),
            value="certificate_months",
            sort="certificate_months",
            css="num",
        ),
    )
    filters = (lists.Search(["name", "description"]),)
    sort = "name"
    empty = lists.Empty(
        _("No programme yet."),
        _("Add what is taught for a role: its days, and the mark that has to be reached."),
        _("Add a programme…"),
        "training:programme_add",
        "training.change_programme",
    )

    def rows(self) -> Any:
        return Programme.objects.all()  # whoever may see one may see all


def _of_state(rows: Any, state: str) -> Any:
    return rows if state == "all" else rows.filter(state=state)


@lists.register
class ClassList(lists.List[TrainingClass]):
    key = "training.classes"
    title = _("Classes")
    noun = ngettext_lazy("%(count)s class", "%(count)s classes", "number")
    permission = "training.view_trainingclass"
    route = "training:classes"
    model = TrainingClass
    cells = "training/_class_cell.html"
    columns = (
        lists.Column("name", _("Class"), sort=["name", "starts_on"], rich=True),
        lists.Column(
            "engagement",
            _("Engagement"),
            sort=["engagement__client__name", "engagement__name", "starts_on"],
            rich=True,
        ),
        lists.Column("trainer", _("Trainer"), sort=["trainer__name", "starts_on"]),
        lists.Column("starts_on", _("Starts"), sort=["starts_on", "name"], css="nowrap"),
        lists.Column(
            "places",
            _("Places"),
            export=lambda row: f"{row.enrolled} / {row.places}",
            css="num",
            rich=True,
        ),
        lists.state(),
        lists.Column("ends_on", _("Ends"), sort=["ends_on", "name"], shown=False),
        lists.Column("programme", _("Programme"), sort=["programme__name", "name"], shown=False),
        lists.Column(
            "enrolled",
            _("Enrolled"),
            sort=["enrolled", "name"],
            needs="with_enrolled",
            css="num",
            shown=False,
        ),
    )
    filters = (
        lists.Search(["name", "engagement__name", "engagement__client__name", "trainer__name"]),
        lists.Choice(
            "state",
            _("State"),
            [("all", _("all")), *TrainingClass.State.choices],
            blank=_("before us and running"),
            by=_of_state,
            otherwise=lambda rows: rows.standing(),
        ),
        lists.Flag("mine", _("Mine"), lambda rows, actor: rows.filter(trainer=actor.user)),
        lists.Dates("starts", _("Starts"), "starts_on", more=True),
    )
    sort = "starts_on"
    empty = lists.Empty(
        _("No class here."),
        _("Plan one for an engagement whose people are hired, or look at all states."),
        _("Plan a class…"),
        "training:class_add",
        "training.change_trainingclass",
    )

    def shown(self, rows: Any) -> Any:
        rows = rows.with_enrolled()
        return rows.select_related("engagement__client", "programme", "trainer")


@lists.register
class CertificateList(lists.List[Certificate]):
    key = "training.certificates"
    title = _("Certificates")
    noun = ngettext_lazy(
        "%(count)s person at work holds a certificate.",
        "%(count)s people at work hold a certificate.",
        "number",
    )
    permission = "training.view_enrolment"
    route = "training:certificates"
    model = Certificate
    cells = "training/_certificate_cell.html"
    columns = (
        lists.Column("number", _("Certificate"), sort="number", rich=True),
        lists.Column(
            "person",
            _("Person"),
            value="enrolment.application.candidate.name",
            sort="enrolment__application__candidate__sort_name",
            rich=True,
        ),
        lists.Column(
            "engagement",
            _("Engagement"),
            value="enrolment.seat.engagement",
            sort=["enrolment__seat__engagement__client__name", "expires_on"],
        ),
        lists.Column(
            "expires", _("Expires"), value="expires_on", sort=["expires_on", "number"], rich=True
        ),
        lists.Column(
            "issued", _("Issued"), value="issued_on", sort=["issued_on", "number"], shown=False
        ),
    )
    filters = (
        lists.Search(["number", "enrolment__application__candidate__name"]),
        lists.Dates("expires", _("Expires"), "expires_on"),
    )
    sort = "expires"
    empty = lists.Empty(
        _("No certificate here."),
        _("Whoever is certified in a class is listed until the certificate expires."),
    )

    def rows(self) -> Any:
        return super().rows().of_people_at_work()

    def shown(self, rows: Any) -> Any:
        return rows.select_related(
            "file", "enrolment__application__candidate", "enrolment__seat__engagement__client"
        )
