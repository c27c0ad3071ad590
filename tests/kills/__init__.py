"""Real processes, killed in the middle of their work: nothing is lost, and nothing done twice.

This package is also a small app of those processes: its `tasks.py` has an effect that can be held.
"""
