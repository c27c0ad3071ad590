import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# What was made while starting stays for good: without this, every full collection walks through
# all of Django and Wagtail again, and some request waits a third of a second for it.
gc.collect()
gc.freeze()
