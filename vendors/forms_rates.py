"""Rate cards with their rows, and exchange rates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from core.places import CurrencyField, LanguageField
from vendors.forms import day_input
from vendors.models import ExchangeRate, Rate, RateCard, Role, Site

AMOUNTS = ["monthly", "hourly", "per_contact"]


class RateCardForm(forms.ModelForm[RateCard]):
    """A card of ours says whether it holds prices or costs; a vendor's is always a cost."""

    currency = CurrencyField(initial="EUR")

    class Meta:
        model = RateCard
        fields = ["name", "kind", "currency", "valid_from", "valid_to"]
        widgets = {"valid_from": day_input(), "valid_to": day_input()}
        help_texts = {
            "name": "Clients read it where a proposal explains its price.",
            "valid_to": "The last day on which it is valid; empty for no end.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.vendor_id:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = data.get("valid_from"), data.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", "It must not end before it begins.")
        return data


class RateForm(forms.ModelForm[Rate]):
    language = LanguageField(required=False, label="Language (empty for any)")
    tier = forms.IntegerField(
        required=False, label="Tier (empty for any)", min_value=1, max_value=9
    )
    monthly = forms.DecimalField(
        required=False,
        label="A month",
        help_text="Of a full-time seat.",
        max_digits=10,
        decimal_places=2,
    )
    hourly = forms.DecimalField(
        required=False, label="or a productive hour", max_digits=8, decimal_places=2
    )
    per_contact = forms.DecimalField(
        required=False, label="or a contact", max_digits=8, decimal_places=4
    )

    class Meta:
        model = Rate
        fields = ["role", "language", "tier", "site", *AMOUNTS]
        labels = {"site": "Site (empty for any)"}
        error_messages = {"site": {"invalid_choice": "This is no site of those that are offered."}}

    def __init__(self, *args: Any, sites: Sequence[Site] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Set once for all rows: each would ask the database for the same sites.
        self.fields["site"].choices = [("", ""), *((each.pk, str(each)) for each in sites)]  # type: ignore[attr-defined]
        self.sites = {each.pk for each in sites}

    def clean_site(self) -> Site | None:
        site: Site | None = self.cleaned_data["site"]
        if site and site.pk not in self.sites:
            raise forms.ValidationError("This is no site of those that are offered.")
        return site

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        given = [name for name in AMOUNTS if data.get(name) is not None]
        for name in given:
            if data[name] <= 0:
                self.add_error(name, "A rate is more than 0.")
        if not given and not set(AMOUNTS) & set(self.errors):
            self.add_error(
                "monthly", "Give one amount: of a month, a productive hour or a contact."
            )
        if len(given) > 1:
            self.add_error(
                given[-1], "A row has one amount: of a month, a productive hour or a contact."
            )
        if "per_contact" in given and data.get("role") not in {None, Role.AGENT}:
            self.add_error("per_contact", "Only agents take contacts: give a month or an hour.")
        return data

    @property
    def holds_for(self) -> tuple[Any, ...] | None:
        """Return what the row holds for, once that is known; nothing of an empty or removed row."""
        names = ["role", "language", "tier", "site"]
        if not self.has_changed() and self.instance.pk is None:
            return None
        if self.cleaned_data.get("DELETE") or not all(name in self.cleaned_data for name in names):
            return None
        return tuple(self.cleaned_data[name] for name in names)


class BaseRates(forms.BaseInlineFormSet[Rate, RateCard, RateForm]):
    """The rows of a card: each holds for something else."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        if not hasattr(self, "_sites"):
            self._sites = list(_sites_of(self.instance))
        return {**super().get_form_kwargs(index), "sites": self._sites}

    def clean(self) -> None:
        super().clean()
        costs_of_ours = not self.instance.vendor_id and self.instance.kind == RateCard.Kind.COST
        first: dict[tuple[Any, ...], int] = {}
        for number, form in enumerate(self.forms, start=1):
            holds_for = form.holds_for
            if holds_for is None:
                continue
            if holds_for in first:
                words = f"Row {first[holds_for]} holds for the same role, language, tier and site."
                form.add_error("role", words)
            first.setdefault(holds_for, number)
            site = holds_for[-1]
            if costs_of_ours and site and site.vendor_id:
                form.add_error("site", f"What {site} costs us stands on its vendor's card.")


def _sites_of(card: RateCard) -> Any:
    """A vendor asks for its own sites; our prices name a site of ours or of a vendor's."""
    return Site.objects.filter(vendor=card.vendor_id) if card.vendor_id else Site.objects.all()


RateFormSet = forms.inlineformset_factory(
    RateCard, Rate, form=RateForm, formset=BaseRates, extra=4, can_delete_extra=False
)


class ExchangeRateForm(forms.ModelForm[ExchangeRate]):
    base = CurrencyField(label="One unit of", initial="USD")
    quote = CurrencyField(label="is, in", initial="EUR")
    rate = forms.DecimalField(
        label="Rate", max_digits=14, decimal_places=6, help_text="As in: 1 USD is 0.92 EUR."
    )

    class Meta:
        model = ExchangeRate
        fields = ["base", "quote", "rate", "on", "source"]
        labels = {"on": "Stated for"}
        widgets = {"on": day_input()}
        help_texts = {
            "on": "It holds from that day until a later one is stated.",
            "source": "Where it stands, as in: European Central Bank, reference rates.",
        }

    def clean_rate(self) -> Any:
        rate = self.cleaned_data["rate"]
        if rate <= 0:
            raise forms.ValidationError("A rate is more than 0.")
        return rate

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        base, quote, on = data.get("base"), data.get("quote"), data.get("on")
        if base and base == quote:
            self.add_error("quote", "Choose two different currencies.")
        if base and quote and on and self._is_stated(base, quote, on):
            self.add_error("on", f"The rate from {base} to {quote} is stated for that day already.")
        return data

    def _is_stated(self, base: str, quote: str, on: date) -> bool:
        stated = ExchangeRate.objects.filter(base=base, quote=quote, on=on)
        return stated.exclude(pk=self.instance.pk).exists()
