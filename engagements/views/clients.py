from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.http import Request
from core.views.lists import show
from engagements import actions
from engagements.forms import ClientForm, PersonForm
from engagements.lists import ClientList
from engagements.models import Client


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def clients(request: Request) -> HttpResponseBase:
    return show(request, ClientList(request.actor), template="engagements/clients.html")


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def client(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Client.objects.visible_to(request.actor), pk=pk)
    context = {
        "client": row,
        "engagements": row.engagements.for_list().order_by("name", "pk"),
        "people": row.people.select_related("user").prefetch_related("user__groups"),
    }
    return render(request, "engagements/client.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_client", raise_exception=True)
def client_add(request: Request) -> HttpResponse:
    form = ClientForm(request.POST or None)
    if form.is_valid():
        return redirect(form.save())
    context = {"form": form, "title": "Add a client", "submit": "Add client"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_client", raise_exception=True)
def client_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Client.objects.visible_to(request.actor), pk=pk)
    form = ClientForm(request.POST or None, instance=row)
    if form.is_valid():
        return redirect(form.save())
    context = {"form": form, "above": [row], "title": "Edit the client"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_client", raise_exception=True)
def client_invite(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Client.objects.visible_to(request.actor), pk=pk)
    form = PersonForm(row, request.POST or None)
    if form.is_valid():
        person = actions.invite_person(row, by=request.actor, **form.cleaned_data)
        messages.success(request, f"An invitation is on its way to {person.user.email}.")
        return redirect(row)
    context = {"form": form, "above": [row], "title": "Invite a person", "submit": "Invite"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)
