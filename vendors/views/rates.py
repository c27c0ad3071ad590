"""Rate cards, a vendor's or our own, and the rates by which currencies are converted."""

from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.http import Request
from core.views.lists import show
from vendors.forms_rates import ExchangeRateForm, RateCardForm, RateFormSet
from vendors.lists import ExchangeRateList
from vendors.models import ExchangeRate, RateCard, Vendor


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def rate_card_add(request: Request, pk: int) -> HttpResponse:
    vendor = get_object_or_404(Vendor.objects.visible_to(request.actor), pk=pk)
    return _rate_card(
        request, RateCard(vendor=vendor, kind=RateCard.Kind.COST), title="Add a rate card"
    )


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def our_rate_card_add(request: Request) -> HttpResponse:
    return _rate_card(request, RateCard(), title="Add a rate card of our own")


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def rate_card_edit(request: Request, pk: int) -> HttpResponse:
    card = get_object_or_404(RateCard.objects.visible_to(request.actor), pk=pk)
    return _rate_card(request, card, title="Edit the rate card")


def _rate_card(request: Request, card: RateCard, *, title: str) -> HttpResponse:
    form = RateCardForm(request.POST or None, instance=card)
    rates = RateFormSet(request.POST or None, instance=card, prefix="rates")
    if request.method == "POST" and form.is_valid() and rates.is_valid():
        with transaction.atomic():
            form.save()
            rates.save()
        return redirect(card.vendor or "vendors:ours")
    context = {"form": form, "rates": rates, "vendor": card.vendor, "title": title}
    wrong = form.is_bound and not (form.is_valid() and rates.is_valid())
    return render(request, "vendors/rate_card.html", context, status=422 if wrong else 200)


@require_GET
@permission_required("vendors.change_vendor", raise_exception=True)
def exchange_rates(request: Request) -> HttpResponseBase:
    return show(request, ExchangeRateList(request.actor), template="vendors/exchange_rates.html")


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def exchange_rate_add(request: Request) -> HttpResponse:
    return _exchange_rate(request, ExchangeRate(), title="State an exchange rate")


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def exchange_rate_edit(request: Request, pk: int) -> HttpResponse:
    rate = get_object_or_404(ExchangeRate.objects.visible_to(request.actor), pk=pk)
    return _exchange_rate(request, rate, title="Edit the exchange rate")


def _exchange_rate(request: Request, rate: ExchangeRate, *, title: str) -> HttpResponse:
    form = ExchangeRateForm(request.POST or None, instance=rate)
    if form.is_valid():
        form.save()
        return redirect("vendors:exchange_rates")
    context = {"form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "vendors/exchange_rate.html", context, status=status)
