"""What the search finds of candidates and requisitions."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core import search
from core.models import Actor
from core.search import Asked, Hit
from recruiting.models import Candidate, Requisition


def candidates(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    rows = Candidate.objects.visible_to(by).found_by(asked.text)
    for row in rows[:limit]:
        known = [row.code, row.headline, row.email, row.phone]
        yield Hit(row.name, row.get_absolute_url(), ", ".join(part for part in known if part))


def requisitions(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    rows = Requisition.objects.visible_to(by).select_related("engagement__client")
    fields = ["number", "title", "place", "engagement__client__name"]
    for row in search.among(rows, asked, fields, code="number")[:limit]:
        note = f"{row.engagement.client}, {row.place}, {row.get_state_display()}"
        yield Hit(str(row), row.get_absolute_url(), note)


search.add(
    "recruiting.requisitions",
    _("Requisitions"),
    requisitions,
    permission="recruiting.view_requisition",
    order=20,
)
search.add(
    "recruiting.candidates",
    _("Candidates"),
    candidates,
    permission="recruiting.view_candidate",
    order=30,
)
