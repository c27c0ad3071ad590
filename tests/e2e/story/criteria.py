"""C4: by what people are chosen, which the client approves item by item."""

ITEMS = [
    (
        "must-have",
        {
            "Name": "German",
            "Skill": "German",
            "Level": "C1",
            "Proof": "question on the form",
            "Why it is needed": "Customers call in German.",
        },
    ),
    (
        "weighted",
        {
            "Name": "Calm with angry callers",
            "Weight": "100",
            "Proof": "interview",
            "Why it is needed": "One call in ten is a complaint.",
        },
    ),
    (
        "trainable",
        {
            "Name": "Knows how a meter is read",
            "Proof": "test",
            "Why it is needed": "It is asked every day; we teach it in the first week.",
        },
    ),
]


def recruiter_writes_criteria(cast):
    recruiter = cast.recruiter
    recruiter.menu("Criteria").follow("New criteria")
    recruiter.write(
        {
            "Engagement": "Fjord Energy: Care for German customers",
            "Role": "agent",
            "Title": "Agent, phone, German",
        }
    ).press("Begin")
    for kind, answers in ITEMS:
        recruiter.follow("Add item").choose("Kind", kind).write(answers).press("Add item")
    recruiter.reads("0 of 3 items approved", "the weights add up to 100")
    recruiter.follow("Send to the client").press("Send").reads("with the client")


def client_comes_in_and_answers(cast):
    client = cast.enter("client", "Clara Lund", "clara@fjord.example")
    client.accept_invitation().reads("1 decision waits for you.")
    client.open_in_list("Whom shall we choose? Agent, phone, German, v1")
    client.reads("0 of 3 items agreed, 3 wait for you.")
    client.choose("German", "Approve").choose("Calm with angry callers", "Approve")
    client.press("Keep for later").reads("2 of 3 items agreed, 1 waits for you.")


def client_asks_for_a_change(cast):
    client = cast.client
    client.choose("Knows how a meter is read", "Change").press("Send my answers")
    client.reads("Nothing is sent yet", "Say in words what you would like.")
    client.page.get_by_label("Your words: Knows how a meter is read").fill("Solar meters too.")
    client.press("Send my answers").reads("You asked for changes: it is our turn.")


def recruiter_changes_the_item(cast):
    recruiter = cast.recruiter
    recruiter.menu("Home").reads("Answer the client on Agent, phone, German, v1")
    recruiter.open_in_list("Answer the client on Agent, phone, German, v1")
    recruiter.reads("“Solar meters too.” · Clara Lund").follow("Edit Knows how a meter is read")
    recruiter.write({"Name": "Knows how a meter is read, solar too"}).press("Save")
    recruiter.follow("Send again").press("Send")


def client_approves_everything(cast):
    client = cast.client
    client.menu("Decisions").open_in_list("Whom shall we choose? Agent, phone, German, v1")
    for _, item in ITEMS[:2]:
        client.choose(item["Name"], "Approve")
    client.choose("Knows how a meter is read, solar too", "Approve").press("Send my answers")
    client.reads("The criteria are agreed. We choose people by them.", "SHA-256")
