"""What seats cost the client and us, by rate cards; and why."""

from engagements.pricing.cards import Conversion
from engagements.pricing.figures import price_figures
from engagements.pricing.seats import SeatToPrice, Work, of_plan, of_seats
from engagements.pricing.table import PriceLine, PriceTable, price_of, price_table

__all__ = [
    "Conversion",
    "PriceLine",
    "PriceTable",
    "SeatToPrice",
    "Work",
    "of_plan",
    "of_seats",
    "price_figures",
    "price_of",
    "price_table",
]
