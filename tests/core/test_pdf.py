import time
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.template import engines
from pypdf import PdfReader

from core import pdf, styleguide

AT = datetime(2026, 1, 12, 9, tzinfo=UTC)
DOCUMENT = "core/styleguide/document.html"


@pytest.fixture(scope="module")
def sample():
    context = styleguide.samples()
    return pdf.render(DOCUMENT, context, at=AT), context


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Return a function that renders a document of the given HTML."""
    monkeypatch.setattr(engines["django"].engine, "dirs", [tmp_path])

    def render(html, at=AT):
        template = tmp_path / f"{uuid4()}.html"  # loaded templates are kept by their name
        extends = "{% extends 'paper.html' %}"
        template.write_text(f"{extends}{{% block document %}}{html}{{% endblock %}}")
        return pdf.render(template.name, {}, at=at)

    return render


def test_render_gives_the_same_bytes_for_the_same_date(sample):
    first, context = sample

    assert pdf.render(DOCUMENT, context, at=AT) == first


def test_render_gives_the_same_bytes_later_without_harfbuzz_subset(page, monkeypatch):
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    first = page("<p>x</p>")

    monkeypatch.setattr(time, "time", AT.timestamp)
    assert page("<p>x</p>") == first


def test_render_gives_other_bytes_for_another_date(page):
    assert page("<p>x</p>") != page("<p>x</p>", at=datetime(2026, 1, 13, tzinfo=UTC))


def test_render_writes_a_tagged_archive_file(sample):
    reader = PdfReader(BytesIO(sample[0]))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert (
        b"<pdfaid:part>3" in root["/Metadata"].get_data()
        or b'part="3"' in root["/Metadata"].get_data()
    )
    assert reader.metadata.creation_date == AT
    assert reader.metadata.title == "Sample document"


def test_render_embeds_our_fonts_and_no_other(sample):
    reader = PdfReader(BytesIO(sample[0]))

    names = {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(name.startswith(("Source-Sans-Pro", "Source-Serif-Pro")) for name in names)


def test_render_numbers_pages_and_repeats_the_head(sample):
    pages = [page.extract_text() for page in PdfReader(BytesIO(sample[0])).pages]

    assert "1 / 3" in pages[0]
    assert "Proposal 2027-014, version 3" in pages[1]
    assert "Ilse Brandt" in pages[2]


def test_render_fetches_nothing_from_elsewhere(page, tmp_path, caplog):
    picture = tmp_path / "picture.svg"
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    addresses = ["http://127.0.0.1:9/a.png", picture.as_uri(), "ftp://127.0.0.1/a.png"]

    page("".join(f'<img src="{address}" alt="">' for address in addresses))

    messages = [record.getMessage() for record in caplog.records if "URI" in record.getMessage()]
    assert messages == [
        f"Failed to load image at '{address}': ValueError: URI uses disallowed protocol: {address}"
        for address in addresses
    ]


def test_render_fails_when_a_file_of_ours_is_missing(page):
    with pytest.raises(FileNotFoundError, match=r"no static file for .*gone\.png"):
        page('<img src="gone.png" alt="">')
