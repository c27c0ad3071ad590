"""The blocks of a proposal. Those that draw on the engagement print the page's `figures`."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

WEEKS = {"recruiting": 6, "training": 4, "nesting": 2}


class LiveBlock(blocks.StructBlock):
    """A heading and a few words, followed by figures that come from the engagement."""

    heading = blocks.CharBlock(max_length=100)
    text = blocks.RichTextBlock(required=False, features=["bold", "italic", "ul"])


class TeamBlock(LiveBlock):
    class Meta:
        icon = "group"
        label = _("Team and organisation chart")
        template = "cms/blocks/team.html"


class FiguresBlock(LiveBlock):
    class Meta:
        icon = "help"
        label = _("Why this many")
        template = "cms/blocks/figures.html"


class PriceBlock(LiveBlock):
    class Meta:
        icon = "tag"
        label = _("Price")
        template = "cms/blocks/price.html"


def _weeks(kind: str) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        min_value=0, default=WEEKS[kind], validators=[MaxValueValidator(104)]
    )


class TimelineBlock(LiveBlock):
    """Counted back from going live by the weeks that each part takes."""

    recruiting = _weeks("recruiting")
    training = _weeks("training")
    nesting = _weeks("nesting")

    class Meta:
        icon = "date"
        label = _("Timeline")
        template = "cms/blocks/timeline.html"


class TextBlock(LiveBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"


class ProposalBody(blocks.StreamBlock):
    """What a proposal may consist of."""

    text = TextBlock()
    team = TeamBlock()
    figures = FiguresBlock()
    price = PriceBlock()
    timeline = TimelineBlock()

    class Meta:
        block_counts = {"timeline": {"max_num": 1}}


def weeks_of(body: Any) -> dict[str, int]:
    """Return the weeks that the body's timeline says, or those that are usual."""
    for block in body:
        if block.block_type == "timeline":
            return {kind: block.value.get(kind) or 0 for kind in WEEKS}
    return dict(WEEKS)


def default_body() -> list[tuple[str, dict[str, Any]]]:
    """Return the blocks that a new proposal begins with."""
    return [
        (
            "text",
            {
                "heading": "What we take over",
                "text": "<p>We find, train and lead a team that looks after your customers.</p>",
            },
        ),
        ("team", {"heading": "Your team", "text": ""}),
        ("figures", {"heading": "Why this many", "text": ""}),
        ("price", {"heading": "Price", "text": ""}),
        ("timeline", {"heading": "The way there", "text": "", **WEEKS}),
    ]
