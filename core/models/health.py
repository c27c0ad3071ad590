from django.db import models


class Heartbeat(models.Model):
    """When a part that runs beside the web server last showed that it is alive."""

    name = models.CharField(max_length=50, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
