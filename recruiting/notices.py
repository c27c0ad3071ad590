"""The privacy notice that candidates agree to. A changed text is a new version beside it."""

CURRENT = "2026-1"


def template(version: str = CURRENT) -> str:
    return f"recruiting/notices/{version}.html"
