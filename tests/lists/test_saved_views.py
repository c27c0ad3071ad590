"""A list as somebody wants it: filters, order and columns under a name, own or shared."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from core.models import ListChoice, SavedView
from tests.factories.recruiting import RequisitionFactory

pytestmark = pytest.mark.django_db
KEY = "recruiting.requisitions"
LIST = reverse("recruiting:requisitions")
SAVE = reverse("core:list_save", args=[KEY])
COLUMNS = reverse("core:list_columns", args=[KEY])


@pytest.fixture
def browser_as(user_as):
    """Return a function that signs somebody new in, each in a browser of their own."""

    def make(role):
        browser = Browser()
        browser.user = user_as(role)
        browser.force_login(browser.user, backend="core.sign_in.Backend")
        return browser

    return make


def kept(browser, **sent):
    sent = {"name": "Open ones", "query": "state=open&sort=-number", **sent}
    return browser.post(SAVE, sent)


def numbers(response):
    return [row.number for row, _ in response.context["list"].lines]


def labels(response):
    return [column.name for column in response.context["list"].columns]


@pytest.fixture
def requisitions(db):
    for number, state in [("R-1", "open"), ("R-2", "draft"), ("R-3", "open")]:
        RequisitionFactory(number=number, state=state)


def test_view_brings_filters_order_and_columns_back(browser_as, requisitions):
    browser = browser_as("Recruiter")
    browser.post(COLUMNS, {"query": "", "column": ["number", "state"]})
    opened = kept(browser)
    browser.post(COLUMNS, {"query": "", "reset": ""})

    page = browser.get(opened.url)
    short = browser.get(LIST, {"view": SavedView.objects.get().pk}, follow=True)

    assert numbers(page) == numbers(short) == ["R-3", "R-1"]
    assert labels(page) == ["number", "state"]
    assert len(labels(browser.get(LIST))) > 2


def test_a_filter_of_a_view_can_be_taken_out_again(browser_as, requisitions):
    browser = browser_as("Recruiter")
    page = browser.get(kept(browser, query="state=open").url)

    (chip, without) = page.context["list"].chips[0]

    assert (str(chip.label), chip.text) == ("State", "open")
    assert len(numbers(browser.get(LIST + without))) == 3


def test_own_view_is_reached_by_nobody_else(browser_as, requisitions):
    kept(browser_as("Recruiter"))
    view, other = SavedView.objects.get(), browser_as("Administrator")

    assert other.get(view.get_absolute_url()).status_code == 404
    assert other.post(view.get_absolute_url(), {"delete": ""}).status_code == 404
    for pk in (view.pk, "x", ""):
        changed = other.post(SAVE, {"change": "", "view": pk, "query": "state=draft"})
        assert changed.status_code == 404
    assert other.get(LIST, {"view": view.pk}).context["list"].view is None
    assert "Open ones" not in other.get(LIST).content.decode()


def test_shared_view_is_opened_by_colleagues_and_changed_by_its_owner_only(
    browser_as, requisitions
):
    kept(browser_as("Recruiter"), is_shared="on")
    view, other = SavedView.objects.get(), browser_as("QA")

    page = other.get(LIST, {"view": view.pk}, follow=True)
    other.post(view.get_absolute_url(), {"name": "Mine", "is_default": "on"})

    assert numbers(page) == ["R-3", "R-1"]
    assert other.post(view.get_absolute_url(), {"delete": ""}).status_code == 403
    assert SavedView.objects.get().name == "Open ones"
    assert other.get(LIST).url.startswith(f"{LIST}?view={view.pk}&")


def test_sharing_needs_the_right_to_it(user_as, requisitions):
    browser = Browser()
    person = user_as("Recruiter")
    person.groups.get().permissions.remove(
        person.groups.get().permissions.get(codename="share_view")
    )
    browser.force_login(person, backend="core.sign_in.Backend")

    kept(browser, is_shared="on")

    assert SavedView.objects.get().is_shared is False


def test_default_view_opens_by_itself_and_the_whole_list_is_one_click_away(
    browser_as, requisitions
):
    browser = browser_as("Recruiter")
    kept(browser, is_default="on")

    by_itself = browser.get(LIST, follow=True)
    whole = browser.get(LIST, {"view": ""})

    assert numbers(by_itself) == ["R-3", "R-1"]
    assert len(numbers(whole)) == 3


def test_only_one_view_opens_by_itself(browser_as, requisitions):
    browser = browser_as("Recruiter")
    kept(browser, is_default="on")
    kept(browser, name="Drafts", query="state=draft", is_default="on")

    assert ListChoice.objects.filter(is_default=True).count() == 1
    assert numbers(browser.get(LIST, follow=True)) == ["R-2"]


def test_view_is_changed_renamed_and_deleted(browser_as, requisitions):
    browser = browser_as("Recruiter")
    kept(browser)
    view = SavedView.objects.get()

    browser.post(SAVE, {"change": "", "view": view.pk, "query": "state=draft"})
    browser.post(view.get_absolute_url(), {"name": "Drafts"})
    changed = SavedView.objects.get()
    browser.post(view.get_absolute_url(), {"delete": ""})

    assert (changed.name, changed.query) == ("Drafts", {"state": ["draft"]})
    assert not SavedView.objects.exists()


def test_two_views_of_a_name_are_refused_with_what_was_typed(browser_as):
    browser = browser_as("Recruiter")
    kept(browser)

    again = kept(browser, query="state=draft")
    page = again.content.decode()

    assert again.status_code == 422
    assert "You have a view of that name" in page
    assert 'value="Open ones"' in page
    assert "state=draft" in page


def test_view_that_names_what_is_gone_still_works(browser_as, requisitions):
    browser = browser_as("Recruiter")
    view = SavedView.objects.create(
        owner=browser.user,
        list_key=KEY,
        name="Old",
        query={"state": ["open"], "colour": ["red"], "sort": ["-shade"]},
        columns=["number", "weight"],
    )

    page = browser.get(LIST, {"view": view.pk}, follow=True)

    assert sorted(numbers(page)) == ["R-1", "R-3"]
    assert labels(page) == ["number"]
    assert "no longer has: colour, shade, weight." in page.content.decode()


def test_columns_are_kept_for_each_person_and_view(browser_as, requisitions):
    one, other = browser_as("Recruiter"), browser_as("Recruiter")
    one.post(COLUMNS, {"query": "", "column": ["role", "nonsense"]})

    assert labels(one.get(LIST)) == ["number", "role"]
    assert labels(other.get(LIST)) == labels(browser_as("QA").get(LIST)) != ["number", "role"]


def test_columns_that_are_chosen_are_those_of_the_export(browser_as, requisitions):
    browser = browser_as("Recruiter")
    browser.post(COLUMNS, {"query": "", "column": ["role"]})

    file = browser.get(LIST, {"export": "csv", "state": "draft"})

    text = b"".join(file.streaming_content).decode()
    assert text == '\ufeffRequisition,Role\r\n"R-2 Agent, phone, German",agent\r\n'


def test_misspelt_filter_exports_nothing(browser_as, requisitions):
    response = browser_as("Recruiter").get(LIST, {"export": "csv", "target_from": "soon"})

    assert response.status_code == 302
