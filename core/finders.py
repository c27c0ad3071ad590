"""What the search finds of the people who sign in."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import search
from core.models import Actor, User
from core.search import Asked, Hit


def people(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    for row in search.among(User.objects.all(), asked, ["name", "email"])[:limit]:
        url = f"{reverse('core:people')}?{urlencode({'q': row.email})}"
        yield Hit(str(row), url, f"{row.email}, {row.get_kind_display()}")


search.add("core.people", _("People"), people, permission="core.manage_people", order=90)
