"""Import candidates as the page and its worker do, and say how long it took and in how much memory.

Run by `ops.bench` on an empty database, in a process of its own: what is measured is the highest
memory of the whole process. `python -m ops.bench_import FILE PEOPLE`.
"""

import csv
import io
import json
import resource
import sys
from pathlib import Path

import django
from django.db import transaction

from ops.bench_pages import Work

FIELDS = ["name", "email", "phone", "city", "country", "languages", "skills"]
# Every so many rows somebody comes a second time: under the same address, or without one.
AGAIN, NAMELESS = 50, 40


def people(count: int) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(FIELDS)
    for number in range(count):
        who = number - 1 if number % AGAIN == AGAIN - 1 else number
        email = "" if number % NAMELESS == NAMELESS - 1 else f"person{who}@import.example"
        phone = f"+4471{who % 100_000_000:08}"
        row = [f"Person{who} Family{who % 997}", email, phone, "Leeds", "GB", "English", "Zendesk"]
        rows.writerow(row)
    return text.getvalue().encode()


def run(count: int) -> dict[str, float]:
    from core import jobs, roles  # noqa: PLC0415 -- after django.setup()
    from core.models import Actor, Job  # noqa: PLC0415
    from recruiting import actions, tasks  # noqa: F401, PLC0415 -- the job's work registers there

    roles.sync()
    by = Actor.objects.system()
    content = people(count)
    work = Work()
    started = work.now()
    batch = actions.receive_import([("people.csv", content)], by=by)
    job = actions.begin_import(batch, by=by)
    while job.is_open:
        with transaction.atomic():
            jobs.go_on(job.pk, job.round, job.done)
        job = Job.objects.get(pk=job.pk)
    taken = (work.now() - started) / 1000
    if job.state != Job.State.DONE:
        raise SystemExit(f"The import ended as {job.state}.")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"import_time": taken, "import_memory": memory}


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(run(int(sys.argv[2]))))
