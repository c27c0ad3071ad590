from django.urls import path

from vendors import views

app_name = "vendors"

urlpatterns = [
    path("vendors/", views.vendors, name="vendors"),
    path("vendors/add/", views.vendor_add, name="vendor_add"),
    path("vendors/<int:pk>/", views.vendor, name="vendor"),
    path("vendors/<int:pk>/edit/", views.vendor_edit, name="vendor_edit"),
    path("vendors/documents/", views.documents, name="documents"),
    path("vendors/<int:pk>/documents/add/", views.document_add, name="document_add"),
    path("vendors/<int:pk>/people/invite/", views.person_invite, name="person_invite"),
    path("vendors/<int:pk>/sites/add/", views.site_add, name="site_add"),
    path("vendors/<int:pk>/rates/add/", views.rate_card_add, name="rate_card_add"),
    path("vendors/ours/", views.ours, name="ours"),
    path("vendors/ours/sites/add/", views.our_site_add, name="our_site_add"),
    path("vendors/ours/rates/add/", views.our_rate_card_add, name="our_rate_card_add"),
    path("vendors/sites/<int:pk>/edit/", views.site_edit, name="site_edit"),
    path("vendors/rates/<int:pk>/edit/", views.rate_card_edit, name="rate_card_edit"),
    path("vendors/exchange-rates/", views.exchange_rates, name="exchange_rates"),
    path("vendors/exchange-rates/add/", views.exchange_rate_add, name="exchange_rate_add"),
    path("vendors/exchange-rates/<int:pk>/", views.exchange_rate_edit, name="exchange_rate_edit"),
]
