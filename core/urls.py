from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("steps/<str:label>/<int:pk>/<str:step>/", views.step, name="step"),
    path("files/<uuid:key>/", views.file, name="file"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("mail/", views.mail, name="mail"),
    path("mail/<int:pk>/", views.message, name="message"),
    path("mail/texts/", views.mail_texts, name="mail_texts"),
    path("mail/texts/<str:name>/<str:language>/", views.mail_text, name="mail_text"),
    path("effects/", views.effects, name="effects"),
    path("effects/<int:pk>/requeue/", views.requeue, name="requeue"),
]
