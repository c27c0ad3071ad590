from django.conf import settings
from django.shortcuts import resolve_url
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    return MenuItem(
        "Back to Cadre", resolve_url(settings.LOGIN_REDIRECT_URL), icon_name="arrow-left", order=1
    )
