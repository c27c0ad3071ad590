from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.blocks import ProposalBody
from engagements.models import Engagement
from recruiting.models import Requisition


class HomePage(Page):
    """The public face: who we are, and the way to the jobs."""

    intro = RichTextField(blank=True, features=["bold", "italic", "link"])

    max_count = 1
    subpage_types = ["cms.CareersPage", "cms.ProposalPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]


class CareersPage(Page):
    """The list of open jobs."""

    intro = RichTextField(blank=True, features=["bold", "italic", "link"])

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.JobPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]


class JobPage(Page):
    """One open requisition, as candidates read it. It appears when the requisition opens."""

    requisition = models.OneToOneField(Requisition, models.PROTECT, related_name="job_page")
    body = RichTextField(blank=True, features=["bold", "italic", "ul", "link"])

    parent_page_types = ["cms.CareersPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]


class ProposalPage(Page):
    """The editable draft of a proposal. Clients never read it, but the version frozen from it."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="proposal_pages")
    valid_until = models.DateField(help_text=_("Until when the client can accept it."))
    body = StreamField(ProposalBody(), blank=True)

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("engagement"),
        FieldPanel("valid_until"),
        FieldPanel("body"),
    ]

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        raise Http404
