"""A contract's text, and its PDF: they print what was frozen, and decide nothing."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from cms.models import Contract
from core import pdf


def contract_html(data: dict[str, Any]) -> str:
    """Return the contract's text from its frozen data: shown on the page, and printed."""
    with override(settings.LANGUAGE_CODE):
        return render_to_string("cms/documents/_contract.html", {"data": data})


def contract(row: Contract) -> bytes:
    with override(settings.LANGUAGE_CODE):
        return pdf.render("cms/documents/contract.html", {"contract": row}, at=row.created_at)


def executed_contract(row: Contract) -> bytes:
    """Print the contract again with the page of its signatures."""
    signatures = list(row.signatures.all())
    context = {"contract": row, "signatures": signatures}
    with override(settings.LANGUAGE_CODE):
        return pdf.render(
            "cms/documents/executed_contract.html", context, at=signatures[-1].signed_at
        )
