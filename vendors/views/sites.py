"""Sites: a vendor's, or our own, the latter with our rate cards."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core.http import Request
from vendors.forms import SiteForm
from vendors.models import RateCard, Site, Vendor


@require_GET
@permission_required("vendors.view_vendor", raise_exception=True)
def ours(request: Request) -> HttpResponse:
    """Show our own sites, and our rate cards: prices, and costs to who keeps them."""
    context = {
        "sites": Site.objects.visible_to(request.actor).ours(),
        "cards": RateCard.objects.visible_to(request.actor).ours().for_page(),
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
