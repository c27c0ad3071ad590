"""Who may do what with vendors, their sites and their rates."""

import pytest
from django.urls import reverse

from tests.access import differences, line
from tests.factories.vendors import ExchangeRateFactory, RateCardFactory, SiteFactory

READ = line(staff=200)
CHANGE = line(staff={"Administrator": 200, "HR director": 200, "BizDev": 200, "": 403})
ACCESS = {
    ("get", "vendors:vendors"): READ,
    ("get", "vendors:documents"): READ,
    ("get", "vendors:vendor"): READ,
    ("get", "vendors:ours"): READ,
    ("get", "vendors:vendor_add"): CHANGE,
    ("get", "vendors:vendor_edit"): CHANGE,
    ("get", "vendors:document_add"): CHANGE,
    ("get", "vendors:person_invite"): CHANGE,
    ("get", "vendors:site_add"): CHANGE,
    ("get", "vendors:our_site_add"): CHANGE,
    ("get", "vendors:site_edit"): CHANGE,
    ("get", "vendors:rate_card_add"): CHANGE,
    ("get", "vendors:our_rate_card_add"): CHANGE,
    ("get", "vendors:rate_card_edit"): CHANGE,
    ("get", "vendors:exchange_rates"): CHANGE,
    ("get", "vendors:exchange_rate_add"): CHANGE,
    ("get", "vendors:exchange_rate_edit"): CHANGE,
}
OF_A_VENDOR = {"vendor", "vendor_edit", "document_add", "person_invite", "site_add"} | {
    "rate_card_add"
}


@pytest.fixture
def path_to(world):
    """Return a function that gives the path of a route to something of the own vendor's."""
    site, card = SiteFactory(vendor=world.vendor), RateCardFactory(vendor=world.vendor)
    stated = ExchangeRateFactory()

    def path(route):
        name = route.split(":")[1]
        keys = {
            "site_edit": [site.pk],
            "rate_card_edit": [card.pk],
            "exchange_rate_edit": [stated.pk],
        }
        return reverse(route, args=keys.get(name, [world.vendor.pk] if name in OF_A_VENDOR else []))

    return path


def test_each_kind_of_user_is_answered(world, path_to):
    assert differences(world, ACCESS, path_to) == {}
