import pytest

from core import effects
from core.models import Effect, StoredFile
from tests.factories.training import EnrolmentFactory
from training import actions, tasks
from training.models import Certificate

pytestmark = pytest.mark.django_db


def test_certificate_is_rendered_once_however_often_the_task_runs(actor_as):
    row = EnrolmentFactory(state="nesting", score=90, seat__state="nesting")
    certificate = actions.certify(row, by=actor_as("Trainer"))

    assert effects.run(Effect.objects.get().pk) is True
    tasks.render_certificate(certificate=certificate.pk)

    stored = StoredFile.objects.get()
    assert (stored.name, stored.media_type) == (f"{certificate.number}.pdf", "application/pdf")
    assert Certificate.objects.get().file == stored
    assert stored.subject == certificate
