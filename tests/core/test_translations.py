"""What clients, vendors, candidates and strangers read is Spanish for whoever wants Spanish."""

import datetime
import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from babel.messages.catalog import Catalog, TranslationError
from babel.messages.checkers import python_format
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.test import Client
from django.urls import reverse
from django.utils import formats, translation

from cms.models import Contract, Proposal
from core import sign_in_words
from core.catalogues import compile_all
from engagements.models import Engagement
from ops.catalogues import gather, read, translated
from ops.translated import OUTSIDE
from recruiting.models import Application, CriteriaSet, Criterion, Offer, Requisition
from vendors.models import VendorDocument

ROOT = Path(settings.BASE_DIR)
FILES = {str(file.relative_to(ROOT)) for pattern in OUTSIDE for file in ROOT.glob(pattern)}
SPOKEN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
# Blocks of base.html that stand in an attribute.
CLASSES = [["block", "tone"], ["block", "shell"]]
# Attributes that are read to people.
SAID = re.compile(r"""\b(?:aria-label|title|placeholder|alt|data-label)=["']([^"'<>]*)["']""")
# Names, which are the same in every language.
NAMES = {"Cadre", "SHA", "UTC", "PDF"}


def words_outside_tags(text: str) -> list[str]:
    """Return the words a reader would see that no translation tag holds."""
    kept = []
    hidden = False
    for token in Lexer(text).tokenize():
        words = token.contents.split() if token.token_type == TokenType.BLOCK else [""]
        if words[0] in {"blocktranslate", "comment"} or words[:2] in CLASSES:
            hidden = True
        elif words[0] in {"endblocktranslate", "endcomment", "endblock"}:
            hidden = False
        elif token.token_type == TokenType.TEXT and not hidden:
            kept.append(token.contents)
    page = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", "\0".join(kept), flags=re.S)
    spoken = " ".join(SAID.findall(page))
    page = re.sub(r"<[^<>]*>|&\w+;", " ", page) + " " + spoken
    return [word for word in SPOKEN.findall(page) if word not in NAMES]


def wrong_placeholders(catalogue: Catalog) -> list[object]:
    wrong: list[object] = []
    for message in catalogue:
        if message.id and translated(message) and message.python_format:
            try:
                python_format(catalogue, message)
            except TranslationError:
                wrong.append(message.id)
    return wrong


def test_every_string_of_these_pages_is_translated() -> None:
    """Run `make messages` and translate what is new."""
    spanish = read("es")
    lacking = []
    for message in gather():
        if message.id and FILES & {file for file, _ in message.locations}:
            known = spanish.get(message.id, message.context)
            if known is None or not translated(known):
                lacking.append(message.id)

    assert lacking == []


def test_every_pattern_names_a_file() -> None:
    assert [pattern for pattern in OUTSIDE if not list(ROOT.glob(pattern))] == []


def test_translations_keep_the_placeholders() -> None:
    assert wrong_placeholders(read("es")) == []


def test_a_wrong_placeholder_is_found() -> None:
    catalogue = Catalog(locale="es")
    catalogue.add("%(n)s of %(all)s", "%(n)s de %(todos)s", flags=["python-format"])

    assert wrong_placeholders(catalogue) == ["%(n)s of %(all)s"]


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith(".html")))
def test_no_words_outside_translation_tags(name: str) -> None:
    assert words_outside_tags((ROOT / name).read_text()) == []


def test_a_word_outside_tags_is_found() -> None:
    page = '<p class="big">Forgotten {% translate "Kept" %}</p>'

    assert words_outside_tags(page) == ["Forgotten"]


def test_a_word_in_an_attribute_that_is_read_out_is_found() -> None:
    page = '<nav class="big" aria-label="Pages"><input placeholder="{% translate "Name" %}"></nav>'

    assert words_outside_tags(page) == ["Pages"]


OUTSIDE_CHOICES = [
    (Application, "state"),
    (Contract, "state"),
    (CriteriaSet, "state"),
    (Criterion, "kind"),
    (Engagement, "state"),
    (Offer, "state"),
    (Proposal, "state"),
    (Requisition, "state"),
    (VendorDocument, "kind"),
]


@pytest.mark.parametrize(("model", "field"), OUTSIDE_CHOICES)
def test_choices_that_people_outside_read_are_translated(model: Any, field: str) -> None:
    spanish = read("es")

    with translation.override("en"):
        labels = [str(label) for _value, label in model._meta.get_field(field).choices]

    known = [spanish.get(label) for label in labels]
    assert [
        label for label, said in zip(labels, known, strict=True) if not said or not said.string
    ] == []


def test_a_newer_catalogue_is_compiled(tmp_path: Path, settings: object) -> None:
    source = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = Catalog(locale="es")
    catalogue.add("Yes", "Sí")
    with source.open("wb") as file:
        write_po(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]  # type: ignore[attr-defined]

    compile_all()

    assert [file.name for file in sorted(source.parent.iterdir())] == ["django.mo", "django.po"]


@pytest.mark.django_db
def test_a_browser_that_asks_for_spanish_gets_the_sign_in_in_spanish(client: Client) -> None:
    page = client.get(reverse("account_login"), headers={"accept-language": "es"})

    assert '<html lang="es"' in page.text
    assert "Iniciar sesión" in page.text
    assert "Sign in" not in page.text


@pytest.mark.django_db
def test_the_choice_of_language_goes_before_the_browsers(client: Client) -> None:
    sign_in = reverse("account_login")

    answer = client.post(reverse("core:set_language"), {"language": "es", "next": sign_in})

    assert answer.headers["Location"] == sign_in
    page = client.get(sign_in, headers={"accept-language": "en"})
    assert "Iniciar sesión" in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_language_is_offered_by_its_own_name(client: Client, language: str) -> None:
    page = client.get(reverse("account_login"), headers={"accept-language": language}).text

    assert [name for name in (">English<", ">Español<") if name not in page] == []


def test_what_we_say_better_than_allauth_is_said_by_it() -> None:
    """Where an upgrade changed one of its strings, ours would no longer go before it."""
    with (Path(allauth.__path__[0]) / "locale/es/LC_MESSAGES/django.po").open("rb") as file:
        theirs = read_po(file)

    assert [word for word in sign_in_words.WORDS if word not in theirs] == []


def test_dates_and_numbers_are_written_as_in_spanish() -> None:
    with translation.override("es"):
        assert formats.date_format(datetime.date(2026, 3, 9), "DATE_FORMAT") == "9 de marzo de 2026"
        assert formats.number_format("1234.5", 2, use_l10n=True) == "1234,50"
