from collections.abc import Iterator
from typing import Any

from django import forms

from core.models import Actor
from engagements.wish import AtSite
from vendors.models import Site

TIMES = [(f"{n // 2:02}:{n % 2 * 30:02}",) * 2 for n in range(48)]
OPENS, CLOSES = "08:00", "18:00"


class PlanSitesForm(forms.Form):
    """Which sites do the work, by a share each; none of them is one place for all.

    The times are those of the site's own clocks. They matter where the plan follows the sun.
    """

    follow_sun = forms.BooleanField(
        required=False,
        label="Follow the sun",
        help_text="Each half-hour goes to the sites at which it is working time then.",
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = list(Site.objects.visible_to(actor).for_plans())
        for site in self.sites:
            self.fields[f"share_{site.pk}"] = forms.IntegerField(
                required=False, min_value=1, max_value=100, label=f"Share of {site}, percent"
            )
            for name, label, usual in [("opens", "from", OPENS), ("closes", "until", CLOSES)]:
                self.fields[f"{name}_{site.pk}"] = forms.ChoiceField(
                    choices=TIMES, initial=usual, required=False, label=f"{site} works {label}"
                )

    def rows(self) -> Iterator[tuple[Site, Any, Any, Any]]:
        """Yield each site with its fields, as a table shows them."""
        for site in self.sites:
            share, opens, closes = (f"{name}_{site.pk}" for name in ("share", "opens", "closes"))
            yield site, self[share], self[opens], self[closes]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        shares = [data.get(f"share_{site.pk}") for site in self.sites]
        total = sum(share or 0 for share in shares)
        if any(shares) and total != 100:
            self.add_error(None, f"The sites' shares add up to {total} %, not to 100 %.")
        names = [site.name for site, share in zip(self.sites, shares, strict=True) if share]
        if same := next((name for name in names if names.count(name) > 1), ""):
            self.add_error(None, f"Two of these are called {same}: give each site its own name.")
        if data.get("follow_sun") and sum(map(bool, shares)) < 2:
            self.add_error("follow_sun", "Following the sun takes two sites or more.")
        for site in self.sites:
            opens, closes = data.get(f"opens_{site.pk}"), data.get(f"closes_{site.pk}")
            if opens and opens == closes != "00:00":
                reason = "Opening and closing at one time leaves none to work; 00:00 is all day."
                self.add_error(f"closes_{site.pk}", reason)
        return data

    def at_sites(self) -> tuple[AtSite, ...]:
        data = self.cleaned_data
        return tuple(
            AtSite(
                site.pk,
                share,
                data.get(f"opens_{site.pk}") or OPENS,
                data.get(f"closes_{site.pk}") or CLOSES,
            )
            for site in self.sites
            if (share := data.get(f"share_{site.pk}"))
        )
