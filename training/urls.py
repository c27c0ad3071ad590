from django.urls import path

from training import views

app_name = "training"

urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/add/", views.programme_add, name="programme_add"),
    path("programmes/<int:pk>/", views.programme_edit, name="programme_edit"),
    path("classes/", views.classes, name="classes"),
    path("classes/add/", views.class_add, name="class_add"),
    path("classes/<int:pk>/", views.training_class, name="class"),
    path("classes/<int:pk>/edit/", views.class_edit, name="class_edit"),
    path("classes/<int:pk>/enrol/", views.enrol, name="enrol"),
    path("classes/<int:pk>/scores/", views.scores, name="scores"),
    path("classes/<int:pk>/start/", views.start_class, name="start_class"),
    path("classes/<int:pk>/cancel/", views.cancel_class, name="cancel_class"),
    path("enrolments/<int:pk>/nest/", views.nest, name="nest"),
    path("enrolments/<int:pk>/certify/", views.certify, name="certify"),
    path("enrolments/<int:pk>/fail/", views.fail, name="fail"),
    path("enrolments/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("certificates/", views.certificates, name="certificates"),
]
