"""`make cases` counts what `planning` gets right, and names what it does not."""

import json
import sys

import pytest

from ops import cases
from ops.state import ROOT, Refused

JSON_HEADER = "case_id,kind,inputs,expected,method,tolerance\n"
QUEUE_HEADER = (
    "case_id,model,calls,interval_s,aht_s,patience_s,agents,threshold_s,offered_load_erlang,p_wait,"
    "note\n"
)
REFERENCE = ROOT.parent / "shared" / "domain" / "reference"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that writes files, runs the command, and returns its code and lines."""

    def go(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        monkeypatch.setattr(sys, "argv", ["cases", str(tmp_path)])
        code = cases.main()
        return code, capsys.readouterr().out.splitlines()

    return go


def span(name, agents, teams, tolerance="exact"):
    inputs = {"agents": agents, "target_span": 8, "single_team_max": 9}
    quoted = [json.dumps(each).replace('"', '""') for each in (inputs, {"teams": teams})]
    return f'{name},span_rule,"{quoted[0]}","{quoted[1]}",a rule,{tolerance}\n'


def test_right_ones_pass_and_wrong_ones_are_named_with_expected_and_got(run):
    code, lines = run(spans=JSON_HEADER + span("good", 10, 2) + span("bad", 10, 3))

    assert code == 1
    assert lines == ["spans.csv: bad: teams: expected 3, got 2", "1 passed, 1 failed"]


def test_a_queue_stands_in_columns_and_empty_ones_are_not_asked(run):
    row = "C001,C,100,1800,180,,14,20,10,0.174131950415,textbook\n"
    wrong = "C002,C,100,1800,180,,14,20,10,0.18,\n"

    code, lines = run(queues=QUEUE_HEADER + row.replace("131950415", "131950414") + wrong)

    assert code == 1
    assert lines[-1] == "0 passed, 2 failed"
    assert lines[1].startswith("queues.csv: C002: p_wait: expected 0.18, got 0.174")


def test_kinds_of_other_calculations_and_other_files_are_left_aside(run):
    other = 'k1,kaplan_meier,"{}","{}",,\n'

    code, lines = run(mixed=JSON_HEADER + span("good", 3, 1) + other, notes="a,b\n1,2\n")

    assert code == 0
    assert lines == [
        "left aside: 1 of the kind kaplan_meier, which is not calculated here",
        "1 passed, 0 failed",
    ]


def test_a_refused_input_is_a_failure_and_not_the_end(run):
    code, lines = run(spans=JSON_HEADER + span("bad", -1, 0) + span("good", 3, 1))

    assert code == 1
    assert "ValueError: The number of agents must be a whole number" in lines[0]
    assert lines[-1] == "1 passed, 1 failed"


def test_no_case_at_all_is_no_success(run):
    assert run() == (1, ["0 passed, 0 failed"])


def test_a_row_that_is_no_case_is_said_with_its_number(run):
    with pytest.raises(Refused, match=r"spans\.csv, row 2"):
        run(spans=JSON_HEADER + "x,span_rule,{not json,{},,\n")


def test_a_folder_that_is_not_there_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["cases", str(tmp_path / "gone")])
    with pytest.raises(Refused, match="There is no folder"):
        cases.main()


@pytest.mark.parametrize(
    ("text", "expected", "got", "same"),
    [
        ("rel 1e-9", 100.0, 100.00000001, True),
        ("rel 1e-9", 100.0, 100.0000002, False),
        ("abs 1e-9 exact / abs 0.004 if drawn", 0.5, 0.5000000005, True),
        ("exact", 0.5, 0.50000001, False),
        ("n exact", 3, 3.0000000001, True),
        ("exact", 3, 4, False),
        ("exact", None, 0, False),
        ("exact", True, 1, False),
    ],
)
def test_tolerances_are_read_from_their_column(text, expected, got, same):
    wrong = list(cases.differences(expected, got, cases.Tolerance.read(text)))

    assert (not wrong) == same


def test_lists_of_other_lengths_and_missing_values_differ():
    assert list(cases.differences({"a": [1, 2], "b": 1}, {"a": [1]}, cases.Tolerance())) == [
        "a: expected [1, 2], got [1]",
        "b: expected 1, got nothing",
    ]


def test_every_reference_case_beside_the_checkout_passes(monkeypatch, capsys):
    if not REFERENCE.exists():
        pytest.skip("No reference cases lie beside this checkout.")
    monkeypatch.setattr(sys, "argv", ["cases", str(REFERENCE)])

    code = cases.main()

    assert code == 0, capsys.readouterr().out
    assert int(capsys.readouterr().out.splitlines()[-1].split()[0]) > 300
