"""A recruiter takes people over from a file: looks first, then reads what became of each."""

import pytest
from django.utils import timezone

from core.models import Effect
from core.tasks import run_effect
from tests.factories.recruiting import CandidateFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.django_db(transaction=True),
]
CSV = """name,email,country
Ilse Brandt,ilse@mail.example,DE
Known Already,known@mail.example,PL
No Address,,PL
"""


def test_people_come_in_from_a_file_and_each_row_is_told_of(cast, tmp_path):
    known = CandidateFactory(name="Known Already", email="known@mail.example")
    file = tmp_path / "people.csv"
    file.write_text(CSV)
    recruiter = cast.sign_in("recruiter", "Rosa Kaminska", "recruiter@cadre.example", "Recruiter")

    recruiter.menu("Candidates").follow("Import")
    recruiter.write({"Files": file}).press("Read the files")
    recruiter.reads("2 of 3 rows can be read.", "Nothing is taken over so far.", known.code)
    recruiter.reads("people.csv, row 4", "There is no e-mail address.")

    recruiter.press("Take them over").reads("3 of 3 done.", "people.csv, row 2")
    recruiter.visit(recruiter.page.url + "?outcome=refused").reads("There is no e-mail address.")
    assert "row 2" not in recruiter.text()
    recruiter.menu("Candidates").open_in_list("Ilse Brandt").reads("ilse@mail.example")
    recruiter.menu("Jobs").reads("people.csv", "done")

    assert cast.inspection.faults == []


@pytest.mark.usefixtures("broker_is_down")
def test_the_report_comes_by_itself_as_the_import_ends(cast, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(CSV)
    recruiter = cast.sign_in("recruiter", "Rosa Kaminska", "recruiter@cadre.example", "Recruiter")
    recruiter.menu("Candidates").follow("Import")
    recruiter.write({"Files": file}).press("Read the files").press("Take them over")
    recruiter.reads("0 of 3 done.", "Import of candidates", "No line yet.")

    for pk in list(Effect.objects.due(now=timezone.now()).values_list("pk", flat=True)):
        run_effect(pk)

    recruiter.waits_for("Done: 2 taken over, 1 refused.")
    recruiter.waits_for("people.csv, row 4")
    assert "No line yet." not in recruiter.text()
    assert cast.inspection.faults == []
