"""The public site, which candidates read, and the drafts of proposals, which nobody reads there."""

from datetime import date
from typing import Any

from babel.core import Locale
from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext, override, to_locale
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.locks import BaseLock
from wagtail.models import Page, PageManager, PagePermissionTester
from wagtail.query import PageQuerySet

from cms.blocks import ProposalBody, weeks_of
from cms.figures import Json, gather
from cms.models.previews import FramedPreview, framed
from engagements.models import Engagement
from recruiting.models import Requisition


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE))


class HomePage(FramedPreview, Page):
    """The public face: who we are, and the way to the jobs."""

    company = models.CharField(
        max_length=200, default="Cadre", help_text=_("Our legal name, as contracts print it.")
    )
    intro = RichTextField(blank=True, features=["bold", "italic", "link"])

    max_count = 1
    is_creatable = False
    subpage_types = ["cms.CareersPage", "cms.ProposalPage"]
    content_panels = [*Page.content_panels, FieldPanel("company"), FieldPanel("intro")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        careers = CareersPage.objects.child_of(self).live().first()
        jobs = JobPage.objects.open()
        return {**super().get_context(request, *args, **kwargs), "careers": careers, "jobs": jobs}


class JobPageQuerySet(PageQuerySet):
    def open(self) -> "JobPageQuerySet":
        """Published ones whose requisition takes applications, the newest first."""
        rows = self.filter(live=True, requisition__state=Requisition.State.OPEN)
        return rows.select_related("requisition__line").order_by("-first_published_at", "-pk")


class CareersPage(FramedPreview, Page):
    """The list of open jobs."""

    intro = RichTextField(blank=True, features=["bold", "italic", "link"])

    max_count = 1
    is_creatable = False
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.JobPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Offer the countries and languages that some job has; another choice filters nothing."""
        every = list(JobPage.objects.open())
        country, language = request.GET.get("country", ""), request.GET.get("language", "")
        countries = {job.country: job.country_name for job in every}
        languages = {job.language: job.language_name for job in every if job.language}
        jobs = [
            job
            for job in every
            if (country not in countries or job.country == country)
            and (language not in languages or job.language == language)
        ]
        return {
            **super().get_context(request, *args, **kwargs),
            "page_of_jobs": Paginator(jobs, 50).get_page(request.GET.get("page")),
            "total": len(every),
            "countries": sorted(countries.items(), key=lambda pair: pair[1]),
            "languages": sorted(languages.items(), key=lambda pair: pair[1]),
            "country": country,
            "language": language,
        }


class JobPage(FramedPreview, Page):
    """One open requisition, as candidates read it. It appears when the requisition opens."""

    requisition = models.OneToOneField(Requisition, models.PROTECT, related_name="job_page")
    body = RichTextField(blank=True, features=["bold", "italic", "ul", "link"])

    objects = PageManager.from_queryset(JobPageQuerySet)()

    is_creatable = False
    parent_page_types = ["cms.CareersPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]

    @property
    def country(self) -> str:
        return self.requisition.country

    @property
    def country_name(self) -> str:
        return str(_locale().territories.get(self.country, self.country))

    @property
    def language(self) -> str:
        line = self.requisition.line
        return line.language if line else ""

    @property
    def language_name(self) -> str:
        return str(_locale().languages.get(self.language, self.language)).capitalize()


class ProposalPage(Page):
    """The editable draft of a proposal. Clients never read it, but the version frozen from it."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="+")
    valid_until = models.DateField(help_text=_("Until when the client can accept it."))
    body = StreamField(ProposalBody(), blank=True)

    is_creatable = False
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    # Not Wagtail's title panel: it writes a slug into a field that is not there.
    content_panels = [FieldPanel("title"), FieldPanel("valid_until"), FieldPanel("body")]
    promote_panels: list[FieldPanel] = []

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        raise Http404

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft as the client will see it once it is sent."""
        proposal = self.proposals.order_by("-version").first()
        figures = self.figures(
            number=proposal.number if proposal else "",
            version=proposal.version if proposal else 1,
            on=timezone.localdate(),
        )
        context = {"html": self.render(figures), "title": self.title}
        return framed(render(request, "cms/proposal_preview.html", context))

    def figures(self, *, number: str, version: int, on: date) -> Json:
        """Return all that the proposal prints, as it stands on a day, as plain JSON."""
        with override(settings.LANGUAGE_CODE):
            gathered = gather(self.engagement, on=on, weeks=weeks_of(self.body))
        return {
            **gathered,
            "title": self.title,
            "number": number,
            "version": version,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
        }

    def render(self, figures: Json) -> str:
        """Return the proposal's HTML from these figures and no others: no request, no files."""
        with override(settings.LANGUAGE_CODE):
            return render_to_string("cms/_proposal.html", {"page": self, "figures": figures})

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the row as its newest revision: it is never published, and guards read the row."""
        revision = super().save_revision(*args, **kwargs)
        type(self).objects.filter(pk=self.pk).update(
            title=self.title, valid_until=self.valid_until, body=self.body
        )
        return revision

    def get_lock(self) -> Any:
        """Let nobody edit what is being approved or was sent: a new version opens it again."""
        proposal = self.proposals.order_by("-version").first()
        return WrittenLock(self) if proposal and proposal.state != "draft" else super().get_lock()

    def permissions_for_user(self, user: Any) -> "DraftOnly":
        return DraftOnly(user, self)


class WrittenLock(BaseLock):
    """A proposal is edited in its first state only."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return gettext("This proposal is no longer a draft: send it back, or make a new version.")


class DraftOnly(PagePermissionTester):
    """Nobody publishes, moves, copies or deletes the draft of a proposal in the admin."""

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 -- Wagtail's
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False
