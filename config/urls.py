from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    # People sign in with the address that was invited: nobody adds others to their account.
    path("accounts/email/", RedirectView.as_view(pattern_name="mfa_index"), name="account_email"),
    path("accounts/", include("allauth.urls")),
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
