"""The lists of core itself: people, mails and effects."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists.columns import Column, state
from core.lists.declared import Empty, List, register
from core.lists.filters import Choice, Dates, Search
from core.models import Effect, Message, User, UserKind
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
