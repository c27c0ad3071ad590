from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import (  # noqa: PLC0415 -- app ready
            approvals,
            audit_lines,
            catalogues,
            examples,
            finders,  # noqa: F401 -- app ready
            handover,
            navigation,
            receivers,  # noqa: F401 -- they listen from now on
            service_accounts,
        )
        from core.signals import roles_synced, step_taken  # noqa: PLC0415 -- app ready

        catalogues.compile_all()
        examples.declare()
        pre_migrate.connect(audit_lines.drop, sender=self)
        post_migrate.connect(audit_lines.make, sender=self)
        step_taken.connect(approvals.on_step, dispatch_uid="core.approvals")
        roles_synced.connect(approvals.ensure, dispatch_uid="core.approvals")

        group = "Administration"
        for order, (label, route, permission) in enumerate(
            [
                ("People", "core:people", "core.manage_people"),
                ("Mail", "core:mail", "core.manage_mail"),
                ("Mail texts", "core:mail_texts", "core.manage_mail"),
                ("Jobs", "core:jobs", "core.view_job"),
                ("Service accounts", "core:service_accounts", "core.manage_people"),
                ("Policies", "core:policies", "core.change_policyvalue"),
                ("Holidays", "core:holidays", "core.change_policyvalue"),
                ("Audit", "core:audit", "core.view_auditentry"),
                ("Health", "core:health", "core.requeue_effect"),
                ("Effects", "core:effects", "core.requeue_effect"),
            ]
        ):
            navigation.add(group, label, route, permission=permission, order=900 + order)
        navigation.add(
            "Work", "Approvals", "core:approvals", permission="core.give_approval", order=5
        )
        navigation.add(
            group,
            "Approval policies",
            "core:approval_policies",
            permission="core.manage_approvals",
            order=905,
        )
        handover.add(
            "core.approvals",
            _("Approvals they are asked for"),
            permission="core.give_approval",
            open_work=approvals.open_asks,
            hand_over=approvals.hand_over,
            describe=approvals.described,
        )
        for place, (own_label, own_route, right) in enumerate(OWN):
            navigation.add_own(own_label, own_route, place * 10, right)
        handover.add(
            "core.service_accounts",
            _("Service accounts"),
            permission="core.manage_people",
            open_work=service_accounts.answered_for_by,
            hand_over=service_accounts.hand_over_all,
        )


OWN: list[tuple[str | Promise, str, str]] = [
    (_("How you are told"), "core:notification_settings", ""),
    (_("Absence, and who stands in"), "core:absence", "core.give_approval"),
    (_("Where you are signed in"), "core:own_sessions", ""),
    (_("Second factor"), "mfa_index", ""),
    (_("Password"), "account_change_password", ""),
]
