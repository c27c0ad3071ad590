"""The routes of v1: for each kind of row a list and a detail. They read; nothing here writes."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from ninja import Path, Query, Router, Schema
from ninja.errors import ValidationError

from core import audit
from core.service_accounts import Scope
from portal.api import filters, queries, schemas, scopes
from portal.api.answers import ApiRequest, Page, Place, Problem, RowId, page
from portal.api.auth import demand

router = Router()
FAULTS = dict.fromkeys((401, 403, 422, 429), Problem)
MISSING = {**FAULTS, 404: Problem}


def _refuse_unknown(request: ApiRequest, *known: Schema) -> None:
    """A misspelt filter would be answered with all rows: say so instead."""
    names = {name for schema in known for name in type(schema).model_fields}
    if strange := sorted(set(request.GET) - names):
        can = "Nothing can be asked for here"
        if names:
            can = f"What can be asked for here: {', '.join(sorted(names))}"
        raise ValidationError([{"loc": ["query", name], "msg": can} for name in strange])


def _listed(
    request: ApiRequest, scope: Scope, rows: Any, wanted: filters.Filter, place: Place
) -> dict[str, Any]:
    caller = demand(request, scope)
    _refuse_unknown(request, wanted, place)
    return page(request, wanted.among(rows(caller.actor), caller), place)


def _one(request: ApiRequest, scope: Scope, rows: Any, pk: int) -> Any:
    found: QuerySet[Any] = rows(demand(request, scope).actor)
    _refuse_unknown(request)
    row = found.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@router.get("/clients", response={200: Page[schemas.ClientOut], **FAULTS}, tags=["Clients"])
def list_clients(
    request: ApiRequest, wanted: Query[filters.ClientFilter], place: Query[Place]
) -> Any:
    return _listed(request, scopes.CLIENTS, queries.clients, wanted, place)


@router.get("/clients/{id}", response={200: schemas.ClientOut, **MISSING}, tags=["Clients"])
def get_client(request: ApiRequest, id: Path[RowId]) -> Any:  # noqa: A002 -- its public name
    return _one(request, scopes.CLIENTS, queries.clients, id)


@router.get(
    "/engagements", response={200: Page[schemas.EngagementOut], **FAULTS}, tags=["Engagements"]
)
def list_engagements(
    request: ApiRequest, wanted: Query[filters.EngagementFilter], place: Query[Place]
) -> Any:
    return _listed(request, scopes.ENGAGEMENTS, queries.engagements, wanted, place)


@router.get(
    "/engagements/{id}", response={200: schemas.EngagementOut, **MISSING}, tags=["Engagements"]
)
def get_engagement(request: ApiRequest, id: Path[RowId]) -> Any:  # noqa: A002
    return _one(request, scopes.ENGAGEMENTS, queries.engagements, id)


@router.get(
    "/requirements", response={200: Page[schemas.RequirementsOut], **FAULTS}, tags=["Requirements"]
)
def list_requirements(
    request: ApiRequest, wanted: Query[filters.RequirementsFilter], place: Query[Place]
) -> Any:
    return _listed(request, scopes.REQUIREMENTS, queries.requirements, wanted, place)


@router.get(
    "/requirements/{id}", response={200: schemas.RequirementsOut, **MISSING}, tags=["Requirements"]
)
def get_requirements(request: ApiRequest, id: Path[RowId]) -> Any:  # noqa: A002
    return _one(request, scopes.REQUIREMENTS, queries.requirements, id)


@router.get("/seats", response={200: Page[schemas.SeatOut], **FAULTS}, tags=["Seats"])
def list_seats(request: ApiRequest, wanted: Query[filters.SeatFilter], place: Query[Place]) -> Any:
    return _listed(request, scopes.SEATS, queries.seats, wanted, place)


@router.get("/seats/{id}", response={200: schemas.SeatOut, **MISSING}, tags=["Seats"])
def get_seat(request: ApiRequest, id: Path[RowId]) -> Any:  # noqa: A002
    return _one(request, scopes.SEATS, queries.seats, id)


@router.get(
    "/requisitions", response={200: Page[schemas.RequisitionOut], **FAULTS}, tags=["Requisitions"]
)
def list_requisitions(
    request: ApiRequest, wanted: Query[filters.RequisitionFilter], place: Query[Place]
) -> Any:
    return _listed(request, scopes.REQUISITIONS, queries.requisitions, wanted, place)


@router.get(
    "/requisitions/{id}", response={200: schemas.RequisitionOut, **MISSING}, tags=["Requisitions"]
)
def get_requisition(request: ApiRequest, id: Path[RowId]) -> Any:  # noqa: A002
    return _one(request, scopes.REQUISITIONS, queries.requisitions, id)


@router.get(
    "/applications", response={200: Page[schemas.ApplicationOut], **FAULTS}, tags=["Applications"]
)
def list_applications(
    request: ApiRequest, wanted: Query[filters.ApplicationFilter], place: Query[Place]
) -> Any:
    return _listed(request, scopes.APPLICATIONS, queries.applications, wanted, place)


@router.get(
    "/applications/{id}", response={200: schemas.ApplicationOut, **MISSING}, tags=["Applications"]
)
def get_application(request: ApiRequest, id: Path[RowId]) -> Any:  # noqa: A002
    return _one(request, scopes.APPLICATIONS, queries.applications, id)


@router.get(
    "/candidates", response={200: Page[schemas.CandidateOut], **FAULTS}, tags=["Candidates"]
)
def list_candidates(
    request: ApiRequest, wanted: Query[filters.CandidateFilter], place: Query[Place]
) -> Any:
    answer = _listed(request, scopes.CANDIDATES, queries.candidates, wanted, place)
    audit.note("view", did="candidates_read", by=request.auth.actor, rows=len(answer["items"]))
    return answer


@router.get(
    "/candidates/{id}", response={200: schemas.CandidateOut, **MISSING}, tags=["Candidates"]
)
def get_candidate(request: ApiRequest, id: Path[RowId]) -> Any:  # noqa: A002
    row = _one(request, scopes.CANDIDATES, queries.candidates, id)
    audit.note("view", did="candidate_read", by=request.auth.actor, about=row)
    return row
