from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from portal.api.urls import urls as api

urlpatterns = [
    # People sign in with the address that was invited: nobody adds others to their account.
    path("accounts/email/", RedirectView.as_view(pattern_name="mfa_index"), name="account_email"),
    # Who has an identity provider is linked by address when they first come: nobody links more.
    path(
        "accounts/3rdparty/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="socialaccount_connections",
    ),
    path(
        "accounts/3rdparty/signup/",
        login_not_required(RedirectView.as_view(pattern_name="account_login")),
        name="socialaccount_signup",
    ),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api),
    path("", include("core.urls")),
    path("", include("vendors.urls")),
    path("", include("engagements.urls")),
    path("", include("recruiting.urls")),
    path("", include("training.urls")),
    path("", include("portal.urls")),
    path("", include("cms.urls")),
    # The last: what no address above takes may be a public page.
    path("", include("cms.site_urls")),
]
