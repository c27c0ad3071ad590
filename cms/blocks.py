"""The blocks of a proposal. Those that draw on the engagement print its live figures while drafted."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


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


class TimelineBlock(LiveBlock):
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
