"""What the search finds of vendors."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core import search
from core.models import Actor
from core.search import Asked, Hit
from vendors.models import Vendor


def vendors(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    rows = search.among(Vendor.objects.visible_to(by), asked, ["name"])
    for row in rows[:limit]:
        yield Hit(row.name, row.get_absolute_url(), f"{row.get_kind_display()}, {row.country}")


search.add("vendors.vendors", _("Vendors"), vendors, permission="vendors.view_vendor", order=80)
