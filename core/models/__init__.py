from core.models.actors import Actor, Kind
from core.models.effects import Effect
from core.models.files import StoredFile
from core.models.links import Link
from core.models.logs import TransitionLog
from core.models.messages import MailTemplate, Message, MessageQuerySet
from core.models.people import User, UserKind
from core.models.subjects import OnSubject

__all__ = [
    "Actor",
    "Effect",
    "Kind",
    "Link",
    "MailTemplate",
    "Message",
    "MessageQuerySet",
    "OnSubject",
    "StoredFile",
    "TransitionLog",
    "User",
    "UserKind",
]
