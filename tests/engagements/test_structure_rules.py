"""The table of rules: read by all staff, edited by an administrator, each change noted."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from engagements.actions import move_rule, reset_rules
from engagements.models import RoleCharter, StructureRule
from planning.charters import DEFAULT_CHARTERS
from planning.shipped_rules import DEFAULT_RULES
from vendors.models import Role

pytestmark = pytest.mark.django_db
RULES = "/structure-rules/"
RULE = {
    "factor": "lines",
    "operator": "at_least",
    "value": "4",
    "then": "channels:split",
    "reason": "each line has customers of its own",
    "source": "Usual practice",
    "is_on": "on",
}


def text(response):
    return " ".join(response.content.decode().split())


def test_the_migration_ships_rules_and_a_charter_for_each_role():
    assert StructureRule.objects.in_use() == list(DEFAULT_RULES)
    assert [row.as_charter() for row in RoleCharter.objects.all()] == list(DEFAULT_CHARTERS)
    assert {row.role for row in RoleCharter.objects.all()} == set(Role)


@pytest.mark.parametrize("count", [1, 3])
def test_rules_query_count(count, client_as, django_assert_num_queries):
    browser = client_as("QA")
    StructureRule.objects.filter(position__gt=count).delete()

    with django_assert_num_queries(4):  # session, user, permissions, rules
        page = text(browser.get(RULES))

    assert f"{count} rule" in page
    assert "Team size: at most 9 agents" in page


def test_staff_read_the_table_and_find_no_button(client_as):
    page = text(client_as("Trainer").get(RULES))

    assert "up to nine people are one team" in page
    assert "Add a rule" not in page
    assert "Switch off" not in page


def test_a_rule_is_added_and_noted(client_as):
    answer = client_as("Administrator").post(f"{RULES}add/", RULE)

    row = StructureRule.objects.last()
    assert answer.url == RULES
    assert str(row) == "Lines of business: at least 4 → Channels: an own group for each"
    assert row.position == len(DEFAULT_RULES) + 1
    noted = AuditEntry.objects.get(did="structure_rule_added")
    assert noted.details["after"] == f"{row}, because {row.reason}. Usual practice"


def test_a_rule_is_edited_at_its_place_and_noted_as_it_was(client_as):
    row = StructureRule.objects.first()
    before = str(row)

    client_as("Administrator").post(f"{RULES}{row.pk}/", RULE)

    row = StructureRule.objects.get(pk=row.pk)
    noted = AuditEntry.objects.get(did="structure_rule_changed")
    assert (row.factor, row.setting, row.position) == ("lines", "channels", 1)
    assert noted.details["before"].startswith(before)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"operator": "contains"}, "Lines of business can&#x27;t be compared so: use is, is not"),
        ({"value": "a few"}, "Lines of business is a number of 0 or more, as in 12."),
        ({"factor": "complexity"}, "Complexity is one of simple, moderate, complex."),
        ({"factor": "weather"}, "weather is not one of the available choices"),
        ({"then": "channels:flat"}, "channels:flat is not one of the available choices"),
        ({"then": ""}, "Then suggest</a>: This field is required."),
        ({"reason": ""}, "Reason</a>: This field is required."),
    ],
)
def test_an_impossible_rule_is_told_beside_its_field_and_what_was_typed_stays(
    given, words, client_as
):
    answer = client_as("Administrator").post(f"{RULES}add/", {**RULE, "source": "Ours", **given})

    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="Ours"' in text(answer)
    assert StructureRule.objects.count() == len(DEFAULT_RULES)


def test_a_rule_moves_before_its_rival_and_past_those_of_other_settings(client_as):
    browser = client_as("Administrator")
    first, second = StructureRule.objects.filter(setting="share_roles")

    browser.post(f"{RULES}{second.pk}/move/", {"up": "1"})

    assert list(StructureRule.objects.filter(setting="share_roles")) == [second, first]
    others = [row.as_rule() for row in StructureRule.objects.exclude(setting="share_roles")]
    assert others == [rule for rule in DEFAULT_RULES if rule.setting != "share_roles"]
    noted = AuditEntry.objects.get(did="structure_rule_moved")
    assert noted.details == {"before": 2, "after": 1}


def test_the_first_rule_of_a_setting_stays_first(actor_as):
    row = StructureRule.objects.filter(setting="share_roles").first()

    moved = move_rule(row, is_up=True, by=actor_as("Administrator"))

    assert (moved, StructureRule.objects.in_use()) == (False, list(DEFAULT_RULES))


def test_a_rule_that_is_off_suggests_nothing_until_it_is_used_again(client_as):
    browser = client_as("Administrator")
    row = StructureRule.objects.first()

    off = browser.post(f"{RULES}{row.pk}/switch/", follow=True)
    in_use = StructureRule.objects.in_use()
    browser.post(f"{RULES}{row.pk}/switch/")

    assert "No longer in use: Team size: at most 9 agents" in text(off)
    assert in_use == list(DEFAULT_RULES[1:])
    assert StructureRule.objects.in_use() == list(DEFAULT_RULES)


def test_the_shipped_rules_hold_again_and_the_audit_keeps_the_others(actor_as):
    StructureRule.objects.exclude(position=2).delete()

    reset_rules(by=actor_as("Administrator"))

    noted = AuditEntry.objects.get(did="structure_rules_reset")
    assert StructureRule.objects.in_use() == list(DEFAULT_RULES)
    assert len(noted.details["before"]) == 1


@pytest.mark.parametrize("path", ["add/", "reset/", "1/move/", "1/switch/"])
def test_who_may_only_read_changes_nothing(path, client_as):
    assert client_as("BizDev").post(f"{RULES}{path}", RULE).status_code == 403
    assert reverse("engagements:structure_rules") == RULES
    assert StructureRule.objects.in_use() == list(DEFAULT_RULES)
