from core import pdf
from recruiting.models import Offer


def offer_letter(offer: Offer) -> bytes:
    """Print an offer as it was sent. The same offer gives the same bytes."""
    sent = offer.log.filter(step="send").order_by("-at", "-pk").select_related("by").first()
    context = {
        "offer": offer,
        "requisition": offer.application.requisition,
        "candidate": offer.application.candidate,
        "client": offer.application.requisition.engagement.client,
        "sent": sent,
    }
    return pdf.render(
        "recruiting/documents/offer_letter.html",
        context,
        at=sent.at if sent else offer.created_at,
    )
