from django.urls import path

from engagements import views

app_name = "engagements"

urlpatterns = [
    path("clients/", views.clients, name="clients"),
    path("clients/add/", views.client_add, name="client_add"),
    path("clients/<int:pk>/", views.client, name="client"),
    path("clients/<int:pk>/edit/", views.client_edit, name="client_edit"),
    path("clients/<int:pk>/invite/", views.client_invite, name="client_invite"),
    path("clients/<int:pk>/engagements/add/", views.engagement_add, name="engagement_add"),
    path("engagements/", views.engagements, name="engagements"),
    path("engagements/<int:pk>/", views.engagement, name="engagement"),
    path("engagements/<int:pk>/edit/", views.engagement_edit, name="engagement_edit"),
    path("engagements/<int:pk>/agree/", views.agree, name="agree"),
    path("engagements/<int:pk>/lose/", views.lose, name="lose"),
    path("engagements/<int:pk>/seats/", views.seats, name="seats"),
    path("engagements/<int:pk>/more-seats/", views.ask_for_seats, name="ask_for_seats"),
    path(
        "engagements/<int:pk>/requirements/begin/",
        views.requirements_begin,
        name="requirements_begin",
    ),
    path(
        "engagements/<int:pk>/requirements/copy/", views.requirements_copy, name="requirements_copy"
    ),
    path("requirements/<int:pk>/", views.requirements, name="requirements"),
    path("requirements/<int:pk>/intake/<slug:step>/", views.intake_step, name="intake"),
    path("requirements/<int:pk>/open/", views.requirements_open, name="requirements_open"),
    path(
        "requirements/<int:pk>/take-back/",
        views.requirements_take_back,
        name="requirements_take_back",
    ),
    path("requirements/<int:pk>/discard/", views.requirements_discard, name="requirements_discard"),
    path("requirements/<int:pk>/send-back/", views.send_back, name="send_back"),
    path("requirements/<int:pk>/submit/", views.submit, name="submit"),
    path("requirements/<int:pk>/accept/", views.accept, name="accept"),
    path("requirements/<int:pk>/version/", views.new_version, name="new_version"),
    path("requirements/<int:pk>/plan/", views.make_plan, name="make_plan"),
    path("requirements/<int:pk>/lines/add/", views.line_add, name="line_add"),
    path("requirements/lines/<int:pk>/edit/", views.line_edit, name="line_edit"),
    path("requirements/lines/<int:pk>/remove/", views.line_remove, name="line_remove"),
    path("requirements/<int:pk>/assume/", views.assumption_add, name="assumption_add"),
    path("requirements/assumed/<int:pk>/", views.assumption_edit, name="assumption_edit"),
    path(
        "requirements/assumed/<int:pk>/remove/", views.assumption_remove, name="assumption_remove"
    ),
    path("requirements/<int:pk>/scenarios/", views.scenarios, name="scenarios"),
    path("requirements/<int:pk>/scenarios.csv", views.scenarios_csv, name="scenarios_csv"),
    path("requirements/<int:pk>/scenarios/add/", views.scenario_add, name="scenario_add"),
    path("scenarios/<int:pk>/", views.scenario_edit, name="scenario_edit"),
    path("scenarios/<int:pk>/remove/", views.scenario_remove, name="scenario_remove"),
    path("scenarios/<int:pk>/adopt/", views.scenario_adopt, name="scenario_adopt"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/figures.csv", views.plan_csv, name="plan_csv"),
    path("plans/<int:pk>/week.csv", views.plan_week_csv, name="plan_week_csv"),
    path("plans/<int:pk>/figures.json", views.plan_json, name="plan_json"),
    path("seats/<int:pk>/", views.seat, name="seat"),
]
