"""What can be wrong with a file: each has its sentence, with its place, and nothing is stored."""

import pytest

from core.yaml_files import ImportRefused
from tests.adoption import SAMPLE, problems_of

pytestmark = pytest.mark.django_db
HEAD, _, SEATS = SAMPLE.read_text().partition("\nseats:\n")
LEAD = "email: marit.haugland@post.example\n      applied_on: 2025-12-04"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        # Client and engagement, as the other import says it.
        ("country: NO", "country: XX", "client.country: “XX” is not a country"),
        ("size: large", "size: huge", "client.size: write one of small, medium, large"),
        ("industry:", "industri:", "client.industri: this key is unknown; did you mean industry?"),
        (
            "ingrid@solheim.example}",
            "ingrid}",
            "client.people[1].email: Enter a valid email address.",
        ),
        (
            "email: ingrid@solheim.example}",
            "email: hr@cadre.example}",
            "client.people[1].email: hr@cadre.example belongs to somebody who is not at Solheim",
        ),
        (
            "may_decide: no",
            "may_decide: maybe",
            "client.people[2].may_decide: write one of yes, no.",
        ),
        ("owner: bizdev@", "owner: nobody@", "engagement.owner: “nobody@cadre.example” is not the"),
        ("code: SF-1", "code: sf 1", "engagement.code: Write up to 12 capital letters"),
        ("state: live\n  hi", "state: lively\n  hi", "engagement.state: write one of"),
        # Histories, against the machines.
        (
            "step: go_live,",
            "step: golive,",
            (
                "engagement.history[3].step: no step “golive” leads on from recruiting; hold, "
                "train would."
            ),
        ),
        (
            "step: recruit,",
            "step: propose,",
            (
                "engagement.history[2].step: no step “propose” leads on from agreed; hold, recruit "
                "would."
            ),
        ),
        (
            "agree, on: 2025-11-14",
            "agree, on: 2025-11-25",
            "engagement.history[2].on: 2025-11-24 is before engagement.history[1].on, 2025-11-25.",
        ),
        (
            "go_live, on: 2026-03-23",
            "go_live, on: 2027-03-23",
            "engagement.history[3].on: 2027-03-23 is in the future.",
        ),
        (
            "go_live, on: 2026-03-23",
            "go_live, on: 23 March",
            "engagement.history[3].on: write a day as 2026-03-02.",
        ),
        (
            "agree, on: 2025-11-14, by: bizdev@",
            "agree, on: 2025-11-14, by: bizdef@",
            (
                "engagement.history[1].by: “bizdef@cadre.example” is nobody of our staff or at the "
                "client; did you mean bizdev@cadre.example?"
            ),
        ),
        (
            "  state: live\n  history",
            "  state: closed\n  history",
            "engagement.state: it says closed, but the history ends in live.",
        ),
        (
            "    state: open\n    since: 2026-08-24",
            "    state: on_hold\n    since: 2026-08-24",
            "requisitions[3].history: write by which steps it came to be on_hold.",
        ),
        (
            "    state: open\n    since: 2026-08-24",
            "    state: open",
            "requisitions[3].since: write since when, or its history.",
        ),
        (
            "note: Declined by the client}",
            "note: ''}",
            "applications[6].history[4].note: say why, in up to 200 characters.",
        ),
        (
            "state: interview\n",
            "state: screening\n",
            "applications[2].state: it says screening, but the history ends in interview.",
        ),
        # Requirements, criteria, requisitions.
        ("  accepted_on: 2025-11-10\n", "", "requirements.accepted_on: it must be there."),
        ("aht_s: 410", "aht_s: soon", "requirements.lines[1].aht_s: Enter a whole number."),
        ("    aht_s", "    ath_s", "requirements.lines[1].ath_s: this key is unknown; did you"),
        ("weight: 60", "weight: 50", "criteria[1].items: the weights add up to 90, not to 100."),
        ("proof: test", "proof: tests", "criteria[1].items[1].proof: write one of question,"),
        (
            "criteria: Team lead",
            "criteria: Team leed",
            "requisitions[2].criteria: there is no criteria set “Team leed”; did you mean Team",
        ),
        (
            "criteria: Team lead",
            "criteria: Agent, Norwegian",
            "requisitions[2].criteria: these are for the role agent.",
        ),
        (
            "recruiter: recruiter@",
            "recruiter: bizdev@",
            "requisitions[1].recruiter: “bizdev@cadre.example” is not the e-mail of one of our rec",
        ),
        (
            "monthly_salary_to: 1750",
            "monthly_salary_to: 1400",
            "requisitions[1].monthly_salary_to: this is less than where the band begins.",
        ),
        (
            "    monthly_salary_to: 1750\n",
            "",
            "requisitions[1].monthly_salary_to: give both ends of the band, or neither.",
        ),
        ("number: SF-R2", "number: SF-R1", "requisitions[2].number: “SF-R1” stands in the file"),
        (
            "line: Phone, Norwegian\n    criteria",
            "line: Phone, Swedish\n    criteria",
            "requisitions[1].line: there is no line of business “Phone, Swedish”; did you mean",
        ),
        # Programmes and classes.
        ("pass_mark: 80", "pass_mark: 101", "programmes[1].pass_mark: Ensure this value is less"),
        ("trainer: trainer@", "trainer: hr@", "classes[1].trainer: “hr@cadre.example” is not the"),
        (
            "ends_on: 2026-03-20\n    state: completed",
            "ends_on: 2026-01-20\n    state: completed",
            "classes[1].ends_on: the last day is before the first.",
        ),
        (
            "starts_on: 2026-11-09",
            "starts_on: 2026-12-09",
            "classes[3].starts_on: 2026-12-09 is in the future.",
        ),
        (
            "    since: 2026-11-02\n\npeople",
            "\npeople",
            "classes[4].since: write since when people",
        ),
        ("name: Wave 2", "name: Wave 1", "classes[2].name: “Wave 1” stands in the file twice."),
        ("places: 8", "places: 0", "classes[4].places: Ensure this value is greater"),
        # People.
        (
            "email: signe.odegard@post.example, country",
            "email: marit.haugland@post.example, country",
            "people[3].email: marit.haugland@post.example stands in the file twice.",
        ),
        ('"+48600100201"', '"12"', "people[13].phone: This is not a phone number we could call."),
        (
            "{notice: applicants-2025, on: 2025-12-04",
            "{notice: applicants of the year 2025, on: 2025-12-04",
            "people[1].consent.notice: name the notice in up to 20 characters.",
        ),
        (
            "  - {name: Guro",
            "  - {vendor: Nobody, name: Guro",
            "people[19].vendor: there is no vendor “Nobody”; see docs/formats.md.",
        ),
        # Seats, and who is in them.
        ("role: team_lead\n    team", "role: team_leed\n    team", "seats[1].role: write one of"),
        (
            LEAD,
            LEAD.replace("marit", "marita"),
            "seats[1].person.email: there is no person “marita",
        ),
        (
            "class: Wave 1\n      score: 94",
            "class: Wave 9",
            "seats[1].person.class: there is no class",
        ),
        ("monthly_salary: 2300", "monthly_salary: much", "seats[1].person.monthly_salary: Enter a"),
        ("score: 94", "score: 194", "seats[1].person.score: Ensure this value is less than"),
        (
            "hired_on: 2026-01-12",
            "hired_on: 2025-11-12",
            "seats[1].person.hired_on: 2025-11-12 is before ",
        ),
        (
            "hired_on: 2026-01-12",
            "hired_on: 2026-02-12",
            "classes[1].starts_on: 2026-02-02 is before seats[1].person.hired_on, 2026-02-12.",
        ),
        (
            "    since: 2026-03-16\n",
            "    since: 2026-01-30\n",
            "seats[1].since: 2026-01-30 is before classes[1].starts_on, 2026-02-02.",
        ),
        ("    since: 2026-03-16\n", "", "seats[1].since: write since when it is live."),
        ("requisition: SF-R2\n    p", "requisition: SF-R1\n    p", "seats[1].role: SF-R1 asks for"),
        (
            "    requisition: SF-R2\n    p",
            "    p",
            "seats[1].requisition: write by which requisition",
        ),
        (
            "{number: OLD-2026-17, issued_on: 2026-03-19, expires_on: 2027-03-19}",
            "{issued_on: 2026-03-19, expires_on: 2026-03-19}",
            "seats[2].person.certificate.expires_on: it would end before it begins.",
        ),
        (
            "email: signe.odegard@post.example\n",
            "email: kacper.wojtowicz@post.example\n",
            "seats[3].person.email: kacper.wojtowicz@post.example is in seats[2] as well.",
        ),
        (
            "state: nesting",
            "state: in_training",
            "seats[10].since: leave it out: it is since the first day of the class.",
        ),
        (
            "      class: Wave 3\n",
            "",
            "seats[11].person.class: write in which class they are.",
        ),
        (
            "class: Wave 3",
            "class: Wave 4",
            "seats[11].person.class: Wave 4 is open: who is in training is in one that is running.",
        ),
        (
            "      class: Wave 3\n",
            "      class: Wave 3\n      certificate: {}\n",
            "seats[11].person.certificate: only who went live after a class has one.",
        ),
        (
            "requisitioned, requisition: SF-R3, starts_on",
            "reserved, requisition: SF-R3, starts_on",
            "seats[13].person: somebody is in a seat that is reserved: write who.",
        ),
        (
            "state: reserved",
            "state: requisitioned",
            "seats[12].person: nobody is in a seat that is requisitioned.",
        ),
        (
            "state: approved, starts_on",
            "state: approved, requisition: SF-R3, starts_on",
            "seats[15].requisition: a seat that is approved is asked for by none.",
        ),
        (
            "starts_on: 2027-02-08}\n\n",
            "number: SF-1-001}\n\n",
            "seats[15].number: “SF-1-001” stands",
        ),
        (
            "state: approved, starts_on",
            "site: The moon, state: approved, starts_on",
            "seats[15].site: there is no site “The moon”",
        ),
        # What parts of the file say of each other.
        (
            "    state: open\n    since: 2026-08-24",
            "    state: filled\n    since: 2026-08-24",
            "requisitions[3].state: it is filled, but a seat still waits for it.",
        ),
        (
            "  state: live\n  history",
            "  state: planned\n  since: 2026-01-01\n  story",
            "engagement.state: it is planned, but 15 seats are agreed.",
        ),
        # Applications.
        (
            "state: sourced, since: 2026-11-16",
            "state: applied, since: 2026-11-16",
            "applications[5].person: who has applied agreed to a notice: give the consent of guro",
        ),
        (
            "{person: hakon.strand@post.example, requisition: SF-R3",
            "{person: hakon.strand@post.example, requisition: SF-R1",
            "applications[3].requisition: SF-R1 is not open: end the application.",
        ),
        (
            "{person: hakon.strand@",
            "{person: zofia.malinowska@",
            "applications[3].person: applications[2] is open for SF-R3 as well.",
        ),
        (
            "has_assessment: yes",
            "has_assessment: no",
            "applications[1].history[3].on: SF-R3 has no assessment.",
        ),
        (
            "state: sourced, since",
            "state: hired, since",
            "applications[5].state: write one of",
        ),
        (
            "      comment: We need somebody with more calm on the phone.\n",
            "",
            "applications[6].client_decision.comment: say in a sentence why.",
        ),
        (
            "state: withdrawn\n",
            "state: withdrawn\n    client_decision: {answer: approved, on: 2026-10-09}\n",
            "applications[7].client_decision: nobody put them before the client.",
        ),
        # The shape.
        ("seats:\n", "seat:\n", "seat: this key is unknown; did you mean seats?"),
        ("\nseats:\n", "\nseats: none\nrows:\n", "seats: write a list: a dash before each."),
        (
            "      - name: Has led a team",
            "      - x\n      - name: Has",
            "criteria[2].items[1]: write keys",
        ),
        ("city: Sopot", "city: [Sopot]", "people[13].city: write one value, not a list or keys."),
        ("client:\n", "client: [x]\nclient_was:\n", "client: write its keys below it, or the name"),
    ],
)
def test_each_problem_has_its_sentence_and_nothing_is_stored(old, new, sentence, adopt):
    told = problems_of(adopt, (old, new))

    assert [each for each in told if each.startswith(sentence)], told


