"""An uploaded file is shown with all that is wrong with it, and used when somebody says how."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import StoredFile
from core.workflow import StepRefused
from engagements import actions
from engagements.arrivals import Kept
from engagements.models import LineOfBusiness
from engagements.tasks import forget_arrivals
from engagements.views.lines import back_to_lines
from tests.engagements.test_forms import DATA
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory

pytestmark = pytest.mark.django_db
TYPED = {**DATA, "contacts_per_half_hour": "", "name": "Calls from Bremen"}
FIRST = date(2026, 10, 5)  # a Monday


@pytest.fixture
def bizdev(client_as):
    return client_as("BizDev")


def weeks(*mondays):
    """A file with so many calls on each Monday at nine, and one in the next half-hour."""
    rows = ["start,calls"]
    for number, calls in enumerate(mondays):
        day = FIRST + timedelta(weeks=number)
        rows += [f"{day} 09:00,{calls}", f"{day} 09:30,1"]
    return "\n".join(rows)


def upload(browser, text, requirements=None, *, line=None, **typed):
    """Return the address of the page that shows the file."""
    name, pk = (
        ("line_edit", line.pk) if line else ("line_add", (requirements or RequirementsFactory()).pk)
    )
    sent = {**TYPED, **typed, "arrivals": SimpleUploadedFile("calls.csv", text.encode())}
    answer = browser.post(reverse(f"engagements:{name}", args=[pk]), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def test_nothing_is_saved_before_somebody_has_looked(bizdev):
    page = bizdev.get(upload(bizdev, weeks(10, 20, 30, 40))).content.decode()

    assert not LineOfBusiness.objects.exists()
    assert "8 rows of calls.csv can be used." in page
    assert "5 Oct 2026 to 26 Oct 2026, a row for each 30 minutes." in page
    assert "Times are those of Europe/Berlin." in page
    assert '<td class="h9" title="Mon 09:00: 25">25</td>' in page
    assert 'class="plot wide"' in page


def test_used_it_becomes_the_line_and_is_forgotten(bizdev, django_capture_on_commit_callbacks):
    url = upload(bizdev, weeks(10, 20, 30, 40))
    stored = StoredFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        answer = bizdev.post(url, {"take": ""})

    line = LineOfBusiness.objects.get()
    assert answer.url == back_to_lines(line.requirements)
    assert (line.name, line.aht_s) == ("Calls from Bremen", 360)
    assert line.week == [[1, "09:00", 25.0], [1, "09:30", 1.0]]
    assert line.volume_source.startswith("calls.csv, 8 rows, SHA-256 ")
    assert float(line.volume_cv) == pytest.approx(0.45, abs=0.02)
    assert not StoredFile.objects.exists()
    assert not stored.content.storage.exists(stored.content.name)
    assert bizdev.post(url, {"take": ""}).status_code == 404


@pytest.mark.parametrize(
    ("take", "calls", "says"),
    [
        ("0.75", 32.5, "Quantile 0.75 of each half-hour"),
        ("week 0.8", 30, "The week of 2026-10-19, number 3 of 4 whole weeks"),
        ("week 0.9", 30, "The week of 2026-10-19, number 3 of 4 whole weeks"),
    ],
)
def test_what_is_planned_on_is_chosen_by_its_numbers(take, calls, says, bizdev):
    url = upload(bizdev, weeks(10, 20, 30, 40))
    shown = {option.value: option for option in bizdev.get(url).context["options"]}

    bizdev.post(url, {"take": take})

    line = LineOfBusiness.objects.get()
    assert line.week[0] == [1, "09:00", calls]
    assert (shown[take].contacts, shown[take].busiest, shown[take].at) == (
        calls + 1,
        calls,
        "Mon 09:00",
    )
    assert says in line.volume_source


def test_a_busy_week_needs_four_whole_ones(bizdev):
    url = upload(bizdev, weeks(10, 20, 30))
    says = "The arrivals hold 3 whole weeks; a busy one is chosen among at least four."

    page = bizdev.get(url).content.decode()
    answer = bizdev.post(url, {"take": "week 0.8"})

    assert (says in page, "week 0.8" in page) == (True, False)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"take": [says]})


def test_an_earlier_volume_gives_way_and_what_was_typed_of_variation_stays(bizdev):
    line = LineOfBusinessFactory(volume_source="Guess")
    number = {"contacts_per_half_hour": "200", "volume_source": "Guess", "volume_cv": "0.3"}

    bizdev.post(upload(bizdev, weeks(10, 20, 30), line=line, **number), {"take": ""})

    saved = LineOfBusiness.objects.get()
    assert (saved.pk, saved.contacts_per_half_hour, float(saved.volume_cv)) == (line.pk, None, 0.3)
    assert saved.volume_source.startswith("calls.csv, 6 rows")


def test_a_name_taken_meanwhile_is_told_in_the_form_with_all_that_was_typed(bizdev):
    requirements = RequirementsFactory()
    url = upload(bizdev, weeks(10, 20), requirements)
    LineOfBusinessFactory(requirements=requirements, name="Calls from Bremen")

    answer = bizdev.post(url, {"take": ""})

    assert answer.status_code == 422
    assert "Another line has this name already." in answer.content.decode()
    assert "Mon 09:00 15" in answer.content.decode()


def test_back_to_the_form_everything_typed_is_there(bizdev):
    requirements = RequirementsFactory()
    url = upload(bizdev, weeks(10, 20), requirements, speciality="Ships")

    page = bizdev.get(url).content.decode()
    back = f"{reverse('engagements:line_add', args=[requirements.pk])}?typed={url.split('/')[-2]}"

    assert back in page
    form = bizdev.get(back).context["form"]
    assert (form["name"].value(), form["speciality"].value()) == ("Calls from Bremen", "Ships")
    assert form["hours"].value() == "Mon, Tue 08:00-24:00"


BAD = """\
start,calls
2026-03-28 09:00,10
2026-03-28 09:30,-4
2026-03-28 10:00,12
2026-03-28 10:00,13
2026-03-28 10:30,9
2026-03-29 02:30,5
2026-03-30 09:00,many
2026-03-30 09:10,3
yesterday,1
2026-10-25 02:00,1
2026-10-25 02:30,2
2026-10-25 02:00,3
2026-10-25 02:30,4
"""
SENTENCES = [
    "Row 3: -4 is not a possible number of contacts.",
    "Row 4: 1 interval is missing before 2026-03-28 10:00.",
    "Row 5: 2026-03-28 10:00 stands in row 4 already.",
    "Row 7: 2026-03-29 02:30 does not exist: the clocks skip it that day.",
    "Row 8: 'many' is not a number of contacts.",
    "Row 9: 09:10 does not stand on a step of 30 minutes.",
    "Row 10: 'yesterday' is not a time like 2027-03-01 09:30.",
]


def test_each_kind_of_bad_row_has_its_sentence_on_the_page_and_in_the_csv(bizdev):
    url = upload(bizdev, BAD, hours="every day 00:00-24:00")

    answer = bizdev.get(url)
    table = bizdev.get(f"{url}problems.csv").content.decode("utf-8-sig").splitlines()

    assert [str(problem) for problem in answer.context["problems"]] == SENTENCES
    assert "7 things to look at" in answer.content.decode()
    assert "2 rows lie in an hour that the clocks repeat" in answer.content.decode()
    assert table[:2] == ["row,problem", "3,'-4 is not a possible number of contacts."]
    assert len(table) == 1 + len(SENTENCES)


def test_the_first_twenty_are_shown_and_all_are_in_the_csv(bizdev):
    url = upload(bizdev, weeks(10, 20) + "".join(f"\nnever,{n}" for n in range(30)))

    answer = bizdev.get(url)

    assert len(answer.context["problems"]) == 20
    assert "These are the first 20." in answer.content.decode()
    assert len(bizdev.get(f"{url}problems.csv").content.splitlines()) == 31


def test_what_comes_outside_the_hours_of_service_is_said(bizdev):
    url = upload(bizdev, weeks(10, 20), hours="Mon 09:30-12:00")

    answer = bizdev.get(url)

    assert "93.8% of the contacts come outside" in answer.content.decode()
    assert answer.context["options"][0].contacts == 1


def test_the_mean_week_is_taken_as_csv(bizdev):
    table = bizdev.get(f"{upload(bizdev, weeks(10, 20))}week.csv").content.decode("utf-8-sig")

    assert table.splitlines() == [
        "weekday,half-hour,mean contacts",
        "Mon,09:00,15.0",
        "Mon,09:30,1.0",
    ]


def test_after_submission_it_can_be_used_no_more(bizdev):
    requirements = LineOfBusinessFactory().requirements
    url = upload(bizdev, weeks(10, 20), requirements)

    bizdev.post(reverse("engagements:submit", args=[requirements.pk]))

    assert (bizdev.get(url).status_code, bizdev.post(url).status_code) == (404, 404)


def test_a_clients_approver_looks_at_files_of_drafts_opened_to_them_only(bizdev, world):
    shared = RequirementsFactory(engagement__client=world.client, with_client=True)
    closed = RequirementsFactory(engagement__client=world.client)
    urls = [upload(bizdev, weeks(10, 20), row) for row in (shared, closed)]

    bizdev.force_login(world.users["own approver"], backend="core.sign_in.Backend")
    assert [bizdev.get(url).status_code for url in urls] == [200, 404]
    bizdev.force_login(world.users["other client"], backend="core.sign_in.Backend")
    assert [bizdev.get(url).status_code for url in urls] == [404, 404]


def test_a_file_never_used_is_forgotten_after_a_day_and_others_are_kept(
    bizdev, django_capture_on_commit_callbacks
):
    old, new = (upload(bizdev, weeks(10, 20)).split("/")[-2] for _ in range(2))
    day_ago: datetime = timezone.now() - timedelta(days=1, minutes=1)
    StoredFile.objects.filter(key=old).update(created_at=day_ago)
    other = StoredFile.objects.create(
        name="x", size=1, created_by=bizdev.user.actor, created_at=day_ago, content="x"
    )

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            forget_arrivals()

    assert {f"{each.key}" for each in StoredFile.objects.all()} == {new, f"{other.key}"}


def test_a_file_is_used_once(client_as, actor_as):
    requirements = RequirementsFactory()
    kept = Kept(
        requirements=requirements.pk, line=None, name="calls.csv", text="", zone="UTC",
        customers_zone="UTC", as_written=False, hours=[], typed={},
    )  # fmt: skip
    stored = actions.keep_arrivals(kept, by=actor_as("BizDev"))
    line = LineOfBusinessFactory(requirements=requirements)
    actions.use_arrivals(stored, requirements, line)

    with pytest.raises(StepRefused, match="This file was used already"):
        actions.use_arrivals(stored, requirements, line)
