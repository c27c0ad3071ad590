"""Long work of this app: known to the worker that does it and to the pages that show it."""

from django.utils.translation import gettext_lazy as _

from core import jobs
from recruiting import actions

jobs.work(
    "recruiting.import_candidates",
    label=_("Import of candidates"),
    permission="recruiting.add_candidate",
    finish=actions.finish_import,
)(actions.take_over)
