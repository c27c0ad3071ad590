"""Who is at work while `make load` measures: locust runs this file.

Each surfer is one of the demo's people. They begin at their home, follow links as their work has
it, read for some seconds, and now and then take a step: a mix that nobody has to keep up to date
as pages come and go.
"""

import json
import os
import random
import re
from itertools import cycle
from typing import Any

from locust import HttpUser, between, task  # type: ignore[import-not-found,unused-ignore]

SESSIONS: dict[str, list[str]] = json.loads(os.environ["LOAD_SESSIONS"])
LINK = re.compile(r'href="(/[^"#]*)"')
NUMBER = re.compile(r"(?<=/)(\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/)")
# Steps that a card offers at once: the same one is taken forth and back.
STEP = re.compile(r'action="(/steps/recruiting\.Application/\d+/(?:hold|resume)/)"')
# What a person does rarely, or what is measured by itself: files, exports, forms, other hosts.
ELSEWHERE = ("/static/", "/files/", "/accounts/", "/admin/", "/mail/", "/healthz", "/documents/")
HOME = "/home/"


def name_of(path: str) -> str:
    """Name a page by its kind: /requisitions/12/board/?q=x is /requisitions/n/board/."""
    return NUMBER.sub("n", path.partition("?")[0])


class Surfer(HttpUser):
    """Somebody at work: a page every five to fifteen seconds."""

    abstract = True
    wait_time = between(5, 15)
    emails: list[str] = []
    begins_at = [HOME]
    _next: Any = None

    def on_start(self) -> None:
        if type(self)._next is None:
            type(self)._next = cycle([c for e in self.emails for c in SESSIONS[e]])
        self.client.cookies.set("sessionid", next(type(self)._next))
        self.client.headers["Referer"] = str(self.host)
        self.page = ""

    def read(self, path: str) -> None:
        with self.client.get(path, name=name_of(path), catch_response=True) as answer:
            if answer.status_code == 200:
                self.page = answer.text
                answer.success()
            else:
                answer.failure(f"{answer.status_code}")

    @task(3)
    def begin(self) -> None:
        self.read(random.choice(self.begins_at))  # noqa: S311 -- no secret

    @task(9)
    def follow(self) -> None:
        links = [link for link in LINK.findall(self.page) if not link.startswith(ELSEWHERE)]
        links = [link.replace("&amp;", "&") for link in links if "export=" not in link]
        self.read(random.choice(links or self.begins_at))  # noqa: S311

    @task(1)
    def take_a_step(self) -> None:
        steps = STEP.findall(self.page)
        if not steps:
            return
        path = random.choice(steps)  # noqa: S311
        token = self.client.cookies.get("csrftoken", "")
        form = {"csrfmiddlewaretoken": token, "next": HOME}
        with self.client.post(path, form, name=name_of(path), catch_response=True) as answer:
            # 409: somebody else was quicker, and was told so. That is an answer, not an error.
            if answer.status_code in {200, 409}:
                answer.success()


class Recruiting(Surfer):
    weight = 45
    emails = ["recruiter@cadre.example", "hr@cadre.example"]
    begins_at = [HOME, "/requisitions/", "/candidates/"]


class Sales(Surfer):
    weight = 15
    emails = ["bizdev@cadre.example"]
    begins_at = [HOME, "/engagements/", "/proposals/"]


class Delivery(Surfer):
    weight = 15
    emails = ["delivery@cadre.example", "trainer@cadre.example", "qa@cadre.example"]
    begins_at = [HOME, "/engagements/", "/classes/"]


class Clients(Surfer):
    weight = 20
    emails = ["client@nordwind.example", "viewer@nordwind.example", "client@otherclient.example"]


class Vendors(Surfer):
    weight = 5
    emails = ["vendor@partner.example", "vendor@otherpartner.example"]
