"""C7: a proposal that the client accepts, and a contract that both sides sign."""

import hashlib
import re

PROPOSAL = "Customer care in German"


def proposal_is_drafted(cast):
    bizdev = cast.bizdev
    bizdev.menu("Proposals").follow("New proposal")
    bizdev.write({"Engagement": "Fjord Energy: Care for German customers", "Title": PROPOSAL})
    bizdev.press("Make the draft").reads("Figures as they stand now")
    bizdev.follow("Edit the draft")
    bizdev.page.get_by_label("Title").first.wait_for()
    bizdev.page.go_back()
    bizdev.arrive()


def proposal_is_approved_and_sent(cast):
    cast.bizdev.press("Ask for approval").reads("It waits for approval.")
    cast.bizdev.press("Approve").reads("It can be sent to Fjord Energy.")
    cast.bizdev.follow("Send to the client").reads("Send it to 1 person at Fjord Energy?")
    cast.bizdev.press("Send to the client").reads("Figures as sent", "not yet")


def client_accepts_as_a_named_person(cast):
    client = cast.client
    client.follow_link_in_mail("Our proposal").reads(PROPOSAL, "SHA-256")
    client.follow("Accept")
    client.write({"Your name": "Clara Lund", "Your position": "Head of Customer Service"})
    client.write({"I accept this proposal, and have the right to do so.": True})
    client.press("Accept the proposal").reads("Accepted by Clara Lund, Head of Customer Service.")


def contract_is_drawn_and_issued(cast):
    bizdev = cast.bizdev
    bizdev.menu("Proposals").open_in_list(re.compile(r", version 1$"))
    bizdev.reads("Answered by Clara Lund").follow("Draw the contract").press("Draw the contract")
    bizdev.reads("Contract for customer-care services", "SHA-256")
    bizdev.follow("Issue for signature").press("Issue for signature")
    bizdev.reads("Both sides are to sign.")


def both_sides_sign(cast):
    cast.client.follow_link_in_mail("Contract")
    sign(cast.client, "Clara Lund", "Head of Customer Service")
    cast.client.reads("You have signed. It waits for our signature.")
    bizdev = cast.bizdev
    bizdev.menu("Home").menu("Contracts").open_in_list(re.compile(r"\d"))
    sign(bizdev, "Bianca Dias", "Head of Business Development")
    bizdev.reads("Both sides have signed.")


def sign(visitor, name, title):
    """Ask for a code, read it in the mail, and sign with it."""
    visitor.press("Mail me a code to sign")
    form = visitor.page.url
    visitor.read_mail("Your code to sign contract")
    code = re.search(r"^\s*(\d{6})\s*$", visitor.page.locator("main pre").inner_text(), re.M)[1]
    visitor.visit(form)
    visitor.write({"Your name": name, "Your position": title, "The code from our mail": code})
    visitor.write({"I sign this contract electronically, and have the right to do so.": True})
    visitor.press("Sign")


def client_downloads_the_contract(cast):
    client = cast.client
    client.menu("Documents").open_in_list(re.compile(r"^Contract \S+"))
    issued = download(client, "The contract (PDF)")
    client.reads(f"SHA-256 {hashlib.sha256(issued).hexdigest()}")
    assert issued.startswith(b"%PDF")
    assert download(client, "The signed contract (PDF)").startswith(b"%PDF")


def download(visitor, words):
    link = visitor.page.get_by_role("link", name=words, exact=True)
    answer = visitor.context.request.get(link.get_attribute("href"))
    assert answer.ok, answer.status
    return answer.body()
