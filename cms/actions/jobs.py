from django.db import transaction
from django.utils.text import slugify

from cms.models import CareersPage, JobPage
from recruiting.models import Requisition


@transaction.atomic
def publish_job(requisition: Requisition) -> JobPage | None:
    """Show an open requisition on the careers page: on a page of its own, made the first time.

    Without a careers page, which somebody may have deleted, there is nowhere to show it.
    """
    # One at a time: two pages made at once would take the same place in the tree.
    careers = CareersPage.objects.select_for_update().first()
    if careers is None:
        return None
    page = JobPage.objects.filter(requisition=requisition).first()
    if page is None:
        page = JobPage(
            title=requisition.title,
            slug=slugify(f"{requisition.title}-{requisition.number}"),
            requisition=requisition,
            live=False,
        )
        careers.add_child(instance=page)
    page.save_revision().publish()
    return JobPage.objects.get(pk=page.pk)


@transaction.atomic
def unpublish_job(requisition: Requisition) -> None:
    """Take a requisition's page off the site; its text is kept for when it opens again."""
    for page in JobPage.objects.filter(requisition=requisition, live=True):
        page.unpublish()
