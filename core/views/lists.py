"""What every list's page can do: show its rows, export them, keep views and columns."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import audit, lists
from core.http import Request
from core.lists import exports, long_exports
from core.lists.pages import Shown, opened
from core.models import ListChoice, SavedView


def show(
    request: Request,
    listing: lists.List[Any],
    *,
    template: str = "core/list.html",
    **context: Any,
) -> HttpResponseBase:
    """Answer with a list's page, or with the file that `?export=csv` and `?export=xlsx` ask for."""
    page = Shown(listing, request.GET)
    kind = request.GET.get("export", "")
    if kind:
        return _export(request, page, kind)
    view = page.view or (page.default_view if not request.GET else None)
    if view is not None and not (set(request.GET) - {"view"}) and (view.query or not page.view):
        return redirect(listing.address() + opened(view))
    context |= {"list": page, "sort": page.sort, "base": listing.base}
    return render(request, template, context)


def _export(request: Request, page: Shown, kind: str) -> HttpResponseBase:
    if kind not in exports.KINDS:
        raise Http404
    if not page.selection.is_valid:
        # Nobody is handed all rows for a misspelt filter.
        query = page.url(export=None)
        messages.error(request, _("Mend the filters first: one of them makes no sense."))
        return redirect(page.listing.address() + query)
    if page.selection.is_many:
        # Begun by POST alone: a job is a row, and an address that is looked at makes none.
        messages.error(request, _("These are many rows: press the button below the list."))
        return redirect(page.listing.address() + page.url(export=None))
    audit.note("export", did="list_exported", by=request.actor, list=page.listing.key, file=kind)
    pks = page.selection.ordered.values_list("pk", flat=True)
    return exports.response(page.listing, page.columns, pks.iterator(chunk_size=2000), kind)


@require_POST
def list_export(request: Request, key: str) -> HttpResponse:
    """Begin the job that writes all rows that match into a file, and lead to its page."""
    listing = _listing(request, key)
    page = Shown(listing, QueryDict(request.POST.get("query", "")))
    kind = request.POST.get("kind", "")
    if kind not in exports.KINDS:
        raise Http404
    if not (page.selection.is_valid and page.count):
        messages.error(request, _("Mend the filters first: nothing can be taken so."))
        return _back(listing, page.url(page=None))
    pks = page.selection.ordered.values_list("pk", flat=True).iterator(chunk_size=2000)
    job = long_exports.begin(listing, page.columns, pks, kind, by=request.actor)
    audit.note("export", did="list_exported", by=request.actor, list=key, file=kind)
    return redirect(job)


def _listing(request: Request, key: str) -> lists.List[Any]:
    return lists.find(key, request.actor, request.POST.get("within"))


def _back(listing: lists.List[Any], query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{listing.address()}?{query.lstrip('?')}")


class ViewForm(forms.ModelForm[SavedView]):
    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]

    is_default = forms.BooleanField(label="Open this list with it", required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        own = SavedView.objects.filter(owner=self.instance.owner, list_key=self.instance.list_key)
        if own.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("You have a view of that name: choose another."))
        return name


@require_POST
def list_save(request: Request, key: str) -> HttpResponse:
    """Keep what an address asks for as a view: a new one, or one's own that is open."""
    listing = _listing(request, key)
    sent = request.POST.get("query", "")
    page = Shown(listing, QueryDict(sent))
    asked = {"query": page.selection.asked(), "columns": [c.name for c in page.columns]}
    if "change" in request.POST:
        own = SavedView.objects.filter(owner=request.user, list_key=key)
        asked_for = request.POST.get("view", "")
        view = get_object_or_404(own, pk=asked_for if asked_for.isdecimal() else 0)
        view.query, view.columns = asked["query"], asked["columns"]
        view.save(update_fields=["query", "columns"])
        return _back(listing, opened(view))
    new = SavedView(owner=request.user, list_key=key, **asked)
    form = ViewForm(request.POST, instance=new, may_share=page.may_share)
    if not form.is_valid():
        context = {"form": form, "list": page, "sent": sent}
        return render(request, "core/list_view.html", context, status=422)
    view = _kept(form, request)
    messages.success(request, _("The view is kept."))
    return _back(listing, opened(view))


@transaction.atomic
def _kept(form: ViewForm, request: Request) -> SavedView:
    view = form.save()
    choices = ListChoice.objects.filter(user=request.user, list_key=view.list_key)
    if form.cleaned_data["is_default"]:
        choices.filter(is_default=True).update(is_default=False)
        choices.update_or_create(
            user=request.user, list_key=view.list_key, view=view, defaults={"is_default": True}
        )
    else:
        choices.filter(view=view).update(is_default=False)
    return view


@require_POST
def list_columns(request: Request, key: str) -> HttpResponse:
    """Keep which columns the person sees, in the list itself or in the view that is open."""
    listing = _listing(request, key)
    query = request.POST.get("query", "")
    page = Shown(listing, QueryDict(query))
    known = {column.name for column in listing.permitted_columns()}
    names = [name for name in request.POST.getlist("column") if name in known]
    if "reset" in request.POST:
        names = []
    elif not names:
        names = [listing.columns[0].name]
    ListChoice.objects.update_or_create(
        user=request.user, list_key=key, view=page.view, defaults={"columns": names}
    )
    return _back(listing, query)


def _own_or_shared(request: Request, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.actor), pk=pk)


@require_http_methods(["GET", "POST"])
def saved_view(request: Request, pk: int) -> HttpResponse:
    """Rename a view of one's own, share it, delete it; or open a list with somebody's."""
    view = _own_or_shared(request, pk)
    is_own = view.owner_id == request.user.pk
    is_default = ListChoice.objects.filter(user=request.user, view=view, is_default=True).exists()
    form = ViewForm(
        request.POST or None,
        instance=view,
        may_share=request.actor.has_perm("core.share_view"),
        initial={"is_default": is_default},
    )
    if not is_own:
        del form.fields["name"]
        form.fields.pop("is_shared", None)
    if request.method == "POST":
        if "delete" in request.POST:
            if not is_own:
                raise PermissionDenied
            view.delete()
            messages.success(request, _("The view is deleted."))
            return redirect(_home(request, view) or "/")
        if form.is_valid():
            view = _kept(form, request)
            messages.success(request, _("Saved."))
            home = _home(request, view)
            return redirect(home + opened(view) if home else view)
    context = {"form": form, "view": view, "is_own": is_own}
    return render(request, "core/list_view.html", context, status=422 if form.errors else 200)


def _home(request: Request, view: SavedView) -> str:
    """Return the address of the list that a view is of; none where each of many rows has one."""
    try:
        return lists.find(view.list_key, request.actor).address()
    except Http404:
        return ""


__all__ = ["list_columns", "list_export", "list_save", "saved_view", "show"]
