"""Lists of records: one declaration gives a list its filters, order, pages, views and exports.

    @lists.register
    class VendorList(lists.List[Vendor]):
        key, title, permission = "vendors.vendors", _("Vendors"), "vendors.view_vendor"
        columns = [lists.Column("name", _("Name"), link=True, sort="name"), lists.state(Vendor)]
        filters = [lists.Search(["name"])]

An app declares its lists in `lists.py`, and a view answers with `core.views.lists.show`.
docs/lists.md says what else a declaration can hold.
"""

from core.lists.bulk import Bulk
from core.lists.columns import Column, state
from core.lists.declared import Empty, List, declared, find, register
from core.lists.filters import Choice, Dates, Filter, Flag, Key, Numbers, Search

__all__ = [
    "Bulk",
    "Choice",
    "Column",
    "Dates",
    "Empty",
    "Filter",
    "Flag",
    "Key",
    "List",
    "Numbers",
    "Search",
    "declared",
    "find",
    "register",
    "state",
]
