import threading

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections, transaction
from wagtail.models import Page

from core import roles
from tests import databases

ROOT_PAGE = ["root"]


def page_slugs():
    return list(Page.objects.filter(depth=1).values_list("slug", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["one", "other"])
def test_committing_tests_have_a_root_page_and_no_rows_of_each_other(name):
    before = list(Group.objects.filter(name__startswith="of test ").values_list("name", flat=True))
    with transaction.atomic():
        Group.objects.create(name=f"of test {name}")

    assert before == []
    assert page_slugs() == ROOT_PAGE


@pytest.mark.django_db
def test_ordinary_test_sees_nothing_of_committing_ones():
    assert not Group.objects.filter(name__startswith="of test ").exists()
    assert page_slugs() == ROOT_PAGE


@pytest.mark.django_db
def test_template_has_the_roles():
    before = set(Group.objects.values_list("name", flat=True))
    roles.sync()

    assert before == set(Group.objects.values_list("name", flat=True))
    assert before


@pytest.mark.django_db(transaction=True)
def test_threads_see_what_the_test_commits():
    Group.objects.create(name="committed")
    seen = []

    def look():
        seen.append(Group.objects.filter(name="committed").exists())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert seen == [True]


def test_other_processes_reach_the_database_of_the_test(transactional_db, database_url):
    Group.objects.create(name="committed")

    with psycopg.connect(database_url.replace("postgres://", "postgresql://", 1)) as other:
        query = "SELECT count(*) FROM auth_group WHERE name = 'committed'"
        assert other.execute(query).fetchone() == (1,)


def test_live_server_serves_the_clone(live_server, database_url):
    assert connection.settings_dict["NAME"] in database_url
    assert Page.objects.filter(depth=1).exists()


@pytest.mark.django_db(transaction=True)
def test_clones_of_a_killed_process_are_dropped():
    server = databases.Server()
    dead, alive = databases.Server(), databases.Server()
    left, used = dead.clone(), alive.clone()
    # What a test makes beside its clone is as safe, whenever another worker begins.
    beside = f"{used}_restored"
    alive.execute("CREATE DATABASE {}", beside)
    dead.close()  # as when its process is killed

    server.drop_abandoned()

    names = server.names(databases.CLONE)
    assert left not in names
    assert {used, beside} <= set(names)
    alive.drop(beside)
    alive.drop(used)
    alive.close()
    server.close()


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (
            {"NAME": "cadre", "USER": "me", "HOST": "/tmp/a b", "PORT": ""},
            "postgres://me@/cadre?host=%2Ftmp%2Fa+b",
        ),
        (
            {"NAME": "cadre", "USER": "me", "PASSWORD": "a/b", "HOST": "db", "PORT": "5433"},
            "postgres://me:a%2Fb@db:5433/cadre",
        ),
    ],
)
def test_address_of_a_database(given, url):
    assert databases.url_of(given) == url


def test_every_connection_is_closed_between_databases(transactional_db):
    first = connections["default"]
    first.ensure_connection()
    databases.use(connection.settings_dict["NAME"])

    assert first.connection is None
