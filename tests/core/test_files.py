import hashlib
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from core import files
from core.files import FileRefused
from core.models import Actor, StoredFile
from tests.factories.core import UserFactory
from tests.factories.vendors import VendorFactory, VendorPersonFactory

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def png():
    picture = BytesIO()
    Image.new("RGB", (1, 1)).save(picture, "PNG")
    return picture.getvalue()


def word():
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr("word/document.xml", "<document/>")
    return package.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.exe", PDF, "application/pdf"),
        ("a.pdf", b"MZ\x90\0" + bytes(200), "application/x-msdownload"),
        ("a.pdf", b"only called a PDF", "text/plain"),
        ("a.png", png(), "image/png"),
        ("a.csv", "naïve,1\n".encode(), "text/csv"),
        ("a.json", b"{}", "application/json"),
        ("page.html", b"<html><script>alert(1)</script>", "text/plain"),
        ("a.txt", b"\xff\xfe\x00\x01", "application/octet-stream"),
        ("a.txt", b"zero\0byte", "application/octet-stream"),
        (
            "cv.docx",
            word(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_kind_is_read_from_the_bytes(name, content, kind):
    assert files.media_type(name, content) == kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", r"^a\.pdf is empty\.$"),
        (b"MZ\x90\0" + bytes(200), "neither PDF, Word, image nor text"),
        (b"%PDF" + bytes(100), "larger than 0 MB"),
    ],
)
def test_file_refused_leaves_nothing(content, reason, settings, tmp_path):
    settings.UPLOAD_LIMIT_BYTES = 250 if content[:2] == b"MZ" else 100
    vendor = VendorFactory()

    with pytest.raises(FileRefused, match=reason):
        files.store(vendor, name="a.pdf", content=content, by=Actor.objects.system())

    assert not StoredFile.objects.exists()
    assert list(tmp_path.rglob("*.*")) == []


def stored(vendor, name="../Register entry.pdf"):
    return files.store(vendor, name=name, content=PDF, by=Actor.objects.system())


@pytest.mark.django_db
def test_stored_file_is_kept_under_its_key_with_size_and_hash(tmp_path):
    row = stored(VendorFactory())

    row = StoredFile.objects.get()
    assert (row.size, row.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert row.content.name.endswith(str(row.key))
    assert (tmp_path / row.content.name).read_bytes() == PDF


@pytest.mark.django_db
def test_file_is_sent_as_a_download_to_who_may_see_its_subject(client_as):
    vendor = VendorFactory()
    row = stored(vendor)
    user = VendorPersonFactory(vendor=vendor).user
    client = client_as("Recruiter")

    for who in ["Recruiter", user]:
        if who is user:
            user.groups.add(*client.user.groups.model.objects.filter(name="Vendor contact"))
            client = client_as(user)
        response = client.get(row.get_absolute_url())

        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == 'attachment; filename="Register entry.pdf"'


@pytest.mark.django_db
def test_file_of_another_vendor_is_not_there(client_as, world):
    row = stored(world.vendor)

    response = client_as(world.users["other vendor"]).get(row.get_absolute_url())

    assert response.status_code == 404


@pytest.mark.django_db
def test_file_of_something_without_visibility_is_shown_to_nobody(client_as, user_as):
    row = stored(UserFactory())

    assert not files.may_see(row, user_as("Administrator").actor)
    StoredFile.objects.update(subject_type=None)
    assert client_as("Administrator").get(row.get_absolute_url()).status_code == 404
