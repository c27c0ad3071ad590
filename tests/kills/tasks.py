import time
from pathlib import Path

from core import effects, files, messages, pdf
from core.models import Actor, StoredFile
from tests.factories.core import NOW
from vendors.models import Vendor


@effects.effect("kills.document")
def write_document(vendor, folder):
    """Render a vendor's document, store it once and mail that it is there.

    While the folder holds a file called `hold`, it stays in the middle of that.
    """
    subject = Vendor.objects.get(pk=vendor)
    if StoredFile.objects.on(subject).exists():
        return
    content = pdf.render("paper.html", {}, at=NOW)
    Path(folder, "started").touch()
    while Path(folder, "hold").exists():
        time.sleep(0.05)
    files.store(subject, name="document.pdf", content=content, by=Actor.objects.system())
    messages.queue("kills.there", to="a@x.example", subject_line="It is there", body="Look.")
