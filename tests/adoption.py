"""What the tests of taking over share: our sample, what else it may be, and what becomes of it."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps

from core.yaml_files import ImportRefused

SAMPLE = Path(__file__).parents[1] / "docs/samples/engagement.yaml"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
STAFF = {
    "bizdev@cadre.example": "BizDev",
    "hr@cadre.example": "HR director",
    "recruiter@cadre.example": "Recruiter",
    "delivery@cadre.example": "Delivery manager",
    "trainer@cadre.example": "Trainer",
}


def everything():
    """Count the rows of every table."""
    counts = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    return Counter({label: n for label, n in counts.items() if n})


def second(text):
    """Return the same team under other names: another client's."""
    for old, new in [
        ("SF-", "XY-"),
        ("Solheim", "Nordheim"),
        ("solheim", "nordheim"),
        ("@post.", "@mail."),
        ("OLD-", "PREV-"),
    ]:
        text = text.replace(old, new)
    return text


def problems_of(adopt, *changes, **kwargs):
    """Return what is said of a changed file, each without its line; nothing may be stored."""
    before = everything()
    with pytest.raises(ImportRefused) as refused:
        adopt(*changes, **kwargs)
    assert everything() == before
    return [each.partition(", ")[2] for each in refused.value.problems]
