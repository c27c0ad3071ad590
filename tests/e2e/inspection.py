"""What every page is held to: no violation of axe, no sideways scroll, nothing said on the console.

A page is known by its route (and which home it is): a second requisition is not looked at again.
"""

from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# Wagtail's own admin is Wagtail's to test.
NOT_OURS = ("wagtail", "wagtailadmin")
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""


class Inspection:
    """Looks at pages for all visitors, each kind of page once, and keeps what it found."""

    def __init__(self):
        self.axe = Axe()
        self.looked_at = set()
        self.faults = []

    def watch(self, page, who):
        """Note what goes wrong in a visitor's browser while they walk."""
        page.on("pageerror", lambda error: self.note(page, who, f"script: {error}"))
        page.on("console", lambda line: self._heard(page, who, line))
        page.on("response", lambda answer: self._answered(page, who, answer))

    def _heard(self, page, who, line):
        # A form that is to be mended answers 422: the browser says so, and all is well.
        if line.type == "error" and "status of 422" not in line.text and is_ours(page.url):
            self.note(page, who, f"console: {line.text}")

    def _answered(self, page, who, answer):
        if answer.status >= 500:
            self.note(page, who, f"{answer.status} from {answer.url}")

    def note(self, page, who, fault):
        self.faults.append(f"{who} at {urlsplit(page.url).path}: {fault}")

    def look(self, page, who):
        """Hold a page to all that pages are held to, unless its like was looked at before."""
        name = page_name(page.url)
        if name in self.looked_at or not is_ours(page.url):
            return
        self.looked_at.add(name)
        for violation in self.axe.run(page).response["violations"]:
            nodes = [node["html"] for node in violation["nodes"]][:3]
            self.note(page, who, f"axe: {violation['id']}: {violation['help']} {nodes}")
        page.set_viewport_size(PHONE)
        if page.evaluate(SCROLLS):
            self.note(page, who, f"scrolls sideways on a phone: {page.evaluate(TOO_WIDE)}")
        page.set_viewport_size(DESK)


def page_name(url):
    """Name a kind of page: its route, and which of the homes it is."""
    parts = urlsplit(url)
    return resolve(parts.path).view_name + "".join(parse_qs(parts.query).get("of", []))


def is_ours(url):
    try:
        return not resolve(urlsplit(url).path).view_name.startswith(NOT_OURS)
    except Resolver404:
        return False
