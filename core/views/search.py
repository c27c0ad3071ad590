"""One box that finds everything the reader may see."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from core import search as finding
from core.http import Request

ALL = 50


@require_GET
@never_cache
@vary_on_headers("HX-Request")
@permission_required("core.search_everything", raise_exception=True)
def search(request: Request) -> HttpResponse:
    """Show what was found: a few of each kind below the box as one types, more on the page."""
    asked = finding.ask(request.GET.get("q", ""))
    in_box = bool(request.htmx)
    groups = finding.found(asked, by=request.actor, limit=finding.PER_GROUP if in_box else ALL)
    context = {
        "asked": asked,
        "groups": groups,
        "count": sum(len(group.hits) for group in groups),
        "more": any(group.more for group in groups),
    }
    return render(request, "core/_search.html" if in_box else "core/search.html", context)
