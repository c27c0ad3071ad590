"""The lists of vendors: themselves, the documents they must have, and exchange rates."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import lists
from vendors.models import DocumentKind, ExchangeRate, Vendor, VendorDocument


def _standing(vendor: Vendor) -> tuple[list[str], date | None]:
    """Return which mandatory documents are lacking today, and when the next one will be."""
    today = timezone.localdate()
    return vendor.lacking_documents(today), vendor.next_expiry(today)


def _in_words(vendor: Vendor) -> str:
    lacking, expiry = _standing(vendor)
    return ", ".join(lacking) if lacking else str(expiry or "")


@lists.register
class VendorList(lists.List[Vendor]):
    key = "vendors.vendors"
    title = _("Vendors")
    noun = ngettext_lazy("%(count)s vendor", "%(count)s vendors", "number")
    permission = "vendors.view_vendor"
    route = "vendors:vendors"
    model = Vendor
    cells = "vendors/_vendor_cell.html"
    columns = (
        lists.Column("name", _("Name"), sort="name", rich=True),
        lists.state(),
        lists.Column("documents", _("Documents"), value=_standing, export=_in_words, rich=True),
        lists.Column("sites", _("Sites"), value=lambda row: len(row.sites.all()), css="num"),
        lists.Column("people", _("People"), value=lambda row: len(row.people.all()), css="num"),
        lists.Column(
            "kind", _("Kind"), value="get_kind_display", sort=["kind", "name"], shown=False
        ),
        lists.Column("country", _("Country"), sort=["country", "name"], shown=False),
        lists.Column("created", _("Since"), value="created_at", sort="created_at", shown=False),
    )
    filters = (
        lists.Search(["name"], label=_("Name")),
        lists.Choice("state", _("State"), Vendor.State.choices),
        lists.Choice("kind", _("Kind"), Vendor.Kind.choices),
    )
    sort = "name"
    empty = lists.Empty(
        _("No vendor here."),
        _("Clear the filters, or add a vendor: a delivery partner or a sourcing agency."),
        _("Add a vendor…"),
        "vendors:vendor_add",
        "vendors.change_vendor",
    )

    def shown(self, rows: Any) -> Any:
        return rows.for_list()


@lists.register
class DocumentList(lists.List[VendorDocument]):
    """The documents of all vendors, those that expire first on top."""

    key = "vendors.documents"
    title = _("Documents")
    noun = ngettext_lazy("%(count)s document", "%(count)s documents", "number")
    permission = "vendors.view_vendor"
    route = "vendors:documents"
    model = VendorDocument
    cells = "vendors/_document_cell.html"
    columns = (
        lists.Column("kind", _("Document"), value="get_kind_display", sort="kind", rich=True),
        lists.Column("vendor", _("Vendor"), sort=["vendor__name", "expires_on"], rich=True),
        lists.Column("expires", _("Expires"), value="expires_on", sort="expires_on", rich=True),
        lists.Column("begins", _("Valid from"), value="valid_from", sort="valid_from"),
        lists.Column(
            "state",
            _("Vendor is"),
            value="vendor.get_state_display",
            sort=["vendor__state", "vendor__name"],
            shown=False,
        ),
    )
    filters = (
        lists.Search(["vendor__name"], label=_("Vendor")),
        lists.Choice("kind", _("Document"), DocumentKind.choices),
        lists.Dates("expires", _("Expires"), "expires_on"),
    )
    sort = "expires"
    empty = lists.Empty(
        _("No document here."),
        _("Clear the filters, or open a vendor and add its documents there."),
        _("Vendors"),
        "vendors:vendors",
    )

    def shown(self, rows: Any) -> Any:
        return rows.select_related("vendor", "file")


@lists.register
class ExchangeRateList(lists.List[ExchangeRate]):
    """What was stated for which day, the newest on top."""

    key = "vendors.exchange_rates"
    title = _("Exchange rates")
    noun = ngettext_lazy("%(count)s exchange rate", "%(count)s exchange rates", "number")
    permission = "vendors.change_vendor"
    route = "vendors:exchange_rates"
    model = ExchangeRate
    columns = (
        lists.Column("base", _("One unit of"), sort=["base", "quote", "-on"], link=True),
        lists.Column("quote", _("in"), sort=["quote", "base", "-on"]),
        lists.Column("rate", _("Rate"), sort="rate", css="num"),
        lists.Column("on", _("Stated for"), sort="on"),
        lists.Column("source", _("Source"), sort="source"),
    )
    filters = (
        lists.Search(["base", "quote", "source"], label=_("Currency or source")),
        lists.Dates("on", _("Stated for"), "on"),
    )
    sort = "-on"
    empty = lists.Empty(
        _("No exchange rate here."),
        _("Clear the filters, or state one: it converts rate cards into an engagement's currency."),
        _("State an exchange rate…"),
        "vendors:exchange_rate_add",
        "vendors.change_vendor",
    )
