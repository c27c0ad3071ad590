from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("core.urls")),
    path("", include("vendors.urls")),
    path("", include("engagements.urls")),
    path("", include("recruiting.urls")),
    path("", include("training.urls")),
    path("", include("portal.urls")),
    path("", include("cms.urls")),
]
