"""The words that a field or filter knows, each list written out where it stands.

By their names alone the schema would take one machine's states for another's: all are `State`.
"""

from typing import Annotated

from django.db.models import TextChoices
from pydantic import WithJsonSchema

from engagements.models import Client
from engagements.models.engagements import State as OfEngagement
from engagements.models.requirements import State as OfRequirements
from engagements.models.seats import State as OfSeat
from recruiting.models import Application
from recruiting.models.candidates import Source as AnySource
from recruiting.models.requisitions import State as OfRequisition
from recruiting.models.stages import State as OfApplication
from vendors.models import Role as AnyRole


def _words(choices: type[TextChoices]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [str(value) for value in choices.values]})


Size = Annotated[Client.Size, _words(Client.Size)]
Role = Annotated[AnyRole, _words(AnyRole)]
EngagementState = Annotated[OfEngagement, _words(OfEngagement)]
RequirementsState = Annotated[OfRequirements, _words(OfRequirements)]
SeatState = Annotated[OfSeat, _words(OfSeat)]
RequisitionState = Annotated[OfRequisition, _words(OfRequisition)]
ApplicationState = Annotated[OfApplication, _words(OfApplication)]
Decision = Annotated[Application.ClientDecision, _words(Application.ClientDecision)]
Source = Annotated[AnySource, _words(AnySource)]
