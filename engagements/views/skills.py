from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from core import search
from core.http import Request
from engagements.esco import COMMAND, NOTICE, is_imported
from engagements.forms.skills import SkillsForm
from engagements.models import EscoOccupation, EscoSkill

SHOWN, SHOWN_OCCUPATIONS, MOST_DIGITS = 12, 3, 18


@require_GET
@vary_on_headers("HX-Request")
@permission_required("engagements.give_requirements", raise_exception=True)
def skill_search(request: Request) -> HttpResponse:
    """Find skills of ESCO by a word, or those of an occupation; below the box as one types."""
    asked = search.ask(request.GET.get("q", ""))
    of = _number(request.GET.get("occupation", ""))
    current = EscoOccupation.objects.current()
    occupation = None if of is None else get_object_or_404(current, pk=of)
    found = occupation.skills_needed() if occupation else EscoSkill.objects.found_by(asked.text)
    context = {
        "asked": asked,
        "occupation": occupation,
        "skills": found if occupation else found[:SHOWN],
        "occupations": current.found_by(asked.text)[:SHOWN_OCCUPATIONS],
        "is_imported": is_imported(),
        "notice": NOTICE,
        "command": COMMAND,
        "base": "base.html" if request.user.is_staff else "base_calm.html",
    }
    page = "engagements/_skills_found.html" if request.htmx else "engagements/skill_search.html"
    return render(request, page, context)


@require_POST
@permission_required("engagements.give_requirements", raise_exception=True)
def skill_add(request: Request) -> HttpResponse:
    """Answer with the skills typed so far and one more. Nothing is stored."""
    skill = get_object_or_404(
        EscoSkill.objects.current(), pk=_number(request.POST.get("skill", ""))
    )
    text = SkillsForm(request.POST).with_one(skill.as_line)
    form = SkillsForm(initial={"skills": text})
    return render(request, "engagements/_skill_added.html", {"form": form, "skill": skill})


def _number(text: str) -> int | None:
    """Return the number of a row; None for what can't be one."""
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None
