from django.urls import path

from cms import views

app_name = "cms"

urlpatterns = [
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/new/", views.create_proposal, name="create_proposal"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("proposals/<int:pk>/send/", views.send_proposal, name="send_proposal"),
    path("proposals/<int:pk>/withdraw/", views.withdraw_proposal, name="withdraw_proposal"),
    path("proposals/<int:pk>/version/", views.new_proposal_version, name="new_proposal_version"),
    path("proposals/<int:pk>/contract/", views.draw_contract, name="draw_contract"),
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/<int:pk>/", views.contract, name="contract"),
    path("contracts/<int:pk>/issue/", views.issue_contract, name="issue_contract"),
    path("contracts/<int:pk>/void/", views.void_contract, name="void_contract"),
    path("contracts/<int:pk>/code/", views.signing_code, name="signing_code"),
    path("contracts/<int:pk>/sign/", views.sign_contract, name="sign_contract"),
    path("portal/proposals/<int:pk>/", views.client_proposal, name="client_proposal"),
    path("portal/proposals/<int:pk>/accept/", views.accept_proposal, name="accept_proposal"),
    path("portal/proposals/<int:pk>/decline/", views.decline_proposal, name="decline_proposal"),
    path("portal/contracts/<int:pk>/", views.client_contract, name="client_contract"),
]
