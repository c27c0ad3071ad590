from django.http import HttpRequest, HttpResponse


def framed(response: HttpResponse) -> HttpResponse:
    """Let the Wagtail admin show a preview in its frame, which no page may do with another."""
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    return response


class FramedPreview:
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return framed(super().serve_preview(request, mode_name))  # type: ignore[misc]
