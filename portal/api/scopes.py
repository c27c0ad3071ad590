"""What a token may read. An account limited to a client reads as that client's people do."""

from core.service_accounts import limit_to, scope
from engagements.models import Client

ALL = "engagements.view_client"  # the right to see every client's rows
OWN = "engagements.view_engagement"  # the right to see one's own client's

CLIENTS = scope("clients:read", "Clients", permissions={ALL}, limited=set())
ENGAGEMENTS = scope("engagements:read", "Engagements", permissions={ALL, OWN}, limited={OWN})
REQUIREMENTS = scope("requirements:read", "Requirements", permissions={ALL, OWN}, limited={OWN})
SEATS = scope("seats:read", "Seats", permissions={ALL, OWN}, limited={OWN})
REQUISITIONS = scope(
    "requisitions:read",
    "Requisitions",
    permissions={"recruiting.view_requisition"},
    limited=None,
)
APPLICATIONS = scope(
    "applications:read",
    "Applications, without names",
    permissions={"recruiting.view_application"},
    limited={"recruiting.review_application"},
)
CANDIDATES = scope(
    "candidates:read",
    "Candidates, without names",
    permissions={"recruiting.view_candidate"},
    limited=None,
)
PERSONAL = scope(
    "candidates:personal",
    "Names, addresses and numbers of candidates",
    permissions=set(),
    limited=None,
)

limit_to("Client", lambda: Client.objects.order_by("name", "pk"))
