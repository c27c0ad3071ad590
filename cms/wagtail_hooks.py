from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms import actions


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    return MenuItem(
        "Back to Cadre", resolve_url(settings.LOGIN_REDIRECT_URL), icon_name="arrow-left", order=1
    )


@hooks.register("after_edit_page")
def ask_anew(request: HttpRequest, page: Page) -> None:
    """Have a proposal whose text was changed while it is in review approved as it reads now."""
    actions.page_changed(page, by=request.actor)  # type: ignore[attr-defined]
