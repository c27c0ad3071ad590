import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from core import messages, service_accounts
from core.mail_sources import TextRefused, allowed, ready
from core.models import ServiceAccount, User, UserKind
from core.people import of_another_kind
from core.roles import ROLES

# What a mail is sent for: an edited text that drops it leaves its reader with nothing to do.
LEADING_ON = {"link", "code", "url"}


def variables_of(text: str) -> set[str]:
    return set(re.findall(r"{{\s*(\w+)", text))


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in sorted(names))


def language_field() -> forms.ChoiceField:
    """In which language somebody is written to: English where nothing is said, as in files."""
    return forms.TypedChoiceField(
        label=_("Language of mails to them"),
        choices=settings.LANGUAGES,
        initial="en",
        required=False,
        empty_value="en",
    )


class InviteForm(forms.Form):
    email = forms.EmailField()
    name = forms.CharField(max_length=200)
    role = forms.ChoiceField(
        choices=[
            ("", _("Choose a role")),
            *((role, role) for role, (kind, _line) in ROLES.items() if kind == UserKind.STAFF),
        ]
    )
    language = language_field()

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

    subject_line = forms.CharField(max_length=300, label="Subject")
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}))

    def __init__(
        self,
        name: str,
        *args: Any,
        language: str = "en",
        context: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Take the mail's name; and what the mail says of a real row, if there is one."""
        super().__init__(*args, **kwargs)
        self.name, self.language, self.context = name, language, context
        self.needed = allowed(name, language).values & LEADING_ON
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def clean_subject_line(self) -> str:
        return self._known(str(self.cleaned_data["subject_line"]))

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        if lost := self.needed - variables_of(body):
            raise forms.ValidationError(
                f"Without {_braced(lost)} the reader can't go on: put it back."
            )
        return self._known(body)

    def _known(self, text: str) -> str:
        """Refuse what this mail may not use, and names that would be empty for its reader."""
        try:
            ready(self.name, self.language, text)
        except TextRefused as error:
            raise forms.ValidationError(str(error)) from None
        if self.context is None:
            return text
        try:
            unknown = messages.preview(self.name, "", text, self.language, self.context)[2]
        except Exception as error:  # noqa: BLE001 -- a filter given what it can't take raises anything
            raise forms.ValidationError(f"This text can't be filled in: {error}.") from None
        if unknown:
            raise forms.ValidationError(f"This mail does not know {_braced(unknown)}.")
        return text


class ServiceAccountForm(forms.ModelForm[ServiceAccount]):
    """A program that is to read by the API: what it may read, whose rows, for how long."""

    subject = forms.ChoiceField(
        label=_("Whose rows"),
        required=False,
        help_text=_("Limited to a client, it reads what that client's people may read."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("The first token is valid for"),
        coerce=int,
        initial=365,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
    )
    requests_per_minute = forms.IntegerField(
        label=_("Requests a minute"), min_value=1, max_value=10_000, initial=300
    )

    class Meta:
        model = ServiceAccount
        fields = ["name", "purpose", "owner"]

    field_order = ["name", "purpose", "owner", "subject", "scopes", "days", "requests_per_minute"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(kind=UserKind.STAFF, is_active=True)
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]
        self._rows = {
            f"{label}:{row.pk}": row
            for label, rows in service_accounts.limits().items()
            for row in rows
        }
        named = [(key, f"{key.partition(':')[0]}: {row}") for key, row in self._rows.items()]
        self.fields["subject"].choices = [("", _("Of all")), *named]  # type: ignore[attr-defined]
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (each.name, each.label) for each in service_accounts.scopes()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("subject"):
            can = {each.name: each for each in service_accounts.scopes(limited=True)}
            beyond = [
                each.label
                for each in service_accounts.scopes()
                if each.name in data.get("scopes", []) and each.name not in can
            ]
            if beyond:
                self.add_error(
                    "scopes", f"Only an account of ours can read these: {', '.join(beyond)}."
                )
        return data

    def for_action(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**data, "subject": self._rows.get(data["subject"])}


class RotateForm(forms.Form):
    """A new token for an account, and what becomes of those it has."""

    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        initial=365,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
    )
    overlap_hours = forms.TypedChoiceField(
        label=_("The present token"),
        coerce=int,
        choices=[(24, _("ends in a day")), (168, _("ends in a week")), (0, _("ends at once"))],
    )
