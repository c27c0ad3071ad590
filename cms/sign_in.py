"""One sign-in for all: Wagtail's own pages for it lead to ours, and its admin is for editors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

# The admin's editors write styles and scripts into the page. See docs/decisions/0008.
ADMIN_POLICY = {
    "default-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "style-src": [SELF, UNSAFE_INLINE],
    "script-src": [SELF, UNSAFE_INLINE],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
View = Callable[..., HttpResponse]


def admin_only(view: View) -> View:
    """Answer 403 to those without access to the admin: sent to sign in, they would go round."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response._csp_config = ADMIN_POLICY  # type: ignore[attr-defined]
        return response

    return guarded


@login_not_required
@require_http_methods(["GET", "POST"])
def to_admin(request: HttpRequest) -> HttpResponse:
    """Send a stranger to our sign-in and an editor to the admin; for others it is closed."""
    home = reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next", home), settings.LOGIN_URL)
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect(home)


@login_not_required
@require_http_methods(["GET", "POST"])
def to_page(request: HttpRequest) -> HttpResponse:
    """Send a stranger to our sign-in; who is signed in may not see the page they came from."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/"), settings.LOGIN_URL)


@login_not_required
@require_http_methods(["GET", "POST"])
def to_password_reset(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("account_reset_password")


@require_GET
def to_invitation(request: HttpRequest) -> HttpResponse:
    """Nobody signs up: people are invited."""
    return redirect("core:invite")
