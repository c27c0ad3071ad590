"""Reference values computed independently of this project, where they lie beside the checkout."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

# A machine busy with other tests is slow, and that is no bug of the code under test.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")


def read_beside(path):
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"{path} is not beside this checkout; the values in these tests still hold.")
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reference():
    """Return `reference("structure_public.csv")`: the rows, JSON columns decoded."""

    def rows(name):
        found = list(csv.DictReader(read_beside(f"domain/reference/{name}").splitlines()))
        for row in found:
            for column in {"inputs", "expected"} & row.keys():
                row[column] = json.loads(row[column])
        return found

    return rows


@pytest.fixture(scope="session")
def bank_calls():
    return read_beside("data/arrivals/fpp3_bank_calls.csv")
