"""Wagtail's own addresses: its admin at /cms/, behind our sign-in, and the public pages below /."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import sign_in

# Those of Wagtail's pages by which people would come in past our sign-in. Ours stand first.
instead = [
    path("cms/login/", sign_in.to_admin, name="wagtailadmin_login"),
    path("cms/password_reset/", sign_in.to_password_reset, name="wagtailadmin_password_reset"),
    path("cms/password_reset/<path:rest>", sign_in.to_password_reset),
    path("cms/users/add/", sign_in.to_invitation),
    path("_util/login/", sign_in.to_page, name="wagtailcore_login"),
]
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, sign_in.admin_only)

urlpatterns = [
    *instead,
    path("cms/", include(wagtailadmin_urls)),
    # Nothing private is ever kept as a Wagtail document; the admin's lists need their addresses.
    path("documents/", include(wagtaildocs_urls)),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        login_not_required(wagtail_views.authenticate_with_password),
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(serve_pattern, login_not_required(wagtail_views.serve), name="wagtail_serve"),
]
