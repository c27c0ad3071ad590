from typing import Any

from django import forms

from core.models import Actor
from recruiting.forms.fields import UP_TO, CvField, PersonForm, country_choices, e164
from recruiting.models import Candidate, Fact, Requisition


class CandidateForm(forms.ModelForm[Candidate]):
    country = forms.ChoiceField(choices=country_choices, required=False)
    phone = forms.CharField(max_length=40, required=False)

    class Meta:
        model = Candidate
        fields = ["name", "email", "country", "phone", "city", "headline", "language"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("phone"):
            try:
                data["phone"] = e164(data["phone"], data.get("country", ""))
            except forms.ValidationError as error:
                self.add_error("phone", error)
        return data

    def validate_constraints(self) -> None:
        """Say who has the address already, in place of the constraint's own words."""
        email = self.cleaned_data.get("email")
        known = Candidate.objects.filter(email=email).exclude(pk=self.instance.pk).first()
        if email and known:
            self.add_error("email", f"This is the address of {known}, {known.code}, already.")
        else:
            super().validate_constraints()


class NewCandidateForm(PersonForm):
    """Somebody entered by hand: we may know little of them yet."""

    headline = forms.CharField(
        max_length=300, required=False, help_text="As in: three years of phone support for a bank."
    )
    requisition = forms.ModelChoiceField(
        Requisition.objects.none(),
        required=False,
        help_text="They are considered for it at once, without having applied.",
    )
    asks_language = False
    last_fields = ["requisition"]

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = self.fields["country"].required = False
        self.fields["requisition"].queryset = Requisition.objects.visible_to(actor).open()  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        known = Candidate.objects.filter(email=email).first() if email else None
        if known:
            raise forms.ValidationError(
                f"This is the address of {known}, {known.code}, already: go on with them."
            )
        return email


class FactForm(forms.ModelForm[Fact]):
    class Meta:
        model = Fact
        fields = ["skill", "level", "evidence"]
        help_texts = {
            "skill": "As in German, or phone support.",
            "level": "As in C1, or 2 years.",
            "evidence": "What you saw or heard, and where.",
        }


class CvForm(forms.Form):
    cv = CvField(label="File", help_text=UP_TO)


class SourceForm(forms.Form):
    requisition = forms.ModelChoiceField(Requisition.objects.none())

    def __init__(self, actor: Actor, candidate: Candidate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_here = candidate.applications.active().values("requisition")
        rows = Requisition.objects.visible_to(actor).open().exclude(pk__in=open_here)
        self.fields["requisition"].queryset = rows  # type: ignore[attr-defined]
