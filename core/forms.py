import re
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.db import models
from django.db.models import Q
from django.template import TemplateSyntaxError
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.utils.translation import gettext_lazy as _

from core.messages import edited_texts
from core.models import Message, MessageQuerySet, User, UserKind
from core.people import of_another_kind
from core.roles import ROLES

# What a mail is sent for: an edited text that drops it leaves its reader with nothing to do.
LEADING_ON = {"link", "code", "url"}


def variables_of(text: str) -> set[str]:
    return set(re.findall(r"{{\s*(\w+)", text))


def is_template(text: str) -> None:
    try:
        nodes = edited_texts.from_string(text).nodelist
    except TemplateSyntaxError as error:
        raise forms.ValidationError(f"This text can't be used: {error}.") from None
    if nodes.get_nodes_by_type((IncludeNode, ExtendsNode)):  # type: ignore[arg-type]
        raise forms.ValidationError("This text can't be used: it may include no other.")


class InviteForm(forms.Form):
    email = forms.EmailField()
    name = forms.CharField(max_length=200)
    role = forms.ChoiceField(
        choices=[(role, role) for role, (kind, _) in ROLES.items() if kind == UserKind.STAFF]
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if other := of_another_kind(email, UserKind.STAFF):
            raise forms.ValidationError(other)
        return email


class InvitationForm(SetPasswordForm):  # type: ignore[type-arg]
    name = forms.CharField(max_length=200, label=_("Your name"))
    field_order = ["name", "new_password1", "new_password2"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, initial={"name": user.name}, **kwargs)


class MailTextForm(forms.Form):
    """An edited text for a mail: a template that keeps the links of the one that ships."""

    subject_line = forms.CharField(max_length=300, label="Subject", validators=[is_template])
    body = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}), validators=[is_template]
    )

    def __init__(self, shipped: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = variables_of(shipped) & LEADING_ON

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"])
        if lost := self.needed - variables_of(body):
            names = ", ".join(f"{{{{ {name} }}}}" for name in sorted(lost))
            raise forms.ValidationError(f"Without {names} the reader can't go on: put it back.")
        return body


class MailFilter(forms.Form):
    to = forms.CharField(required=False, label="To")
    outcome = forms.ChoiceField(
        required=False, choices=[("", "any outcome"), *Message.Outcome.choices], label="Outcome"
    )

    def of(self, rows: MessageQuerySet) -> MessageQuerySet:
        if not self.is_valid():
            return rows
        if outcome := self.cleaned_data["outcome"]:
            rows = rows.filter(outcome=outcome)
        return rows.filter(to__icontains=self.cleaned_data["to"])


class PeopleFilter(forms.Form):
    q = forms.CharField(required=False, label="Name or address")
    kind = forms.ChoiceField(
        required=False, choices=[("", "everybody"), *UserKind.choices], label="Side"
    )

    def of(self, rows: models.QuerySet[User]) -> models.QuerySet[User]:
        if not self.is_valid():
            return rows
        if kind := self.cleaned_data["kind"]:
            rows = rows.filter(kind=kind)
        sought = self.cleaned_data["q"]
        return rows.filter(Q(name__icontains=sought) | Q(email__icontains=sought))
