from django.dispatch import Signal

# Sent by `core.workflow.take_step` within its transaction, with `subject`, `step`, `by` and `at`.
# The sender is the subject's class. Upper apps listen; within an app, call the function.
step_taken = Signal()
