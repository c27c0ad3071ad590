"""Days off: the public holidays of whoever has a calendar, and those entered for them."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import calendars
from core.forms_calendars import DaysOffForm, parties
from core.http import Request
from core.models import DayOff

administrators_only = permission_required("core.change_policyvalue", raise_exception=True)
YEARS = range(2000, 2101)


@require_http_methods(["GET", "POST"])
@administrators_only
def holidays(request: Request) -> HttpResponse:
    """Show a year of somebody's days off, and add days of their own."""
    known = parties(request.actor)
    key = request.GET.get("of", "")
    if key not in known:
        raise Http404
    label, party = known[key]
    form = DaysOffForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        last = data["last"] or data["first"]
        added = calendars.add_days_off(
            party, first=data["first"], last=last, name=data["name"], by=request.actor
        )
        text = _("Added: nothing is due on it.") if added else _("That was a day off already.")
        messages.success(request, text)
        return redirect(address(key, data["first"].year))
    year = _year(request)
    off = calendars.DaysOff(party)
    days = _days(off, year)
    context = {
        "form": form,
        "parties": [(each, name) for each, (name, _row) in known.items()],
        "key": key,
        "label": label if party else "",
        "region": "" if off.region == calendars.NONE.upper() else off.region,
        "year": year,
        "before": address(key, year - 1),
        "after": address(key, year + 1),
        "days": days,
    }
    return render(request, "core/holidays.html", context, status=422 if form.errors else 200)


def address(key: str, year: int) -> str:
    given = {"of": key, "year": year} if key else {"year": year}
    return f"{reverse('core:holidays')}?{urlencode(given)}"


def _year(request: Request) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year
    return year if year in YEARS else timezone.localdate().year


def _days(off: calendars.DaysOff, year: int) -> list[dict[str, Any]]:
    public = off.public(year)
    own = {on: row for on, row in off.own.items() if on.year == year}
    found: list[date] = sorted({*public, *own})
    return [{"on": on, "public": public.get(on, ""), "own": own.get(on)} for on in found]


@require_POST
@administrators_only
def day_off_remove(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(DayOff.objects.select_related("subject_type"), pk=pk)
    key = f"{row.subject._meta.label_lower}:{row.subject_id}" if row.subject else ""
    year = row.on.year
    calendars.remove_day_off(row, by=request.actor)
    messages.success(request, _("It is a working day again."))
    return redirect(address(key, year))
