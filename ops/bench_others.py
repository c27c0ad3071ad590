"""Measure what is no page: the funnel over every line of log, a contract's PDF, a week's plan.

Run by `ops.bench` on the largest of its databases: `python -m ops.bench_others FILE`.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string

from ops.bench_pages import Work
from planning.erlang_c import agents_required

TIMES = 5
HALF_HOURS = 336
LINES = [180.0, 240.0, 300.0, 420.0, 600.0]  # seconds that a contact takes


def seconds(work: Callable[[], Any], clock: Callable[[], float]) -> float:
    """Return the median of a few runs, the first of which only warms up."""
    work()
    found = []
    for _ in range(TIMES):
        started = clock()
        work()
        found.append(clock() - started)
    return statistics.median(found)


def week() -> float:
    """Find the agents for each of a week's 336 half-hours in five lines, in milliseconds."""
    contacts = [20.0 + (7 * slot) % 61 for slot in range(HALF_HOURS)]

    def plan() -> None:
        for aht_s in LINES:
            for count in contacts:
                agents_required(
                    count, 1800, aht_s, service_level=0.8, threshold_s=20, max_occupancy=0.85
                )

    return seconds(plan, time.process_time) * 1000


def funnel() -> float:
    """Count from the whole log how many applications ever came into each stage, in seconds."""
    from recruiting.models import ApplicationLog  # noqa: PLC0415 -- after django.setup()

    reached = ApplicationLog.objects.order_by().values("target")
    counted = reached.annotate(n=Count("subject", distinct=True))
    work = Work()
    return seconds(lambda: list(counted.all()), lambda: work.now() / 1000)


def contract() -> float:
    """Return how much longer a contract takes than WeasyPrint alone for the same HTML."""
    from cms import documents  # noqa: PLC0415 -- after django.setup()
    from cms.models import Contract  # noqa: PLC0415

    row = Contract.objects.order_by("pk")[0]
    context = {"contract": row, "written_at": row.created_at}
    html = render_to_string("cms/documents/contract.html", context)
    ours = seconds(lambda: documents.contract(row), time.process_time)
    return ours / seconds(lambda: bare(html), time.process_time)


def bare(html: str) -> bytes:
    import weasyprint  # noqa: PLC0415 -- slow import

    base = f"{Path(settings.STATIC_ROOT).as_uri()}/core/"
    pdf: bytes = weasyprint.HTML(string=html, base_url=base).write_pdf(
        pdf_variant="pdf/a-3a", pdf_tags=True
    )
    return pdf


def main(file: Path) -> None:
    found = {"funnel": funnel(), "contract": contract(), "week": week()}
    file.write_text(json.dumps(found))


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
