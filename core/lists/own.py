"""The lists of core itself: people, mails, effects and service accounts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists.columns import Column, state
from core.lists.declared import Empty, List, register
from core.lists.filters import Choice, Dates, Search
from core.models import Effect, Message, ServiceAccount, User, UserKind
from core.roles import ROLES


@register
class PeopleList(List[User]):
    key = "core.people"
    title = _("People")
    noun = ngettext_lazy("%(count)s person has access.", "%(count)s people have access.", "number")
    permission = "core.manage_people"
    route = "core:people"
    model = User
    cells = "core/_people_cell.html"
    columns = (
        Column("name", _("Name"), sort="name", rich=True),
        Column("kind", _("Side"), value="get_kind_display", sort=["kind", "name"]),
        Column(
            "roles",
            _("Roles"),
            value=lambda row: ", ".join(group.name for group in row.groups.all()),
        ),
        Column("last_here", _("Last here"), value="last_login", sort="last_login", rich=True),
        Column("email", _("E-mail"), sort="email", shown=False),
        Column("joined", _("Since"), value="joined_at", sort="joined_at", shown=False),
    )
    filters = (
        Search(["name", "email"], label=_("Name or address")),
        Choice("kind", _("Side"), UserKind.choices, blank=_("everybody")),
        Choice("role", _("Role"), lambda listing: _roles(), field="groups__name", more=True),
    )
    sort = "kind"
    empty = Empty(_("Nobody is like that."), _("Look for a part of the name or of the address."))

    def rows(self) -> Any:
        return User.objects.all()

    def shown(self, rows: Any) -> Any:
        return rows.prefetch_related("groups")


def _roles() -> list[tuple[str, str]]:
    return [(role, role) for role in ROLES]


@register
class MailList(List[Message]):
    key = "core.mail"
    title = _("Mail")
    noun = ngettext_lazy("%(count)s mail", "%(count)s mails", "number")
    permission = "core.manage_mail"
    route = "core:mail"
    model = Message
    cells = "core/_mail_cell.html"
    columns = (
        Column("subject", _("Mail"), value="subject_line", sort="subject_line", rich=True),
        Column("to", _("To"), sort="to"),
        Column("outcome", _("Outcome"), value="get_outcome_display", sort="outcome", rich=True),
        Column("written", _("Written"), value="created_at", sort="created_at", rich=True),
        Column("template", _("Text"), sort="template", shown=False),
    )
    filters = (
        Search(["to"], name="to", label=_("To")),
        Choice("outcome", _("Outcome"), Message.Outcome.choices, blank=_("any outcome")),
        Dates("written", _("Written"), "created_at__date", more=True),
    )
    sort = "-written"
    empty = Empty(
        _("No mail here."),
        _("What Cadre sends stands here at once: invite somebody, or look for another address."),
    )

    def rows(self) -> Any:
        return Message.objects.all()


@register
class EffectList(List[Effect]):
    key = "core.effects"
    title = _("Effects")
    noun = ngettext_lazy("%(count)s effect", "%(count)s effects", "number")
    permission = "core.requeue_effect"
    route = "core:effects"
    model = Effect
    cells = "core/_effect_cell.html"
    columns = (
        Column("name", _("Effect"), sort=["name", "due_at"], rich=True),
        state(),
        Column("attempts", _("Attempts"), sort=["attempts", "due_at"], css="num"),
        Column("due", _("Next"), value="due_at", sort="due_at", rich=True),
    )
    filters = (
        Search(["name", "key"], label=_("Name or key")),
        Choice(
            "state",
            _("State"),
            Effect.State.choices,
            blank=_("waiting or failed"),
            otherwise=lambda rows: rows.exclude(state=Effect.State.DONE),
        ),
    )
    sort = "state"
    empty = Empty(
        _("Nothing waits and nothing failed."),
        _("What is under way or gone wrong will stand here."),
    )

    def rows(self) -> Any:
        return Effect.objects.all()


def _in_standing(rows: Any, standing: str) -> Any:
    if standing == "revoked":
        return rows.exclude(revoked_at=None)
    reading = rows.reading(now=timezone.now())
    if standing == "reading":
        return reading
    return rows.filter(revoked_at=None).exclude(pk__in=reading.values("pk"))


@register
class ServiceAccountList(List[ServiceAccount]):
    key = "core.service_accounts"
    title = _("Service accounts")
    noun = ngettext_lazy("%(count)s service account", "%(count)s service accounts", "number")
    permission = "core.manage_people"
    route = "core:service_accounts"
    model = ServiceAccount
    cells = "core/_service_account_cell.html"
    columns = (
        Column("name", _("Account"), sort="name", rich=True),
        Column("standing", _("State"), value=lambda row: row.standing[1], rich=True),
        Column("whose", _("Whose rows"), value=lambda row: row.subject or _("of all")),
        Column("owner", _("Answers for it"), sort=["owner__name", "name"], rich=True),
        Column(
            "used",
            _("Last used"),
            value="last_used_at",
            sort="used_at",
            needs="with_last_use",
            css="nowrap",
            rich=True,
        ),
        Column("purpose", _("What it is for"), sort="purpose", shown=False),
        Column(
            "scopes", _("What it may read"), value=lambda row: ", ".join(row.scopes), shown=False
        ),
        Column(
            "rate",
            _("Requests a minute"),
            value="requests_per_minute",
            sort="requests_per_minute",
            css="num",
            shown=False,
        ),
        Column("created", _("Since"), value="created_at", sort="created_at", shown=False),
    )
    filters = (
        Search(["name", "purpose", "owner__name"], label=_("Account or who answers for it")),
        Choice(
            "standing",
            _("State"),
            [
                ("reading", _("can read")),
                ("stopped", _("cannot read, and is not revoked")),
                ("revoked", _("revoked")),
            ],
            by=_in_standing,
        ),
        Dates("created", _("Since"), "created_at__date", more=True),
    )
    sort = "name"
    empty = Empty(
        _("No program reads by the API."),
        _("Give one an account of its own: it then holds a token that you can end."),
        _("Add an account…"),
        "core:service_account_add",
    )

    def shown(self, rows: Any) -> Any:
        return rows.for_list()
