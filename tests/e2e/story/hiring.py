"""C5: seats are asked for, people apply or are put forward, and two of them are hired."""

import re

from tests.e2e.story.times import days

TITLE = "Energy adviser in German"
FROM_PUBLIC, FROM_VENDOR = "Nadia Kaya", "Otto Pires"


def requisition_is_asked_for(cast):
    recruiter = cast.recruiter
    recruiter.menu("Requisitions").follow("New requisition")
    recruiter.write({"Engagement": "Fjord Energy: Care for German customers"}).press("Go on")
    recruiter.write(
        {
            "Title": TITLE,
            "Role": "agent",
            "Criteria": "Agent, phone, German, v1",
            "How many seats": "2",
            "Recruiter": "Ravi Menon",
            "Country": "Poland",
            "Place": "Kraków",
            "Description": "You answer callers of an energy company, and are taught all of it.",
            "Monthly salary from": "1400",
            "Monthly salary to": "1700",
            "Full by": days(60),
        }
    )
    recruiter.choose("Vendors", "Lisboa Talent").press("Save")
    recruiter.reads("2 of 2 seats are still open").press("Ask for approval").reads("in approval")


def hr_director_opens_it(cast):
    hr = cast.hr
    hr.menu("Home").open_in_list(f"Approve {TITLE}")
    hr.press("Approve").reads("Approved.")
    hr.open_in_list(TITLE).reads("The public form")


def candidate_applies_on_the_careers_page(cast, cv):
    candidate = cast.enter("candidate", FROM_PUBLIC, "nadia@people.example")
    candidate.visit("/").follow("See all open jobs").open_in_list(TITLE)
    candidate.reads("Kraków, Poland", "€1,400").follow("Apply")
    write_person(candidate, cv)
    candidate.press("Send my application").reads("Please look at the marked fields again.")
    candidate.write(
        {"I have read the notice, and agree that you keep and use my data as it says.": True}
    )
    candidate.press("Send my application").reads("Thank you. We have written to you.")
    candidate.read_mail("We have your application").reads("A person will read what you sent")


def write_person(visitor, cv):
    visitor.write(
        {
            "Name": FROM_PUBLIC,
            "E-mail": "nadia@people.example",
            "Country": "Poland",
            "Phone": "+48 22 123 45 67",
            "Language 1": "German",
            "CV": cv,
        }
    )
    visitor.page.get_by_label("How well").first.select_option("C1")


def vendor_puts_somebody_forward(cast):
    vendor = cast.vendor
    vendor.visit("/partner/").open_in_list(TITLE).reads("Put somebody forward")
    vendor.write(
        {
            "Name": FROM_VENDOR,
            "E-mail": "otto@people.example",
            "Country": "Portugal",
            "Language 1": "German",
            "In a sentence": "Two years on the phone for a water company.",
            "They have read the notice, and agree that you pass their data on to us.": True,
        }
    )
    vendor.page.get_by_label("How well").first.select_option("C2")
    vendor.press("Put forward").reads(f"{FROM_VENDOR} is put forward.")


def recruiter_moves_both(cast):
    """The first on the board, where a card answers by itself; the other on their page."""
    recruiter = cast.recruiter
    recruiter.menu("Requisitions").open_in_list(TITLE_IN_LIST).follow("Board")
    cast.board = recruiter.page.url
    card = recruiter.page.get_by_role("article").filter(has_text=FROM_PUBLIC)
    card.get_by_text("Steps").click()
    card.get_by_role("button", name="Start screening").click()
    recruiter.waits_for("screening")
    open_card(cast, FROM_PUBLIC).press("Invite to interview").reads("interview")
    recruiter.reads("There is no scorecard yet.")
    open_card(cast, FROM_VENDOR).press("Start screening").press("Invite to interview")


TITLE_IN_LIST = re.compile(TITLE)


def open_card(cast, name):
    return cast.recruiter.visit(cast.board).open_in_list(name)


def recruiter_scores_both_and_puts_them_before_the_client(cast):
    recruiter = cast.recruiter
    for name, mark in [(FROM_PUBLIC, "4 clearly above"), (FROM_VENDOR, "3 meets")]:
        open_card(cast, name).follow("Fill in yours")
        recruiter.choose("Calm with angry callers", mark)
        recruiter.write({"What the mark for “Calm with angry callers” rests on": "A call, played."})
        recruiter.press("Submit").reads("of 100")
        recruiter.follow("Put before the client").press("Put forward")
        recruiter.reads("no answer yet")


def client_approves_both_without_their_names(cast):
    client = cast.client
    for waiting in ("2 candidates wait", "1 candidate waits"):
        client.menu("Candidates").reads(f"{waiting} for your decision.")
        assert FROM_PUBLIC not in client.text()
        row = client.page.get_by_role("row").filter(has_text="open").first
        client.go_by(row.get_by_role("link").first)
        assert FROM_PUBLIC not in client.text()
        assert FROM_VENDOR not in client.text()
        client.choose("Your decision", "Approve").press("Send my decision")
        client.reads("Your decision is noted.")


def offers_are_drafted_and_approved(cast):
    recruiter, hr = cast.recruiter, cast.hr
    for name in (FROM_PUBLIC, FROM_VENDOR):
        open_card(cast, name).follow("Offer")
        recruiter.page.get_by_label("Seat").select_option(index=1)
        recruiter.write(
            {"Monthly salary": "1500", "Starts on": days(30), "Answer by": days(7)}
        ).press("Draft the offer")
        recruiter.reads("€1,500")
        recruiter.press("Ask for approval")
        hr.menu("Home").open_in_list(f"Approve the offer to {name}").press("Approve")
        recruiter.menu("Home").open_in_list(f"Send the offer to {name}")
        recruiter.follow("Send to the candidate").press("Send").reads("sent")


def candidates_accept_by_their_links(cast):
    cast.enter("other_candidate", FROM_VENDOR, "otto@people.example")
    for candidate in (cast.candidate, cast.other_candidate):
        candidate.follow_link_in_mail("Our offer to you").reads("Please answer by")
        candidate.press("Accept the offer").reads("Welcome! You have accepted.")
    cast.recruiter.menu("Requisitions").open_in_list(TITLE_IN_LIST).reads("filled")
