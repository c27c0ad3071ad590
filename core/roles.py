"""What each kind of user may do. `manage.py sync_roles` makes the groups match this table.

Rights say what may be done; which rows it may be done to is said by each
model's `visible_to()`.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from core.models import UserKind
from core.signals import roles_synced

EVERY_STAFF = {
    "engagements.view_client",
    "engagements.view_engagement",
    "engagements.view_requirements",
    "engagements.view_staffingplan",
    "engagements.view_seat",
    "engagements.view_structurerule",
    "engagements.view_rolecharter",
    "vendors.view_vendor",
    "recruiting.view_criteriaset",
    "recruiting.view_requisition",
    "training.view_programme",
    "training.view_trainingclass",
    "core.search_everything",
    "core.view_job",
    "core.view_styleguide",
    "core.share_view",
    "core.give_approval",
}
RECRUITING = {
    "recruiting.view_candidate",
    "recruiting.add_candidate",
    "recruiting.change_candidate",
    "recruiting.view_application",
    "recruiting.move_application",
    "recruiting.reject_application",
    "recruiting.withdraw_application",
    "recruiting.score_application",
    "recruiting.view_offer",
    "recruiting.draft_offer",
    "recruiting.send_offer",
    "recruiting.change_criteriaset",
    "recruiting.change_requisition",
}
HR_DIRECTOR = RECRUITING | {
    "recruiting.approve_requisition",
    "recruiting.approve_offer",
    "vendors.change_vendor",
    "vendors.approve_vendor",
    "training.view_enrolment",
    "engagements.recruit_engagement",
}
BIZDEV = {
    "engagements.change_client",
    "engagements.change_engagement",
    "engagements.change_requirements",
    "engagements.give_requirements",
    "engagements.accept_requirements",
    "engagements.change_staffingplan",
    "engagements.agree_engagement",
    "vendors.change_vendor",
    "recruiting.change_criteriaset",
    "cms.view_proposal",
    "cms.change_proposal",
    "cms.approve_proposal",
    "cms.send_proposal",
    "cms.view_contract",
    "cms.change_contract",
    "cms.sign_contract",
    "cms.view_clause",
    "cms.add_clause",
    "cms.change_clause",
    "wagtailadmin.access_admin",
}
DELIVERY = {
    "engagements.recruit_engagement",
    "engagements.golive_engagement",
    "engagements.change_seat",
    "recruiting.view_application",
    "recruiting.view_candidate",
    "training.change_programme",
    "training.change_trainingclass",
    "training.view_enrolment",
    "training.change_enrolment",
    "training.certify_enrolment",
    "cms.view_contract",
}
TRAINER = {
    "training.change_programme",
    "training.change_trainingclass",
    "training.view_enrolment",
    "training.change_enrolment",
    "training.certify_enrolment",
}
CLIENT_VIEWER = {
    "engagements.view_engagement",
    "engagements.view_requirements",
    "recruiting.view_criteriaset",
    "cms.view_proposal",
    "cms.view_contract",
    "core.use_client_portal",
}

ADMINISTRATOR = {
    "core.manage_people",
    "core.manage_mail",
    "core.requeue_effect",
    "core.manage_jobs",
    "core.manage_approvals",
    "core.change_policyvalue",
    "core.view_auditentry",
    "engagements.change_structurerule",
    "engagements.change_rolecharter",
    "wagtailadmin.access_admin",
}
ROLES: dict[str, tuple[UserKind, set[str]]] = {
    "Administrator": (
        UserKind.STAFF,
        EVERY_STAFF | HR_DIRECTOR | BIZDEV | DELIVERY | TRAINER | ADMINISTRATOR,
    ),
    "HR director": (UserKind.STAFF, EVERY_STAFF | HR_DIRECTOR),
    "Recruiter": (UserKind.STAFF, EVERY_STAFF | RECRUITING),
    "BizDev": (UserKind.STAFF, EVERY_STAFF | BIZDEV),
    "Delivery manager": (UserKind.STAFF, EVERY_STAFF | DELIVERY),
    "Trainer": (UserKind.STAFF, EVERY_STAFF | TRAINER),
    "QA": (UserKind.STAFF, EVERY_STAFF | {"training.view_enrolment"}),
    "Client approver": (
        UserKind.CLIENT,
        CLIENT_VIEWER
        | {
            "engagements.give_requirements",
            "recruiting.decide_criteriaset",
            "recruiting.review_application",
            "cms.decide_proposal",
            "cms.countersign_contract",
        },
    ),
    "Client viewer": (UserKind.CLIENT, CLIENT_VIEWER),
    "Vendor contact": (
        UserKind.VENDOR,
        {
            "core.use_vendor_portal",
            "vendors.view_own_vendor",
            "recruiting.submit_candidate",
            "recruiting.withdraw_application",
        },
    ),
}


@transaction.atomic
def sync() -> None:
    """Make the permissions of each role's group exactly those of the table."""
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for role, (_, names) in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in sorted(names)])
    roles_synced.send(sender=None)
