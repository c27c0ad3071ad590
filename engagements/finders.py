"""What the search finds of clients and engagements."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core import search
from core.models import Actor
from core.search import Asked, Hit
from engagements.models import Client, Engagement

MAY = "engagements.view_client"


def clients(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    rows = search.among(Client.objects.visible_to(by), asked, ["name", "legal_name"])
    for row in rows[:limit]:
        yield Hit(row.name, row.get_absolute_url(), f"{row.industry}, {row.country}")


def engagements(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    rows = Engagement.objects.visible_to(by).select_related("client")
    rows = search.among(rows, asked, ["client__name", "name", "code"], code="code")
    for row in rows[:limit]:
        yield Hit(str(row), row.get_absolute_url(), f"{row.code}, {row.get_state_display()}")


search.add("engagements.engagements", _("Engagements"), engagements, permission=MAY, order=10)
search.add("engagements.clients", _("Clients"), clients, permission=MAY, order=70)
