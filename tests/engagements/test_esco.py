"""ESCO's files, whole and broken, read into rows that are found by their words."""

import zipfile

import pytest
from django.core.management import CommandError, call_command

from engagements import esco_files
from engagements.esco import import_esco, uris_of
from engagements.models import EscoNeed, EscoOccupation, EscoSkill
from tests.planning.conftest import SHARED

pytestmark = pytest.mark.django_db
SKILLS = """\
conceptUri,preferredLabel,altLabels,skillType,reuseLevel,description
u:type,type at speed,"type texts fast\ntouch-type",skill/competence,cross-sector,Types.
u:calm,tolerate stress,"stay calm",skill/competence,transversal,"Stays calm, always."
u:crm,customer relations,"stay calm",knowledge,cross-sector,Knows.
"""
OCCUPATIONS = """\
conceptUri,preferredLabel,altLabels,code
u:agent,call centre agent,"telephone agent\nagent",5244.1
"""
NEEDS = """\
occupationUri,relationType,skillType,skillUri
u:agent,essential,skill,u:calm
u:agent,optional,skill,u:type
u:agent,optional,skill,u:unknown
"""
FEW = """\
occupation_uri,occupation,isco_code,relation,skill_type,skill_uri,skill,reuse_level,\
skill_alt_labels,skill_description
u:agent,call centre agent,5244.1,essential,skill/competence,u:calm,tolerate stress,transversal,\
stay calm,"Stays calm, always."
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in [
        ("skills_en.csv", SKILLS),
        ("occupations_en.csv", OCCUPATIONS),
        ("occupationSkillRelations.csv", NEEDS),
    ]:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def zipped(folder, name="esco_classification_en_csv.zip"):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("*.csv")):
            archive.write(path, path.name)
            path.unlink()
    return folder


def test_all_is_read_and_said_and_once_more_changes_nothing(folder, capsys):
    call_command("import_esco", folder)
    first = capsys.readouterr().out.splitlines()
    call_command("import_esco", folder)
    again = capsys.readouterr().out.splitlines()

    assert first == [
        "skills_en.csv: 3 skills, 3 new, 0 changed, 0 no longer in ESCO.",
        "occupations_en.csv: 1 occupations, 1 new, 0 changed, 0 no longer in ESCO.",
        (
            "occupationSkillRelations.csv: 2 links, 2 new, 0 changed, 0 no longer in ESCO; "
            "1 left out, which name what is not in the other tables."
        ),
        "This service uses the ESCO classification of the European Commission.",
    ]
    assert again[0] == "skills_en.csv: 3 skills, 0 new, 0 changed, 0 no longer in ESCO."
    assert again[2].startswith("occupationSkillRelations.csv: 2 links, 0 new, 0 changed, 0 no ")
    agent = EscoOccupation.objects.get()
    needed = [(str(skill), skill.is_essential, skill.kind) for skill in agent.skills_needed()]
    assert needed == [("tolerate stress", True, "soft"), ("type at speed", False, "hard")]


def test_a_zip_says_the_same_as_what_is_unzipped(folder):
    import_esco(folder)

    said = import_esco(zipped(folder))

    assert said[0] == (
        "skills_en.csv in esco_classification_en_csv.zip: "
        "3 skills, 0 new, 0 changed, 0 no longer in ESCO."
    )


def test_the_next_version_changes_renames_and_sets_aside(folder):
    import_esco(folder)
    later = SKILLS.replace("type at speed", "type quickly").replace("u:crm", "u:new")
    (folder / "skills_en.csv").write_text(later)
    (folder / "occupationSkillRelations.csv").write_text(
        NEEDS.replace("u:agent,essential,skill,u:calm\n", "").replace("optional", "essential")
    )

    said = import_esco(folder)

    assert said[0] == "skills_en.csv: 3 skills, 1 new, 1 changed, 1 no longer in ESCO."
    assert said[2].startswith("occupationSkillRelations.csv: 1 links, 0 new, 1 changed, 1 no long")
    labels = EscoSkill.objects.order_by("uri").values_list("uri", "label", "is_current")
    assert list(labels) == [
        ("u:calm", "tolerate stress", True),
        ("u:crm", "customer relations", False),
        ("u:new", "customer relations", True),
        ("u:type", "type quickly", True),
    ]
    assert EscoNeed.objects.get().is_essential


def test_the_file_of_a_few_occupations_adds_and_sets_nothing_aside(folder, tmp_path_factory):
    import_esco(folder)
    few = tmp_path_factory.mktemp("few")
    (few / "contact_centre_occupation_skills.csv").write_text(FEW)

    assert [each.partition(": ")[2] for each in import_esco(few)] == [
        "1 skills, 0 new, 0 changed.",
        "1 occupations, 0 new, 0 changed.",
        "1 links, 0 new, 0 changed.",
    ]
    assert EscoSkill.objects.filter(is_current=True).count() == 3
    assert EscoOccupation.objects.get().alt_labels == "agent\ntelephone agent"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace("altLabels", "alt"), "skills_en.csv lacks the columns altLabel"),
        (lambda text: "", "skills_en.csv lacks the columns altLabels, conceptUri"),
        (lambda text: text.replace("u:crm,", ","), "“customer relations” lacks its uri."),
        (lambda text: text.replace("customer relations", ""), "“u:crm” lacks its label."),
        (lambda text: text + "u:x,y,z,a,b,c,d\n", "line 6: it has more cells than there are colu"),
        (lambda text: text + f"u:x,{'y' * 301},,,,\n", "the label of “u:x” has 301 characters"),
        (lambda text: text + "u:x,a\x00b,,,,\n", "line 6: it has a NUL byte, which is no text."),
    ],
)
def test_a_broken_table_has_a_sentence_and_leaves_nothing(folder, change, sentence):
    (folder / "skills_en.csv").write_text(change(SKILLS))

    with pytest.raises(CommandError) as refused:
        call_command("import_esco", folder)

    assert str(refused.value).startswith("Nothing was imported.\n  skills_en.csv")
    assert sentence in str(refused.value)
    assert not EscoSkill.objects.exists()


def test_what_breaks_in_the_last_table_takes_back_the_first(folder):
    (folder / "occupationSkillRelations.csv").write_bytes(NEEDS.encode() + b"\xff\xfe,\n")

    with pytest.raises(CommandError, match=r"occupationSkillRelations.csv is not a text file in"):
        call_command("import_esco", folder)

    assert not EscoSkill.objects.exists()


def test_a_folder_without_it_has_a_sentence(tmp_path):
    file = tmp_path / "esco_csv.zip"
    for path, sentence in [
        (tmp_path / "nowhere", "There is no folder"),
        (tmp_path, "holds no skills_en.csv, no zip with it, and no contact_centre"),
    ]:
        with pytest.raises(CommandError, match=sentence):
            call_command("import_esco", path)
    file.write_bytes(b"PK, but not all of it")
    with pytest.raises(CommandError, match="is a file: name the folder that it is in"):
        call_command("import_esco", file)
    with pytest.raises(CommandError, match=r"esco_csv.zip is not a zip file, or not all of one"):
        call_command("import_esco", tmp_path)


def test_a_table_larger_than_any_of_esco_is_not_read(folder, monkeypatch):
    monkeypatch.setattr(esco_files, "LARGEST", 300)
    for place in (folder, zipped(folder)):
        with pytest.raises(CommandError, match=r"holds \d+ bytes: no table of ESCO is so large"):
            call_command("import_esco", place)


def test_a_zip_that_is_damaged_has_a_sentence(folder):
    path = zipped(folder) / "esco_classification_en_csv.zip"
    data = path.read_bytes()
    at = data.index(b"skills_en.csv") + 40
    path.write_bytes(data[:at] + bytes(byte ^ 255 for byte in data[at : at + 60]) + data[at + 60 :])

    with pytest.raises(CommandError, match=r"skills_en.csv in esco_classification_en_csv.zip"):
        call_command("import_esco", path.parent)


def test_a_skill_is_found_by_the_beginnings_of_its_words(folder):
    import_esco(folder)

    found = {
        text: [str(skill) for skill in EscoSkill.objects.found_by(text)]
        for text in ["typ", "Type FAST", "stay calm", "touch", "x", "nothing", "'; --"]
    }

    assert found == {
        "typ": ["type at speed"],
        "Type FAST": ["type at speed"],
        "stay calm": ["tolerate stress", "customer relations"],
        "touch": ["type at speed"],
        "x": [],
        "nothing": [],
        "'; --": [],
    }


def test_a_name_is_known_by_its_label_and_by_another_only_if_one_skill_has_it(folder):
    import_esco(folder)
    EscoSkill.objects.filter(uri="u:crm").update(is_current=True)

    known = uris_of(["Type at  SPEED", "touch-type", "Stay calm", "Nothing"])

    assert known == {"type at speed": "u:type", "touch-type": "u:type"}


@pytest.mark.demo
def test_the_real_classification_is_read_whole():
    folder = SHARED / "data" / "esco"
    if not folder.exists():
        pytest.skip("ESCO's files are not beside this checkout; the tests above write their own.")

    said = import_esco(folder)

    assert "13,896 skills, 13,896 new, 0 changed, 0 no longer in ESCO." in said[0]
    assert "3,007 occupations, 3,007 new" in said[1]
    assert "123,788 links, 123,788 new" in said[2]
    agent = EscoOccupation.objects.found_by("call centre agent")[0]
    assert "listen actively" in map(str, agent.skills_needed())
    assert str(EscoSkill.objects.found_by("handle complaints")[0]) == "handle complaints"
