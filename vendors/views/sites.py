"""Sites and rate cards: a vendor's, or our own."""

from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core.http import Request
from vendors.forms import RateCardForm, RateFormSet, SiteForm
from vendors.models import RateCard, Site, Vendor


@require_GET
@permission_required("vendors.view_vendor", raise_exception=True)
def ours(request: Request) -> HttpResponse:
    """Show our own sites, and the rate cards by which proposals are priced."""
    context = {
        "sites": Site.objects.visible_to(request.actor).ours(),
        "cards": RateCard.objects.visible_to(request.actor).ours().prefetch_related("rates"),
        "today": timezone.localdate(),
    }
    return render(request, "vendors/ours.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def site_add(request: Request, pk: int) -> HttpResponse:
    vendor = get_object_or_404(Vendor.objects.visible_to(request.actor), pk=pk)
    return _site(request, Site(vendor=vendor), title="Add a site")


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def our_site_add(request: Request) -> HttpResponse:
    return _site(request, Site(), title="Add a site of our own")


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def site_edit(request: Request, pk: int) -> HttpResponse:
    site = get_object_or_404(Site.objects.visible_to(request.actor), pk=pk)
    return _site(request, site, title="Edit the site")


def _site(request: Request, site: Site, *, title: str) -> HttpResponse:
    form = SiteForm(request.POST or None, instance=site)
    if form.is_valid():
        form.save()
        return redirect(site.vendor or "vendors:ours")
    context = {"form": form, "vendor": site.vendor, "title": title}
    return render(request, "vendors/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def rate_card_add(request: Request, pk: int) -> HttpResponse:
    vendor = get_object_or_404(Vendor.objects.visible_to(request.actor), pk=pk)
    return _rate_card(request, RateCard(vendor=vendor), title="Add a rate card")


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
