"""Long work of this app: known to the worker that does it and to the pages that show it."""

from django.utils.translation import gettext_lazy as _

from core import jobs
from engagements import actions

jobs.work(
    actions.PLANNING,
    label=_("Staffing plan"),
    permission="engagements.change_staffingplan",
)(actions.do_plan)
