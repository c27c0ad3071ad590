import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# What is made while starting stays for good, so no collection need walk through it again; and the
# rows of one page are no reason to collect everything: some request would wait a tenth of a second.
reverse("portal:home")  # reads all addresses, which the first request would
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 20)
