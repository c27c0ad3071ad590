"""The API's reference, drawn from its own schema: for whoever writes a program."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.http import Request
from core.service_accounts import scopes
from portal.api.reference import groups
from portal.api.urls import api as v1


@login_not_required
@require_GET
def api(request: Request) -> HttpResponse:
    schema = v1.get_openapi_schema(path_params={})
    by_group = {each.name.partition(":")[0].capitalize(): each.name for each in scopes()}
    # Two scopes are about candidates: the plain one opens the routes.
    by_group["Candidates"] = "candidates:read"
    context = {
        "schema": schema,
        "groups": groups(schema, by_group),
        "scopes": scopes(),
        "base": settings.BASE_URL,
    }
    return render(request, "portal/api.html", context)
