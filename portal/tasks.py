"""What the worker does for us: documents of the demo. Effects register themselves on import."""

from portal.demo import printing

__all__ = ["printing"]
