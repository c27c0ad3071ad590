"""C1: a vendor with people, documents and sites; and our own rates, by which we price."""

from tests.e2e.story.times import days

RATES = [
    ("agent", "German", "2450"),
    ("team lead", "", "3100"),
    ("trainer", "", "3600"),
    ("manager", "", "4800"),
]


def our_rates_are_written_down(cast):
    bizdev = cast.bizdev
    bizdev.menu("Vendors").follow("Our sites and rates").follow("Add a rate card")
    bizdev.write({"Name": "Standard rates", "Currency": "EUR", "Valid from": days(-30)})
    for number, (role, language, monthly) in enumerate(RATES, start=1):
        rate = {"Role": role, "A month": monthly}
        if language:
            rate["Language (empty for any)"] = language
        bizdev.write(rate, group=f"Rate {number}")
    bizdev.press("Save").reads("0 sites and 1 rate card of our own", "€2,450")
    bizdev.follow("Add a site").write(
        {
            "Name": "Old brewery",
            "City": "Kraków",
            "Country": "Poland",
            "Time zone": "Europe/Warsaw",
            "Seats": "40",
        }
    )
    bizdev.press("Save").reads("1 site and 1 rate card of our own", "Kraków, PL")


def vendor_is_added_with_documents(cast, paper):
    bizdev = cast.bizdev
    bizdev.menu("Vendors").follow("Add a vendor")
    bizdev.write({"Name": "Lisboa Talent", "Kind": "sourcing agency", "Country": "Portugal"})
    bizdev.press("Add vendor").reads("Lisboa Talent may put nobody forward now.")
    for kind in ("company registration", "data processing agreement"):
        add_document(bizdev.follow("Add a document"), paper, kind=kind)
    bizdev.reads("Missing or expired: liability insurance.")
    bizdev.follow("Invite a person")
    bizdev.write({"E-mail": "victor@lisboa.example", "Name": "Victor Prado"}).press("Invite")
    bizdev.reads("invited, not yet signed in").press("Send to review")


def add_document(visitor, paper, *, kind, submit="Add document"):
    visitor.write({"Kind": kind, "File": paper, "Valid from": days(-10), "Expires on": days(700)})
    visitor.press(submit).reads("valid")


def somebody_else_can_not_approve_it_yet(cast):
    cast.hr.menu("Vendors").open_in_list("Lisboa Talent")
    cast.hr.reads("Missing or expired: liability insurance. · Victor Prado")


def vendors_person_adds_what_is_missing(cast, paper):
    vendor = cast.enter("vendor", "Victor Prado", "victor@lisboa.example")
    vendor.accept_invitation().reads("No requisition is open for you.")
    vendor.reads("Missing or expired: liability insurance.").follow("Your documents")
    vendor.follow("Add a document")
    add_document(vendor, paper, kind="liability insurance", submit="Save")


def somebody_else_approves_it(cast):
    cast.hr.visit(cast.hr.page.url).press("Approve")
    cast.hr.reads("Lisboa Talent may put candidates forward.")
