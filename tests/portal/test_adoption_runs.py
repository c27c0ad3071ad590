"""Taking a team over: shown first, run twice, beside what is known already, stopped half-way."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engagements.models import Client, Engagement, Seat
from portal.adoption import taking
from recruiting.models import Candidate
from tests.adoption import SAMPLE, everything, second
from tests.factories.recruiting import CandidateFactory

pytestmark = pytest.mark.django_db


def test_preview_says_what_would_be_and_writes_nothing(adopt):
    before = everything()

    result = adopt(confirm=False)

    assert everything() == before
    lines = {line.split("  ")[0]: " ".join(line.split()) for line in result.lines}
    assert lines["seats"] == (
        "seats 15 live 8, vacated 1, nesting 1, in training 1, reserved 1, requisitioned 2, "
        "approved 1"
    )
    assert lines["people"] == "people 19 new 19, known already 0"
    assert (
        "Solheim Forsikring: 2 with access, of whom 1 may decide; nobody is written to."
        in result.lines
    )


def test_second_run_says_what_is_there_and_adds_nothing(adopt):
    adopt()
    before = everything()

    result = adopt()

    assert everything() == before
    assert result.is_known
    assert result.lines[0] == "seats: 15 of 15 are here."


def test_second_run_names_what_was_added_to_the_file_since(adopt):
    adopt()

    result = adopt(("\napplications:", "  - {role: agent, state: planned}\n\napplications:"))

    assert result.lines[0] == "seats: 15 of 16 are here; not SF-1-016."
    assert Seat.objects.count() == 15


def test_who_is_known_by_their_address_is_not_doubled_and_not_changed(adopt):
    known = CandidateFactory(name="Peder Nygaard", email="peder.nygaard@post.example", city="Oslo")

    result = adopt()

    assert Candidate.objects.filter(name="Peder Nygaard").get() == known
    row = Candidate.objects.get(pk=known.pk)
    assert (row.city, row.applications.count()) == ("Oslo", 1)
    line = SAMPLE.read_text().splitlines().index("  - name: Peder Nygaard") + 1
    assert result.notes == [
        f"line {line}, people[13]: known already as {known.code}, and left as they are."
    ]


def test_namesake_by_another_address_is_pointed_out(adopt):
    other = CandidateFactory(name="Peder Nygård", email="p@mail.example")
    CandidateFactory(name="PEDER NYGAARD", email="pn@mail.example")

    result = adopt(confirm=False)

    assert len(result.notes) == 1
    assert "bears the same name, with another address." in result.notes[0]
    assert other.code not in result.notes[0]


def test_known_client_is_named_by_the_name_alone(adopt):
    adopt()
    text = second(SAMPLE.read_text()).replace("Nordheim Forsikring\n", "Solheim Forsikring\n")
    head, rest = text.split("engagement:\n", 1)

    adopt(
        text="client: Solheim Forsikring\n\nengagement:\n"
        + rest.replace("ingrid@nordheim", "ingrid@solheim")
    )

    assert "people:" in head
    assert Client.objects.count() == 1
    assert Engagement.objects.filter(client__name="Solheim Forsikring").count() == 2


@pytest.mark.parametrize("late", ["publish_job", "_number_certificates", "_write_milestones"])
def test_failure_in_the_middle_leaves_nothing(late, adopt, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the machine stopped")

    before = everything()
    monkeypatch.setattr(taking, late, fail)

    with pytest.raises(RuntimeError):
        adopt()

    assert everything() == before


def test_command_shows_first_and_takes_over_when_told(staff):
    out = StringIO()

    call_command("adopt_engagement", SAMPLE, stdout=out)
    shown = out.getvalue()
    there = Engagement.objects.exists()
    call_command("adopt_engagement", SAMPLE, "--confirm", stdout=out)
    call_command("adopt_engagement", SAMPLE, "--confirm", stdout=out)

    assert shown.startswith("engagement.yaml would make:\n  Solheim Forsikring")
    assert shown.endswith("Run it again with --confirm to take it over.\n")
    assert not there
    assert Engagement.objects.count() == 1
    assert "SF-1 is here already; nothing was added." in out.getvalue()


def test_command_tells_each_problem_with_its_line_and_fails(staff, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(SAMPLE.read_text().replace("role: team_lead", "role: team_leed"))

    with pytest.raises(CommandError) as refused:
        call_command("adopt_engagement", path, "--confirm")

    first, *rest = str(refused.value).splitlines()
    assert first == f"Nothing was taken over. {len(rest)} problems:"
    assert all(line.startswith("  line ") for line in rest)
    assert not Engagement.objects.exists()


def test_command_prints_the_schema_for_editors():
    out = StringIO()

    call_command("adopt_engagement", "--schema", stdout=out)

    shape = json.loads(out.getvalue())
    roles = shape["properties"]["seats"]["items"]["properties"]["role"]["enum"]
    assert roles[:2] == ["agent", "team_lead"]


def test_command_wants_a_file():
    with pytest.raises(CommandError, match="Name the file to take over"):
        call_command("adopt_engagement")
