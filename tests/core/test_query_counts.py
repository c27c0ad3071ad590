"""The administration's lists ask the same few queries, however long they are."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_list_of_mail_texts(client_as, django_assert_max_num_queries):
    client = client_as("Administrator")

    with django_assert_max_num_queries(6):
        page = client.get(reverse("core:mail_texts")).content.decode()

    assert "core.invitation" in page
