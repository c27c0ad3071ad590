from django.db import models
from django.utils import timezone

from recruiting.models.candidates import Candidate
from recruiting.models.requisitions import Requisition


class UnprovedApplication(models.Model):
    """What somebody sent by the public form with an address that we know already.

    Anybody may type an address: until its owner follows the link in our mail, nothing of this
    is added to the candidate. A CV sent with it is a file of this row, which nobody may see.
    """

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    requisition = models.ForeignKey(Requisition, models.CASCADE, related_name="+")
    languages = models.JSONField(default=list)  # [name in English, CEFR level]
    notice_version = models.CharField(max_length=20)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"unproved {self.pk}"
