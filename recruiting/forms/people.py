"""Forms that people outside fill in: candidates, and vendors for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruiting import notices
from recruiting.forms.fields import UP_TO, CvField, PersonForm


class ApplyForm(PersonForm):
    """The public form of one position."""

    cv = CvField(label=_("CV"), required=False, help_text=UP_TO)
    consent = forms.BooleanField(
        label=_("I have read the notice, and agree that you keep and use my data as it says.")
    )
    # People do not see it; programs fill it in.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    last_fields = ["cv", "consent", "website"]

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website"))

    def for_action(self) -> dict[str, Any]:
        """Return what `actions.apply_publicly` takes, the reader's language apart."""
        return {
            **self.person(),
            "languages": self.skills(),
            "upload": self.cleaned_data["cv"],
            "notice_version": notices.CURRENT,
        }


class VendorSubmissionForm(PersonForm):
    """A vendor puts somebody forward."""

    headline = forms.CharField(
        label=_("In a sentence"),
        max_length=300,
        required=False,
        help_text=_("As in: three years of phone support for a bank."),
    )
    cv = CvField(label=_("CV"), required=False, help_text=UP_TO)
    consent = forms.BooleanField(
        label=_("They have read the notice, and agree that you pass their data on to us.")
    )
    last_fields = ["cv", "consent"]

    def for_action(self) -> dict[str, Any]:
        """Return what `actions.submit_by_vendor` takes of the person."""
        return {
            **self.person(),
            "headline": self.cleaned_data["headline"],
            "languages": self.skills(),
            "upload": self.cleaned_data["cv"],
            "notice_version": notices.CURRENT,
        }
