from datetime import datetime

from core import pdf
from engagements.chart import Chart
from engagements.models import Engagement, StaffingPlan


def chart(
    drawn: Chart, engagement: Engagement, plan: StaffingPlan | None, *, at: datetime
) -> bytes:
    """Render an org chart on landscape A4, with the day that it shows."""
    context = {"chart": drawn, "engagement": engagement, "plan": plan}
    return pdf.render("engagements/documents/chart.html", context, at=at)
