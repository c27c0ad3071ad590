"""The test database: built once for each state of the migrations, then cloned.

Running some 200 migrations costs half a minute; copying their result a fraction of a second.
So a template is built once and kept in the server; each worker gets a clone of it. A test that
really commits gets a clone of its own: Django would flush the worker's, and with it the rows that
migrations made, such as Wagtail's root page.

The server is the one that DATABASE_URL names; its database is used only to talk to the server.
"""

import hashlib
import itertools
import secrets
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from core import roles

TEMPLATE = "cadre_tpl_"
CLONE = "cadre_test_"
BUILDING = 7_203_471  # the advisory lock of whoever builds a template
KEPT_TEMPLATES = 4


class Server:
    """The PostgreSQL server, spoken to outside Django and outside every test database."""

    def __init__(self):
        # As long as somebody is connected by this name, clones whose names begin with it are in
        # use. The name goes with the process, in whatever way that ends.
        self.mark = f"{CLONE}{secrets.token_hex(4)}"
        self.admin = psycopg.connect(**parameters(), autocommit=True, application_name=self.mark)
        self.numbers = itertools.count()
        # Copying files is five times as quick, but waits for the disk where data must last.
        (lasting,) = self.admin.execute("SHOW fsync").fetchone()
        self.strategy = "WAL_LOG" if lasting == "on" else "FILE_COPY"
        self.template = TEMPLATE + migrations_digest()

    def clone(self):
        name = f"{self.mark}_{next(self.numbers)}"
        self.execute(
            f"CREATE DATABASE {{}} TEMPLATE {{}} STRATEGY {self.strategy}", name, self.template
        )
        return name

    def drop(self, name):
        # By force: a thread or a live server of the test may still be connected.
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def execute(self, statement, *names):
        self.admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def names(self, prefix):
        """List databases, the oldest first."""
        rows = self.admin.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid", [prefix]
        )
        return [name for (name,) in rows]

    def ensure_template(self):
        self.admin.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        try:
            self.drop_abandoned()
            if self.template not in self.names(TEMPLATE):
                self.build_template()
        finally:
            self.admin.execute("SELECT pg_advisory_unlock(%s)", [BUILDING])

    def build_template(self):
        """Migrate an empty database; it gets the template's name only when it is complete."""
        unfinished = f"{self.mark}_building"
        self.drop(unfinished)
        # Not template1, which may hold what its owner put there.
        self.execute("CREATE DATABASE {} TEMPLATE template0", unfinished)
        use(unfinished)
        call_command("migrate", verbosity=0, interactive=False)
        roles.sync()
        connections.close_all()
        self.execute("ALTER DATABASE {} RENAME TO {}", unfinished, self.template)

    def drop_abandoned(self):
        """Drop clones whose process was killed, and templates of migrations long changed."""
        clones = self.names(CLONE)
        # Asked after the clones, so that an owner of any of them is among the living.
        rows = self.admin.execute("SELECT application_name FROM pg_stat_activity")
        alive = tuple(f"{name}_" for (name,) in rows if name.startswith(CLONE))
        for name in clones:
            if not name.startswith(alive):
                self.drop_if_idle(name)
        for name in self.names(TEMPLATE)[:-KEPT_TEMPLATES]:
            if name != self.template:
                self.drop_if_idle(name)

    def drop_if_idle(self, name):
        # A process that a killed test left behind may still be using it.
        with suppress(psycopg.errors.ObjectInUse):
            self.execute("DROP DATABASE IF EXISTS {}", name)

    def close(self):
        self.admin.close()


def parameters():
    """Say how to reach the server, as libpq wants it, from Django's settings."""
    given = settings.DATABASES["default"]
    keys = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    return {key: given[name] for key, name in keys.items() if given.get(name)} | given["OPTIONS"]


def migrations_digest():
    """Name one state of everything that the template is made from."""
    digest = hashlib.sha256(Path(roles.__file__).read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda each: each.label):
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def use(name):
    """Have every thread's next connection go to another database."""
    connections.close_all()
    # All threads' connections share this one dictionary.
    connection.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Give this worker its clone, and each test that commits one of its own."""
    original = connection.settings_dict["NAME"]
    with (
        closing(Server()) as server,
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
    ):
        server.ensure_template()
        ours = server.clone()
        use(ours)
        patch.setattr(TransactionTestCase, "_fixture_setup", lambda *_: use(server.clone()))
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda *_: give_back(server, ours))
        yield
        use(original)
        server.drop(ours)


def give_back(server, ours):
    spent = connection.settings_dict["NAME"]
    use(ours)
    server.drop(spent)


@pytest.fixture
def database_url():
    """Return the DATABASE_URL of the test's own database, for processes that the test starts."""
    return url_of(connection.settings_dict)


def url_of(given):
    person = ":".join(quote(given[key], safe="") for key in ["USER", "PASSWORD"] if given.get(key))
    host = quote(given.get("HOST") or "", safe="")
    if host.startswith("%2F"):
        return f"postgres://{person}@/{given['NAME']}?{urlencode({'host': given['HOST']})}"
    port = f":{given['PORT']}" if given.get("PORT") else ""
    return f"postgres://{person}@{host}{port}/{given['NAME']}"
