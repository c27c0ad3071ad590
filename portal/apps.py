from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from core import navigation  # noqa: PLC0415 -- app ready
        from core.models import Actor, UserKind  # noqa: PLC0415 -- app ready
        from portal import comments, todos  # noqa: PLC0415 -- app ready
        from portal.api import scopes  # noqa: F401, PLC0415 -- what tokens may read is known now

        comments.declare()
        team: str = _("Your team")  # type: ignore[assignment]
        work: str = _("Work")  # type: ignore[assignment]
        navigation.add("Work", "Home", "portal:home", permission="engagements.view_client", order=0)
        for order, (label, route) in enumerate(CLIENT):
            navigation.add(
                team,
                label,
                route,
                permission="core.use_client_portal",
                order=order,
                count=todos.open_decisions if route == "portal:decisions" else None,
            )
        for order, (label, route) in enumerate(VENDOR):
            navigation.add(work, label, route, permission="core.use_vendor_portal", order=order)

        def client_name(actor: Actor) -> str:
            return str(actor.user.client_person.client)  # type: ignore[union-attr]

        def vendor_name(actor: Actor) -> str:
            return str(actor.user.vendor_person.vendor)  # type: ignore[union-attr]

        navigation.brand_for(UserKind.CLIENT, client_name)
        navigation.brand_for(UserKind.VENDOR, vendor_name)


CLIENT: list[tuple[str, str]] = [
    (_("Decisions"), "portal:decisions"),  # type: ignore[list-item]
    (_("Candidates"), "portal:candidates"),  # type: ignore[list-item]
    (_("Progress"), "portal:progress"),  # type: ignore[list-item]
    (_("Documents"), "portal:documents"),  # type: ignore[list-item]
    (_("People with access"), "portal:people"),  # type: ignore[list-item]
]
VENDOR: list[tuple[str, str]] = [
    (_("Requisitions"), "portal:vendor_requisitions"),  # type: ignore[list-item]
    (_("Candidates"), "portal:vendor_candidates"),  # type: ignore[list-item]
    (_("Documents"), "portal:vendor_documents"),  # type: ignore[list-item]
]
