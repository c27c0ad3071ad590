from typing import Any

from django.core.management.base import BaseCommand

from core import roles


class Command(BaseCommand):
    help = "Make the rights of each role those of core/roles.py."

    def handle(self, *args: Any, **options: Any) -> None:
        roles.sync()
