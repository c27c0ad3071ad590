"""What changed, on any page: since the reader read it, since the version before; and its hash."""

from typing import Any

from django import template

from core import versions

register = template.Library()


@register.inclusion_tag("core/_changes_since_read.html", takes_context=True)
def changes_since_read(
    context: dict[str, Any], subject: Any, news: versions.News | None
) -> dict[str, Any]:
    """Draw what changed since this reader marked it as read, as `versions.look` told the view."""
    request = context["request"]
    return {
        "news": news,
        "subject": subject,
        "label": subject._meta.label_lower,
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("core/_changes_since_version.html")
def changes_since_version(subject: Any) -> dict[str, Any]:
    """Draw what this version says differently from the one before; nothing for the first."""
    before, changes = versions.changes_of(subject) or (None, [])
    return {"before": before, "changes": changes}


@register.inclusion_tag("core/_frozen.html")
def frozen(subject: Any, sha256: str) -> dict[str, Any]:
    """Draw the hash of what was agreed, with the text that it is the hash of."""
    is_kept = versions.versioned(subject).frozen(subject) is not None
    label = subject._meta.label_lower
    return {"subject": subject, "label": label, "sha256": sha256, "is_kept": is_kept}
