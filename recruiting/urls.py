from django.urls import path

from recruiting import views

app_name = "recruiting"

urlpatterns = [
    path("criteria/", views.criteria_sets, name="criteria_sets"),
    path("criteria/new/", views.criteria_add, name="criteria_add"),
    path("criteria/<int:pk>/", views.criteria, name="criteria"),
    path("criteria/<int:pk>/items/new/", views.item_add, name="item_add"),
    path("criteria/<int:pk>/send/", views.send_criteria, name="send_criteria"),
    path("criteria/<int:pk>/version/", views.new_criteria_version, name="new_criteria_version"),
    path("criteria/items/<int:pk>/", views.item_edit, name="item_edit"),
    path("criteria/items/<int:pk>/remove/", views.item_remove, name="item_remove"),
    path("requisitions/", views.requisitions, name="requisitions"),
    path("requisitions/new/", views.requisition_add, name="requisition_add"),
    path("requisitions/<int:pk>/", views.requisition, name="requisition"),
    path("requisitions/<int:pk>/edit/", views.requisition_edit, name="requisition_edit"),
    path("requisitions/<int:pk>/cancel/", views.cancel_requisition, name="cancel_requisition"),
    path("requisitions/<int:pk>/board/", views.board, name="board"),
    path("requisitions/<int:pk>/applications/", views.applications, name="applications"),
    path("candidates/", views.candidates, name="candidates"),
    path("candidates/new/", views.candidate_add, name="candidate_add"),
    path("candidates/import/", views.import_candidates, name="import_candidates"),
    path("candidates/import/<int:pk>/", views.import_preview, name="import_preview"),
    path("candidates/<int:pk>/", views.candidate, name="candidate"),
    path("candidates/<int:pk>/edit/", views.candidate_edit, name="candidate_edit"),
    path("candidates/<int:pk>/facts/new/", views.fact_add, name="fact_add"),
    path("candidates/<int:pk>/cv/", views.cv_add, name="cv_add"),
    path("candidates/<int:pk>/source/", views.source, name="source"),
    path("applications/<int:pk>/", views.application, name="application"),
    path("applications/<int:pk>/scorecard/", views.scorecard, name="scorecard"),
    path("applications/<int:pk>/ask/", views.ask_to_apply, name="ask_to_apply"),
    path("applications/<int:pk>/put-forward/", views.put_forward, name="put_forward"),
    path("applications/<int:pk>/reject/", views.reject, name="reject"),
    path("applications/<int:pk>/undo-rejection/", views.undo_rejection, name="undo_rejection"),
    path("applications/<int:pk>/offer/", views.offer, name="offer"),
    path("offers/<int:pk>/", views.offer_detail, name="offer_detail"),
    path("offers/<int:pk>/send/", views.send_offer, name="send_offer"),
    path("offers/<int:pk>/revise/", views.revise_offer, name="revise_offer"),
    path("offers/<int:pk>/rescind/", views.rescind_offer, name="rescind_offer"),
    # For people without an account.
    path("apply/<int:pk>/", views.apply, name="apply"),
    path("apply/confirm/<str:token>/", views.apply_confirm, name="apply_confirm"),
    path("apply/<int:pk>/thanks/", views.applied, name="applied"),
    path("offer/<str:token>/", views.answer, name="answer"),
    path("offer/<str:token>/letter/", views.offer_letter, name="offer_letter"),
]
