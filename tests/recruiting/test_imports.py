import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import StoredFile
from recruiting.models import Application, Candidate
from recruiting.resumes import Person, Unreadable, read_csv, read_json
from tests.factories.recruiting import CandidateFactory

RESUME = {
    "basics": {
        "name": "Ilse Brandt",
        "label": "Agent",
        "email": "Ilse@Mail.example",
        "phone": "0431 880 1234",
        "location": {"city": "Kiel", "countryCode": "DE"},
    },
    "languages": [{"language": "German", "fluency": "Native speaker"}, {"language": "Thai"}],
    "skills": [{"name": "Phone support", "level": "2 years", "keywords": ["CRM", "SAP"]}],
    "work": [{"name": "Nordwind", "position": "Agent", "startDate": "2023", "endDate": "2025"}],
}
FRESH = {
    "meta": {"format": "FRESH@0.6.0"},
    "name": "Jane",
    "contact": {"email": "jane@mail.example"},
    "skills": {"sets": [{"name": "Web", "skills": ["CSS"]}]},
    "employment": {"history": [{"employer": "Acme", "position": "Lead", "start": "2020"}]},
}


def known(person):
    return [(k.skill, k.level, k.evidence) for k in person.known]


def test_json_resume_is_read():
    person = read_json(json.dumps(RESUME).encode())

    assert (person.name, person.email, person.phone, person.country, person.city) == (
        "Ilse Brandt",
        "ilse@mail.example",
        "+494318801234",
        "DE",
        "Kiel",
    )
    assert known(person) == [
        ("German", "C2", "“Native speaker”"),
        ("Thai", "", ""),
        ("Phone support", "2 years", "CRM, SAP"),
        ("Agent", "", "Nordwind, 2023 to 2025"),
    ]


def test_fresh_resume_is_read():
    person = read_json(json.dumps(FRESH).encode())

    assert (person.name, person.email) == ("Jane", "jane@mail.example")
    assert known(person) == [("Web", "", "CSS"), ("Lead", "", "Acme, 2020")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"basics": ', "It is not JSON: Expecting value"),
        (b"\xff\xfe", "It is not JSON"),
        (b"[" * 200_000, "It is not JSON"),
        (b"[]", "the file must hold one object"),
        (b'{"title": "A job"}', "It is no JSON Resume: it has no “basics” with a name."),
        (b'{"basics": {"name": ""}}', "There is no name."),
        (b'{"basics": "Ilse"}', "“basics” must be an object."),
        (b'{"basics": {"name": 7}}', "“basics.name” must be text."),
        (b'{"basics": {"name": "I", "email": "i@"}}', "“i@” is no e-mail address."),
        (b'{"basics": {"name": "I"}, "skills": ["CRM"]}', "“skills” must be a list of objects."),
    ],
)
def test_unreadable_file_says_why(content, reason):
    with pytest.raises(Unreadable) as told:
        read_json(content)

    assert reason in str(told.value)


def test_what_is_left_out_is_noted():
    given = {"name": "I", "phone": "12", "location": {"countryCode": "Atlantis"}}

    assert read_json(json.dumps({"basics": given}).encode()).notes == [
        "the country “Atlantis” is not known and was left out",
        "the phone number “12” is not valid and was left out",
    ]


def test_csv_rows_are_read_one_by_one():
    text = (
        "Name,email,country,languages,skills\r\n"
        "Ilse,ilse@mail.example,Germany,German C1; English,CRM: 2 years\r\n"
        "Nobody,,PL,,\r\n"
        "Extra,e@mail.example,PL,,,more\r\n"
    )

    found = list(read_csv(text.encode("utf-8-sig")))

    first = found[0][1]
    assert isinstance(first, Person)
    assert (found[0][0], first.country, known(first)) == (
        2,
        "DE",
        [("German", "C1", ""), ("English", "", ""), ("CRM", "2 years", "")],
    )
    assert [(line, str(error)) for line, error in found[1:]] == [
        (3, "There is no e-mail address."),
        (4, "There are more cells than the header has columns."),
    ]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("name,salary", "Its header lacks email and has the unknown 'salary';"),
        ("", "Its header lacks email, name;"),
    ],
)
def test_csv_with_another_header_is_refused(header, reason):
    with pytest.raises(Unreadable) as told:
        list(read_csv(header.encode()))

    assert str(told.value).startswith(reason)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "good.json").write_text(json.dumps(RESUME))
    (tmp_path / "in" / "broken.json").write_text("[\n")
    (tmp_path / "in" / "list.csv").write_text(
        "name,email\nTomasz,tomasz@mail.example\nNobody,\nIlse,ilse@mail.example\n"
    )
    (tmp_path / "in" / "notes.md").write_text("not looked at")
    return tmp_path / "in"


def run(*args):
    out = StringIO()
    call_command("import_candidates", *map(str, args), stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_import_takes_the_good_and_names_the_bad(folder, opened):
    requisition = opened()

    lines = run(folder, "--requisition", requisition.number)

    ilse, tomasz = Candidate.objects.order_by("name")
    assert [line.removeprefix(f"{folder}/") for line in lines] == [
        "broken.json: refused. It is not JSON: Expecting value: line 2 column 1 (char 2).",
        f"deep/good.json: Ilse Brandt, {ilse.code}.",
        f"list.csv, row 2: Tomasz, {tomasz.code}.",
        "list.csv, row 3: refused. There is no e-mail address.",
        f"list.csv, row 4: known, not doubled: {ilse.email} is Ilse Brandt, {ilse.code}, already.",
        "2 imported, 1 known already, 2 refused.",
    ]
    assert (ilse.source, ilse.consented_at, ilse.facts.count()) == ("import", None, 4)
    assert StoredFile.objects.on(ilse).get().name == "good.json"
    assert [a.state for a in Application.objects.all()] == ["sourced", "sourced"]


@pytest.mark.django_db
def test_importing_twice_adds_nothing(folder):
    run(folder)
    before = list(Candidate.objects.values())

    assert run(folder)[-1] == "0 imported, 3 known already, 2 refused."
    assert list(Candidate.objects.values()) == before


@pytest.mark.django_db
def test_nameless_address_is_told_by_name(tmp_path):
    CandidateFactory(name="Żofia Nowak")
    (tmp_path / "z.json").write_text('{"basics": {"name": "Zofia Nowak"}}')

    assert run(tmp_path)[-1] == "0 imported, 1 known already, 0 refused."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["/no/such"], "There is no /no/such."),
        ([".", "--requisition", "R-77"], "There is no open requisition R-77."),
    ],
)
def test_what_is_not_there_is_said(args, reason):
    with pytest.raises(CommandError, match=reason):
        run(*args)
