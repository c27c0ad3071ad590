from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("home/", views.home, name="home"),
    path("api/", views.api, name="api"),
    path("engagements/<int:pk>/overview/", views.engagement, name="engagement"),
    path("portal/", views.decisions, name="decisions"),
    path("portal/criteria/<int:pk>/", views.criteria, name="criteria"),
    path("portal/candidates/", views.candidates, name="candidates"),
    path("portal/candidates/<int:pk>/", views.candidate, name="candidate"),
    path("portal/progress/", views.progress, name="progress"),
    path("portal/documents/", views.documents, name="documents"),
    path("portal/documents/proposals/", views.sent_proposals, name="sent_proposals"),
    path("portal/documents/criteria/", views.agreed_criteria, name="agreed_criteria"),
    path("portal/people/", views.people, name="people"),
    path("partner/", views.vendor_requisitions, name="vendor_requisitions"),
    path("partner/requisitions/<int:pk>/", views.vendor_requisition, name="vendor_requisition"),
    path("partner/candidates/", views.vendor_candidates, name="vendor_candidates"),
    path("partner/documents/", views.vendor_documents, name="vendor_documents"),
    path("partner/documents/add/", views.vendor_document_add, name="vendor_document_add"),
]
