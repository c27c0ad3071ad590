"""The administration's lists ask the same few queries, however long they are."""

import pytest
from django.urls import reverse

from core import effects, messages

pytestmark = pytest.mark.django_db


def mails(count):
    for number in range(count):
        messages.queue("a.b", to="ana@x.example", subject_line=f"Mail {number}", body="Text")


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_mails(count, client_as, django_assert_num_queries):
    mails(count)
    client = client_as("Administrator")

    with django_assert_num_queries(6):
        page = client.get(reverse("core:mail")).content.decode()

    assert all(f"Mail {number}" in page for number in range(count))


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_effects(count, client_as, django_assert_num_queries):
    for number in range(count):
        effects.cause("tests.never", key=f"effect {number}")
    client = client_as("Administrator")

    with django_assert_num_queries(7):
        page = client.get(reverse("core:effects")).content.decode()

    assert page.count("tests.never") == count


def test_list_of_mail_texts(client_as, django_assert_max_num_queries):
    client = client_as("Administrator")

    with django_assert_max_num_queries(6):
        page = client.get(reverse("core:mail_texts")).content.decode()

    assert "core.invitation" in page
