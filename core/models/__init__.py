from core.models.actors import Actor, Kind
from core.models.approvals import (
    ApprovalAsk,
    ApprovalPolicy,
    ApprovalPolicyStep,
    ApprovalRound,
    ApprovalStep,
    Delegation,
)
from core.models.audit import AuditEntry, AuditLine
from core.models.calendars import DayOff
from core.models.comments import (
    Audience,
    Comment,
    CommentsRead,
    CommentText,
    Thread,
    audiences_of,
)
from core.models.effects import Effect
from core.models.files import StoredFile
from core.models.health import Heartbeat
from core.models.jobs import Job, JobLine, JobLog, JobPart
from core.models.links import Link
from core.models.lists import BulkRow, BulkRun, ListChoice, SavedView
from core.models.logs import TransitionLog
from core.models.messages import MailTemplate, Message, MessageQuerySet
from core.models.notifications import (
    Channel,
    Notification,
    NotificationChoice,
    NotificationSettings,
)
from core.models.people import User, UserKind
from core.models.policies import PolicyValue
from core.models.service_accounts import ServiceAccount, ServiceToken
from core.models.sessions import Session
from core.models.subjects import OnSubject
from core.models.versions import Seen

__all__ = [
    "Actor",
    "ApprovalAsk",
    "ApprovalPolicy",
    "ApprovalPolicyStep",
    "ApprovalRound",
    "ApprovalStep",
    "Audience",
    "AuditEntry",
    "AuditLine",
    "BulkRow",
    "BulkRun",
    "Channel",
    "Comment",
    "CommentText",
    "CommentsRead",
    "DayOff",
    "Delegation",
    "Effect",
    "Heartbeat",
    "Job",
    "JobLine",
    "JobLog",
    "JobPart",
    "Kind",
    "Link",
    "ListChoice",
    "MailTemplate",
    "Message",
    "MessageQuerySet",
    "Notification",
    "NotificationChoice",
    "NotificationSettings",
    "OnSubject",
    "PolicyValue",
    "SavedView",
    "Seen",
    "ServiceAccount",
    "ServiceToken",
    "Session",
    "StoredFile",
    "Thread",
    "TransitionLog",
    "User",
    "UserKind",
    "audiences_of",
]