def test_sentences_come_all_at_once_in_the_order_of_the_file(adopt):
    changes = [
        ("country: NO", "country: XX"),
        ("step: go_live,", "step: golive,"),
        ("weight: 60", "weight: 50"),
        ("score: 94", "score: 194"),
        ("state: sourced, since", "state: sauced, since"),
    ]

    with pytest.raises(ImportRefused) as refused:
        adopt(*changes)

    found = [each.partition(": ")[0].split(", ") for each in refused.value.problems]
    lines = [int(line.removeprefix("line ")) for line, _ in found]
    assert lines == sorted(lines)
    assert [path for _, path in found] == [
        "client.country",
        "engagement.history[3].step",
        "criteria[1].items",
        "seats[1].person.score",
        "applications[5].state",
    ]
    text = SAMPLE.read_text().splitlines()
    assert "weight" not in text[lines[2] - 1]
    assert text[lines[2] - 1].strip() == "items:"


def test_missing_parts_are_each_told(adopt):
    told = problems_of(adopt, text="client: Nobody\n")

    assert {"engagement: it must be there.", "requirements: it must be there."} <= set(told)


def test_application_that_went_on_says_what_the_client_said(adopt):
    told = problems_of(
        adopt,
        ("state: client_review", "state: offered"),
        (
            "{step: put_forward, on: 2026-11-16, by: recruiter@cadre.example}",
            "{step: put_forward, on: 2026-11-16}\n      - {step: offer, on: 2026-11-20}",
        ),
    )

    assert told == [
        (
            "applications[1].client_decision: it went on from the client's review: write what the "
            "client said."
        )
    ]
