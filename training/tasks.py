from core import effects, files
from core.models import Actor
from training import documents
from training.models import Certificate


@effects.effect("training.render_certificate")
def render_certificate(*, certificate: int) -> None:
    """Store the PDF of a certificate, unless it has one."""
    row = Certificate.objects.select_for_update().get(pk=certificate)
    if row.file_id is None:
        name = f"{row.number}.pdf"
        content = documents.certificate(row)
        row.file = files.store(row, name=name, content=content, by=Actor.objects.system())
        row.save(update_fields=["file"])
