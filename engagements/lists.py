"""The lists of engagements: clients, engagements, and the seats of one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import lists
from core.places import languages
from engagements import actions, pages
from engagements.forms import ReopenForm
from engagements.models import Client, Engagement, Seat
from engagements.models.seats import Shift
from vendors.models import Role

CLIENT = ("client__name", "name")


@lists.register
class ClientList(lists.List[Client]):
    key = "engagements.clients"
    title = _("Clients")
    noun = ngettext_lazy("%(count)s client", "%(count)s clients", "number")
    permission = "engagements.view_client"
    route = "engagements:clients"
    model = Client
    cells = "engagements/_client_cell.html"
    columns = (
        lists.Column("name", _("Name"), sort="name", rich=True),
        lists.Column("industry", _("Industry"), sort=["industry", "name"]),
        lists.Column("size", _("Size"), value="get_size_display", sort=["size", "name"]),
        lists.Column(
            "engagements",
            _("Engagements"),
            value="engagement_count",
            sort=["engagement_count", "name"],
            needs="with_counts",
            css="num",
        ),
        lists.Column(
            "people",
            _("People"),
            value="people_count",
            sort=["people_count", "name"],
            needs="with_counts",
            css="num",
        ),
        lists.Column("country", _("Country"), sort=["country", "name"], shown=False),
        lists.Column("legal_name", _("Legal name"), sort="legal_name", shown=False),
    )
    filters = (
        lists.Search(["name", "industry"], label=_("Name or industry")),
        lists.Choice("size", _("Size"), Client.Size.choices),
    )
    sort = "name"
    empty = lists.Empty(
        _("No client here."),
        _("Clear the search, or add a client: its engagements and requirements follow from there."),
        _("Add a client…"),
        "engagements:client_add",
        "engagements.change_client",
    )

    def shown(self, rows: Any) -> Any:
        return rows.with_counts()


def _in_state(rows: Any, state: str) -> Any:
    gone = Q(state__in=[Engagement.State.CLOSED, Engagement.State.LOST])
    return rows.exclude(gone) if state == "open" else rows.filter(state=state)


@lists.register
class EngagementList(lists.List[Engagement]):
    key = "engagements.engagements"
    title = _("Engagements")
    noun = ngettext_lazy("%(count)s engagement", "%(count)s engagements", "number")
    permission = "engagements.view_client"
    route = "engagements:engagements"
    model = Engagement
    cells = "engagements/_engagement_cell.html"
    columns = (
        lists.Column("name", _("Engagement"), value=str, sort=CLIENT, rich=True),
        lists.state(),
        lists.Column("next", _("Next step"), value="next_step", sort="next_step_on", rich=True),
        lists.Column("go_live", _("Go-live"), value="go_live_on", sort="go_live_on", css="nowrap"),
        lists.Column(
            "live", _("Seats live"), sort=["live", *CLIENT], needs="with_seat_counts", css="num"
        ),
        lists.Column(
            "wanted",
            _("Seats wanted"),
            sort=["wanted", *CLIENT],
            needs="with_seat_counts",
            css="num",
        ),
        lists.Column("code", _("Code"), sort="code", shown=False),
        lists.Column("owner", _("Owner"), sort=["owner__name", *CLIENT], shown=False),
        lists.Column("created", _("Since"), value="created_at", sort="created_at", shown=False),
    )
    filters = (
        lists.Search(["client__name", "name", "code"], label=_("Client, name or code")),
        lists.Choice(
            "state",
            _("State"),
            [("open", _("neither closed nor lost")), *Engagement.State.choices],
            by=_in_state,
        ),
        lists.Flag("mine", _("Mine"), lambda rows, actor: rows.filter(owner=actor.user)),
        lists.Dates("go_live", _("Go-live"), "go_live_on", more=True),
        lists.Numbers("wanted", _("Seats wanted"), "wanted", needs="with_seat_counts", more=True),
    )
    sort = "name"
    empty = lists.Empty(
        _("No engagement here."),
        _("Clear the filters, or open a client and add an engagement there."),
        _("Clients"),
        "engagements:clients",
    )

    def shown(self, rows: Any) -> Any:
        return rows.for_list()


def _seats_in_state(rows: Any, state: str) -> Any:
    if state == "vacant":
        vacant = Q(vacant_since__isnull=False) | Q(state=Seat.State.VACATED)
        return rows.with_vacancy_now().filter(vacant)
    return rows if state == "all" else rows.filter(state=state)


def _names(field: str) -> Callable[[Any], list[tuple[str, str]]]:
    """Offer what the seats of the engagement have in a field."""

    def choices(listing: Any) -> list[tuple[str, str]]:
        rows = listing.parent.seats.exclude(**{field: None}).order_by(field)
        return [(str(name), str(name)) for name in rows.values_list(field, flat=True).distinct()]

    return choices


def _languages(listing: Any) -> list[tuple[str, str]]:
    names = dict(languages())
    return [(code, names.get(code, code)) for code, _code in _names("language")(listing) if code]


@lists.register
class SeatList(lists.List[Seat]):
    key = "engagements.seats"
    title = _("Seats")
    noun = ngettext_lazy("%(count)s seat", "%(count)s seats", "number")
    permission = "engagements.view_seat"
    route = "engagements:seats"
    model = Seat
    within = Engagement
    cells = "engagements/_seat_cell.html"
    columns = (
        lists.Column("number", _("Seat"), sort="number", rich=True),
        lists.state(),
        lists.Column(
            "role", _("Role"), value="get_role_display", sort=["role", "number"], rich=True
        ),
        lists.Column("team", _("Team"), sort=["team__name", "number"]),
        lists.Column("lead", _("Lead"), rich=True),
        lists.Column("starts_on", _("Starts"), sort=["starts_on", "number"]),
        lists.Column(
            "vacant",
            _("Vacant since"),
            value="vacant_since",
            sort=["vacant_since", "number"],
            needs="with_vacancy_now",
            rich=True,
        ),
        lists.Column("ends_on", _("Ends"), sort=["ends_on", "number"], shown=False),
        lists.Column("language", _("Language"), sort=["language", "number"], shown=False),
        lists.Column("tier", _("Tier"), sort=["tier", "number"], shown=False, css="num"),
        lists.Column(
            "shift",
            _("Shift"),
            value="get_shift_display",
            sort=["shift", "number"],
            shown=False,
        ),
        lists.Column("fte", _("Full time"), sort=["fte", "number"], shown=False, css="num"),
        lists.Column("line", _("Line of business"), sort=["line__name", "number"], shown=False),
        lists.Column("site", _("Site"), sort=["site__name", "number"], shown=False),
    )
    filters = (
        lists.Choice(
            "state",
            _("State"),
            [*Seat.State.choices, ("vacant", _("vacant, or vacated")), ("all", _("all"))],
            blank=_("neither vacated nor cancelled"),
            by=_seats_in_state,
            otherwise=lambda rows: rows.wanted(),
        ),
        lists.Choice("role", _("Role"), Role.choices),
        lists.Key("team", _("Team"), lambda listing: listing.parent.teams.all()),
        lists.Choice("line", _("Line of business"), _names("line__name"), field="line__name"),
        lists.Choice("site", _("Site"), _names("site__name"), field="site__name"),
        lists.Choice("language", _("Language"), _languages, more=True),
        lists.Choice("tier", _("Tier"), _names("tier"), more=True),
        lists.Choice("shift", _("Shift"), Shift.choices, more=True),
        lists.Choice(
            "time",
            _("Time"),
            [("full", _("full time")), ("part", _("part time"))],
            by=lambda rows, time: rows.filter(**{"fte" if time == "full" else "fte__lt": 1}),
            more=True,
        ),
        lists.Dates("starts", _("Starts"), "starts_on", more=True),
        lists.Dates("ends", _("Ends"), "ends_on", more=True),
        lists.Dates(
            "vacant", _("Vacant since"), "vacant_since", needs="with_vacancy_now", more=True
        ),
    )
    sort = "number"
    # A seat is approved by what happens to its engagement, not by hand; a vacated one is reopened.
    bulk = (
        lists.Bulk(name="reopen", step="reopen", do=actions.reopen_seat, form=ReopenForm),
        lists.Bulk(name="cancel", step="cancel", danger=True),
    )
    empty = lists.Empty(
        _("No seat here."), _("Clear the filters, or make a staffing plan: it makes the seats.")
    )

    def rows(self) -> Any:
        return super().rows().filter(engagement=self.parent)

    def code(self, row: Seat) -> str:
        return row.number

    def shown(self, rows: Any) -> Any:
        return rows.with_vacancy_now().for_list()

    def prepare(self, rows: Sequence[Any]) -> None:
        leads = pages.leads_of(self.parent) if rows else {}
        for row in rows:
            row.lead = leads.get(row.team_id)
