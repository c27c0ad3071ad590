from datetime import UTC, datetime, time

from core import pdf
from training.models import Certificate


def certificate(row: Certificate) -> bytes:
    """Render a certificate, dated on the day it was issued."""
    context = {
        "certificate": row,
        "person": row.enrolment.application.candidate.name,
        "programme": row.enrolment.training_class.programme,
        "engagement": row.enrolment.training_class.engagement,
    }
    at = datetime.combine(row.issued_on, time(12), tzinfo=UTC)
    return pdf.render("training/documents/certificate.html", context, at=at)
