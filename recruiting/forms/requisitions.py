from typing import Any

from django import forms
from django.db.models import Q

from core.models import Actor, User
from core.places import CountryField
from engagements.models import Engagement, LineOfBusiness, Seat
from recruiting.forms.fields import day
from recruiting.models import CriteriaSet, Requisition
from vendors.models import Vendor


class EngagementChoice(forms.Form):
    engagement = forms.ModelChoiceField(Engagement.objects.none())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Engagement.objects.visible_to(actor).select_related("client")
        self.fields["engagement"].queryset = rows.filter(seats__state="approved").distinct()  # type: ignore[attr-defined]


class SeatsField(forms.ModelMultipleChoiceField[Seat]):
    def label_from_instance(self, seat: Any) -> str:
        parts = [seat.number, seat.get_role_display(), seat.language.upper(), str(seat.team or "")]
        return " · ".join(part for part in parts if part)


class RequisitionForm(forms.ModelForm[Requisition]):
    """An order to fill seats of one engagement; those seats and criteria only can be chosen."""

    country = CountryField()
    seats = SeatsField(
        Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Or these seats",
    )
    how_many = forms.IntegerField(
        label="How many seats",
        required=False,
        min_value=1,
        help_text="Of the approved seats of this role (and line, if one is chosen), in order.",
    )

    class Meta:
        model = Requisition
        fields = [
            "title",
            "role",
            "line",
            "criteria_set",
            "how_many",
            "seats",
            "recruiter",
            "vendors",
            "country",
            "place",
            "description",
            "monthly_salary_from",
            "monthly_salary_to",
            "target_on",
            "has_assessment",
            "has_client_review",
        ]
        widgets = {"target_on": day(), "vendors": forms.CheckboxSelectMultiple}
        labels = {
            "target_on": "Full by",
            "has_assessment": "With a test",
            "has_client_review": "With a client review",
            "criteria_set": "Criteria",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        engagement = self.instance.engagement
        chosen = Q(requisitions=self.instance.pk) if self.instance.pk else Q(pk=None)
        seats = engagement.seats.filter(Q(state=Seat.State.APPROVED) | chosen).distinct()
        approved = CriteriaSet.objects.filter(
            Q(state=CriteriaSet.State.APPROVED) | Q(pk=self.instance.criteria_set_id),
            engagement=engagement,
        )
        lines = LineOfBusiness.objects.filter(seats__in=seats).distinct()
        staff = User.objects.filter(
            Q(groups__permissions__codename="move_application") | Q(pk=self.instance.recruiter_id),
            is_active=True,
        )
        for name, rows in {
            "seats": seats.select_related("team"),
            "criteria_set": approved,
            "line": lines,
            "recruiter": staff.distinct(),
            "vendors": Vendor.objects.approved(),
        }.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name, rows, why in [
            ("criteria_set", approved, "The client has approved none yet: send some first."),
            ("seats", seats, "Every seat is planned only, or asked for already."),
            ("vendors", Vendor.objects.approved(), "No vendor is approved."),
        ]:
            if not rows.exists():
                self.fields[name].help_text = why

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = data.get("monthly_salary_from"), data.get("monthly_salary_to")
        if low is not None and high is None:
            self.add_error("monthly_salary_to", "Give both ends of the band, or neither.")
        if low is not None and high is not None and high < low:
            self.add_error("monthly_salary_to", "This is less than where the band begins.")
        if data.get("how_many"):
            self._take_seats(data)
        return data

    def _take_seats(self, data: dict[str, Any]) -> None:
        rows: Any = self.fields["seats"].queryset  # type: ignore[attr-defined]
        rows = rows.filter(role=data.get("role", ""), state=Seat.State.APPROVED)
        if data.get("line"):
            rows = rows.filter(line=data["line"])
        data["seats"] = rows[: data["how_many"]]
        if len(rows) < data["how_many"]:
            self.add_error("how_many", f"Only {len(rows)} such seats are approved and free.")
