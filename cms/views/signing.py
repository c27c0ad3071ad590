"""Where both sides sign."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from cms import actions
from cms.forms import SignForm
from cms.models import Contract, Signature
from core.http import Request
from core.links import LinkInvalid
from core.throttling import person, throttle
from core.workflow import StepRefused


def _to_sign(request: Request, pk: int) -> Contract:
    """Find a contract that the user may sign and has not."""
    rows = Contract.objects.visible_to(request.actor).for_steps()
    contract = get_object_or_404(rows, pk=pk)
    side = contract.side_of(request.actor)
    if not side:
        raise PermissionDenied
    if (blocker := contract.signing_blocker(side)) is not None:
        raise StepRefused(blocker)
    return contract


def _page(contract: Contract, request: Request) -> str:
    us = contract.side_of(request.actor) == Signature.Side.US
    return "cms:contract" if us else "cms:client_contract"


@require_POST
@throttle("codes", key=person, each="6/10m")
def signing_code(request: Request, pk: int) -> HttpResponse:
    """Mail the signer a code, and go on to where it is entered."""
    message = actions.request_signing_code(_to_sign(request, pk), by=request.actor)
    messages.success(request, gettext("A code is on its way to %(to)s.") % {"to": message.to})
    return redirect("cms:sign_contract", pk)


@require_http_methods(["GET", "POST"])
@throttle("codes_tried", key=person, each="20/10m")
def sign_contract(request: Request, pk: int) -> HttpResponse:
    contract = _to_sign(request, pk)
    initial = {"name": request.user.name, "title": request.user.title}
    form = SignForm(request.POST or None, initial=initial)
    if form.is_valid():
        data = {key: form.cleaned_data[key] for key in ["name", "title", "code"]}
        try:
            contract = actions.sign(contract, **data, by=request.actor)
        except LinkInvalid as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, gettext("Thank you. You have signed."))
            return redirect(_page(contract, request), pk)
    context = {"contract": contract, "form": form, "back": _page(contract, request)}
    status = 422 if form.errors else 200
    return render(request, "cms/sign.html", context, status=status)
