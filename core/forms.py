from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.template import Engine, TemplateSyntaxError

from core.models import User, UserKind
from core.roles import ROLES


class InviteForm(forms.Form):
    email = forms.EmailField()
    name = forms.CharField(max_length=200)
    role = forms.ChoiceField(
        choices=[(role, role) for role, (kind, _) in ROLES.items() if kind == UserKind.STAFF]
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        other = User.objects.filter(email=email).exclude(kind=UserKind.STAFF).first()
        if other:
            raise forms.ValidationError(
                f"This address belongs to {other.name}, of a {other.get_kind_display()}."
            )
        return email


class InvitationForm(SetPasswordForm):  # type: ignore[type-arg]
    name = forms.CharField(max_length=200, label="Your name")
    field_order = ["name", "new_password1", "new_password2"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, initial={"name": user.name}, **kwargs)


class MailTextForm(forms.Form):
    subject_line = forms.CharField(max_length=300, label="Subject")
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 18}))

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"])
        try:
            Engine(libraries={"i18n": "django.templatetags.i18n"}).from_string(body)
        except TemplateSyntaxError as error:
            raise forms.ValidationError(f"This text can't be used: {error}.") from None
        return body
