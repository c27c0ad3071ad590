from django.dispatch import Signal

# Sent by `core.workflow.take_step` within its transaction, with `subject`, `step`, `by` and `at`.
# The sender is the subject's class. Upper apps listen; within an app, call the function.
step_taken = Signal()

# Sent by `core.roles.sync` within its transaction, when every role has its group and its rights.
roles_synced = Signal()
