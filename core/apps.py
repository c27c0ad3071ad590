from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import navigation  # noqa: PLC0415 -- app ready

        group = "Administration"
        for order, (label, route, permission) in enumerate(
            [
                ("People", "core:people", "core.manage_people"),
                ("Mail", "core:mail", "core.manage_mail"),
                ("Mail texts", "core:mail_texts", "core.manage_mail"),
                ("Effects", "core:effects", "core.requeue_effect"),
            ]
        ):
            navigation.add(group, label, route, permission=permission, order=900 + order)
