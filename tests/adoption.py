"""What the tests of taking over share: our sample, who its dates are for, and the file as text."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps

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
