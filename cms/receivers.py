"""What follows here from what happens in the apps below."""

from typing import Any

from django.contrib.auth.models import Group
from django.dispatch import receiver
from wagtail.models import GroupPagePermission

from cms.models import HomePage
from core.signals import roles_synced

EDITORS = ["Administrator", "BizDev"]


@receiver(roles_synced)
def let_editors_in(**kwargs: Any) -> None:
    """Give those who write proposals the right to edit the pages of the site, and nobody else."""
    home = HomePage.objects.first()
    if home is None:
        return
    GroupPagePermission.objects.exclude(group__name__in=EDITORS).delete()
    for group in Group.objects.filter(name__in=EDITORS):
        for kind in ["change", "publish"]:
            if not group.page_permissions.filter(permission__codename=f"{kind}_page").exists():
                GroupPagePermission.objects.create(group=group, page=home, permission_type=kind)
