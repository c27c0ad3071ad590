"""HTML templates to PDF/A-3a: tagged, with the same fonts and the same bytes on every machine."""

import hashlib
import mimetypes
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

# Stands for our own static files; the name can't exist (RFC 2606), and is never looked up.
STATIC = "https://static.invalid/"

# Without HarfBuzz's subsetter, fontTools makes the fonts smaller, and notes in them when.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


def render(template: str, context: dict[str, Any], *, at: datetime) -> bytes:
    """Render a template that extends paper.html, as written at `at`.

    It may link to our own static files and to data: addresses; nothing else is fetched. The same
    template, context and time give the same bytes, so that a hash can be checked by rendering anew.
    """
    import weasyprint  # noqa: PLC0415 -- slow import
    from weasyprint.urls import (  # noqa: PLC0415 -- slow import
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(STATIC):
                return super().fetch(url, headers)
            path = finders.find(url.removeprefix(STATIC))
            if not path:
                raise FatalURLFetchingError(f"There is no static file for {url}.")
            headers = {"Content-Type": mimetypes.guess_type(path)[0] or "application/octet-stream"}
            return URLFetcherResponse(url, Path(path).read_bytes(), headers)

    html = render_to_string(template, {**context, "written_at": at})
    document = weasyprint.HTML(
        string=html,
        base_url=f"{STATIC}core/",
        url_fetcher=OwnFiles(allowed_protocols={"data"}),
    )
    try:
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        )
    except FatalURLFetchingError as error:  # no Exception: it would end a worker
        raise FileNotFoundError(str(error)) from None
    return pdf
