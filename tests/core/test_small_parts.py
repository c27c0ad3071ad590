"""Navigation, versions and roles."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group

from core import navigation, roles, versions
from core.models import Actor
from tests.factories.core import UserFactory


@pytest.fixture
def _own_menu(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add("Work", "Mail", "core:mail", permission="", order=20)
    navigation.add(
        "Work",
        "People",
        "core:people",
        permission="core.manage_people",
        order=10,
        count=lambda actor: len(actor.name),
    )
    navigation.add("More", "Texts", "core:mail_texts", permission="core.manage_mail", order=30)


@pytest.mark.django_db
@pytest.mark.usefixtures("_own_menu")
def test_menu_holds_what_one_has_a_right_to_in_order(actor_as):
    menu = navigation.menu(actor_as("Administrator", name="Ana"), "/mail/texts/core.x/en/")

    assert menu == [
        {
            "title": "Work",
            "items": [
                {"label": "People", "url": "/people/", "count": 3, "current": False},
                {"label": "Mail", "url": "/mail/", "count": None, "current": False},
            ],
        },
        {
            "title": "More",
            "items": [{"label": "Texts", "url": "/mail/texts/", "count": None, "current": True}],
        },
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("_own_menu")
def test_menu_leaves_out_what_one_has_no_right_to(actor_as):
    menu = navigation.menu(actor_as("Recruiter"), "/mail/")

    assert [[item["label"] for item in group["items"]] for group in menu] == [["Mail"]]
    assert menu[0]["items"][0]["current"]


@pytest.mark.django_db
def test_administration_stands_in_the_administrators_menu_only(client_as):
    labels = ["People", "Mail texts", "Effects"]

    html = client_as("Administrator").get("/people/").content.decode()
    other = client_as("Recruiter").get("/nowhere/").content.decode()

    assert [label for label in labels if f"<span>{label}</span>" not in html] == []
    assert [label for label in labels if f"<span>{label}</span>" in other] == []


def test_frozen_data_is_plain_and_its_hash_can_be_redone():
    data = {"b": [Decimal("1.50"), date(2026, 3, 2)], "a": "ü"}

    plain, digest = versions.freeze(data)

    assert plain == {"a": "ü", "b": ["1.50", "2026-03-02"]}
    # printf '{"a":"ü","b":["1.50","2026-03-02"]}' | sha256sum
    assert digest == "9ec2c41b4cc94150ef6d0485a3cdea39153bea9409c8f5f19ba3b57d965aa1ac"


def test_hash_knows_no_order_of_keys_and_sees_every_change():
    hashes = [versions.freeze(data)[1] for data in [{"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 1}]]

    assert hashes[0] == hashes[1]
    assert hashes[0] != hashes[2]


def test_what_is_no_json_is_not_frozen():
    with pytest.raises(ValueError, match="JSON"):
        versions.freeze({"rate": float("nan")})


@pytest.mark.django_db
def test_sync_gives_each_role_exactly_the_rights_of_the_table():
    group = Group.objects.get(name="QA")
    group.permissions.clear()
    Group.objects.get(name="Client viewer").permissions.set(
        Group.objects.get(name="Administrator").permissions.all()
    )

    roles.sync()

    for role, (_, names) in roles.ROLES.items():
        rights = Group.objects.get(name=role).permissions.select_related("content_type")
        assert {f"{p.content_type.app_label}.{p.codename}" for p in rights} == names, role


@pytest.mark.parametrize("right", ["core.manage_people", "core.requeue_effect", "core.manage_mail"])
def test_only_administrators_administrate(right):
    assert [role for role, (_, names) in roles.ROLES.items() if right in names] == ["Administrator"]


@pytest.mark.django_db
def test_actor_of_a_user_has_their_rights_and_a_name_of_its_own(user_as):
    user = user_as("Administrator", name="Ana")

    assert user.actor.has_perm("core.manage_people")
    user.delete()
    left = Actor.objects.get(key__startswith="user:")
    assert (left.name, left.user) == ("Ana", None)
    assert not left.has_perm("core.manage_people")


@pytest.mark.django_db
def test_system_and_imports_are_trusted_and_users_are_not():
    actors = [Actor.objects.system(), Actor.objects.of_import("cvs.zip"), UserFactory().actor]

    assert [actor.is_trusted for actor in actors] == [True, True, False]
