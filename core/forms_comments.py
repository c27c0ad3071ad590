"""What somebody says, and whom they tell."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import User


class WordsForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CommentForm(WordsForm):
    """A new comment. Who is named as @Name in the text is told as well."""

    tell = forms.TypedMultipleChoiceField(
        label=_("Tell"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are told at once. Writing @ and the name does the same."),
    )

    def __init__(self, people: Iterable[User], data: Any = None) -> None:
        self.people = sorted(people, key=lambda user: (user.name, user.pk))
        super().__init__(data)
        field: Any = self.fields["tell"]
        field.choices = [(user.pk, str(user)) for user in self.people]
        if not self.people:
            del self.fields["tell"]

    def told(self) -> list[User]:
        chosen = set(self.cleaned_data.get("tell", []))
        return [user for user in self.people if user.pk in chosen]
