"""Migrate the demo's database and load the example data.

Both in one process: starting Django takes seconds.
"""

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo")
