"""How the API answers: a page of rows in a fixed order, or a problem in clear words."""

from collections.abc import Iterable
from typing import Annotated, Any, Generic, TypeVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest, JsonResponse
from ninja import Schema
from pydantic import Field

from core.service_accounts import Caller

LARGEST = 2**63 - 1
RowId = Annotated[int, Field(ge=1, le=LARGEST)]
Row = TypeVar("Row")


class ApiRequest(HttpRequest):
    """What the routes are given: `auth` has seen to the token."""

    auth: Caller


class Fault(Schema):
    where: str
    what: str


class Problem(Schema):
    """What went wrong (RFC 9457): `detail` is a sentence for whoever runs the program."""

    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class Place(Schema):
    """Which page: the `limit` rows whose id is greater than `after`."""

    limit: int = Field(100, ge=1, le=200, description="How many rows at most.")
    after: int = Field(
        0, ge=0, le=LARGEST, description="The id after which to go on: take `next` as it is."
    )


class Page(Schema, Generic[Row]):
    """Rows by id. `next` is the address of those that follow, or null at the end."""

    items: list[Row]
    next: str | None


def page(request: HttpRequest, rows: models.QuerySet[Any], place: Place) -> dict[str, Any]:
    """Cut a page out of the rows. What is added meanwhile comes at the end, so none is missed."""
    found = list(rows.order_by("pk").filter(pk__gt=place.after)[: place.limit + 1])
    shown = found[: place.limit]
    following = None
    if len(found) > place.limit:
        query = request.GET.copy()
        query["after"] = str(shown[-1].pk)
        following = f"{settings.BASE_URL}{request.path}?{query.urlencode()}"
    return {"items": shown, "next": following}


def problem(
    status: int, title: str, detail: str, errors: Iterable[tuple[str, str]] = ()
) -> JsonResponse:
    body = {
        "title": title,
        "status": status,
        "detail": detail,
        "errors": [{"where": where, "what": what} for where, what in errors],
    }
    return JsonResponse(
        body, status=status, encoder=DjangoJSONEncoder, content_type="application/problem+json"
    )
