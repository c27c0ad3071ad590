"""Asking for a staffing plan on its page, and having the worker make it."""

from django.test import TestCase
from django.urls import reverse

from engagements.models import StaffingPlan


def proposed(browser, requirements, **changed):
    """Return the page's form as it is proposed, with what is changed."""
    answer = browser.get(reverse("engagements:make_plan", args=[requirements.pk]))
    forms = [answer.context["form"], answer.context["sites"]]
    fields = {name: form[name].value() for form in forms for name in form.fields}
    return {name: value for name, value in fields.items() if value} | changed


def ask(browser, requirements, **changed):
    """Ask for a plan, and have a worker do what that causes. Returns the page's answer."""
    data = proposed(browser, requirements, **changed)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browser.post(reverse("engagements:make_plan", args=[requirements.pk]), data)


def planned(browser, requirements, **changed):
    """Return the plan that was asked for."""
    waits = ask(browser, requirements, **changed)
    arrives = browser.get(waits.url)
    return StaffingPlan.objects.get(pk=arrives.url.strip("/").split("/")[-1])
