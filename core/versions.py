"""Freezing what was agreed: as JSON, with a hash that anyone can redo."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def freeze(data: Any) -> tuple[Any, str]:
    """Return the data as plain JSON values, and the SHA-256 of its canonical text.

    The text is UTF-8 JSON with sorted keys and no spaces; dates and decimals are strings.
    """
    text = json.dumps(
        data,
        cls=DjangoJSONEncoder,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest()
