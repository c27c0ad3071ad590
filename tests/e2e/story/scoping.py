"""C2 and C3: a client, an engagement, its requirements, and the plan that follows from them."""

from tests.e2e.story.times import days, spoken

GO_LIVE = 90


def client_is_added(cast):
    bizdev = cast.bizdev
    bizdev.menu("Clients").follow("Add a client")
    bizdev.write(
        {
            "Name": "Fjord Energy",
            "Legal name": "Fjord Energy AS",
            "Industry": "energy",
            "Size": "51 to 500 people",
            "Country": "Norway",
            "Time zone": "Europe/Oslo",
        }
    )
    bizdev.press("Add client").reads("Fjord Energy has 0 engagements with us.")
    bizdev.follow("Invite a person")
    bizdev.write({"E-mail": "clara@fjord.example", "Name": "Clara Lund"})
    bizdev.choose("What they may do", "Decide for the client").press("Invite")
    bizdev.reads("Client approver", "not signed in yet")


def engagement_begins(cast):
    bizdev = cast.bizdev
    bizdev.follow("Add an engagement")
    bizdev.write(
        {
            "Name": "Care for German customers",
            "Code": "FE-1",
            "Owner": "Bianca Dias",
            "Currency": "EUR",
            "Go live on": days(GO_LIVE),
        }
    )
    bizdev.press("Save").reads("Care for German customers has no seats yet.")
    bizdev.press("Begin scoping").follow("Edit")
    bizdev.write({"Next step": "Ask for their call volumes", "Next step on": days(3)})
    bizdev.press("Save").follow("Plans, teams, history").reads("Ask for their call volumes")


def requirements_are_written(cast):
    bizdev = cast.bizdev
    bizdev.press("Write requirements").reads("Step 1 of 8")
    bizdev.write({"Scope of service": "Questions about meters, invoices and moving house."})
    bizdev.press("Save and go on").press("Save and go on").write(
        {
            "Delivery countries": "PL",
            "Customers' time zone": "Europe/Berlin",
            "Structure of the team": "flat: leads report to one manager",
        }
    )
    bizdev.press("Save and go on").reads("No line of business yet.").follow("Add a line")
    bizdev.write(
        {
            "Name": "Phone, German",
            "Channel": "phone",
            "Language": "German",
            "Contacts in each half-hour": "3",
            "Handling time, seconds": "300",
        }
    )
    bizdev.press("Save").follow("Dates and budget").write({"Go-live": days(GO_LIVE)})
    bizdev.press("Save and leave").reads(f"1 line of business, live on {spoken(GO_LIVE)}")


def requirements_become_a_plan(cast):
    bizdev = cast.bizdev
    bizdev.press("Submit").press("Accept").follow("Make the plan").press("Plan")
    bizdev.reads("seats:", "Agents on duty")
    why = bizdev.page.locator("details.why").first
    why.locator("summary").click()
    assert why.locator("dl, code").first.is_visible()
    bizdev.follow("Seats").reads("FE-1-001").open_in_list("FE-1-001").reads("is planned.")
    bizdev.menu("Engagements").open_in_list("Fjord Energy: Care for German customers")
    bizdev.press("Mark as planned").reads("planned")
