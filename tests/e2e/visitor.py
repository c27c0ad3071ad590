"""A person at a browser, who reads, follows links, fills in forms and presses buttons by words."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.inspection import DESK

PASSWORD = "one pass phrase of many words"
PATIENCE_MS = 60_000  # A machine at full load, the first PDF: no test of speed.


class Visitor:
    """Somebody with a browser of their own. Each page they come to is inspected."""

    def __init__(self, browser, inspection, *, base_url, name, email=""):
        self.name, self.email = name, email
        self.inspection = inspection
        self.context = browser.new_context(
            base_url=base_url, viewport=DESK, locale="en-GB", reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        inspection.watch(self.page, name)

    # Going somewhere.
    def visit(self, path):
        self.page.goto(path)
        return self.arrive()

    def arrive(self):
        self.inspection.look(self.page, self.name)
        return self

    def follow(self, words, *, within="body"):
        """Click a link by its words, and go where it leads."""
        link = self.page.locator(within).get_by_role("link", name=words_of(words)).first
        return self.go_by(link)

    def press(self, words, *, within="body"):
        """Press a button that leads to a page."""
        button = self.page.locator(within).get_by_role("button", name=words_of(words)).first
        return self.go_by(button)

    def go_by(self, locator):
        with self.page.expect_navigation():
            locator.click()
        return self.arrive()

    def menu(self, words):
        """Go to an entry of the menu; how many wait there may stand beside it."""
        return self.follow(re.compile(rf"^{words}( ?\d+)?$"), within="#menu")

    def open_in_list(self, words):
        """Open the row of a list that names something."""
        return self.go_by(self.page.locator("main").get_by_role("link", name=words).first)

    # Forms.
    def write(self, answers, *, group=None):
        """Fill in the fields of a form, or of a group of fields in it, each by its label."""
        place = self.page.get_by_role("group", name=group) if group else self.page.locator("main")
        for label, answer in answers.items():
            self.answer(place.get_by_label(label_of(label)).first, answer)
        return self

    def answer(self, field, answer):
        kind = field.evaluate("field => field.type || field.tagName")
        if isinstance(answer, bool):
            field.set_checked(answer)
        elif isinstance(answer, Path):
            field.set_input_files(answer)
        elif kind == "select-one":
            begins = re.compile(rf"^\s*{re.escape(answer)}")
            option = field.locator("option", has_text=begins).first
            field.select_option(value=option.get_attribute("value"))
        else:
            field.fill(str(answer))

    def choose(self, group, answer):
        """Choose among the answers of a question, or tick one of its boxes."""
        for role in ("group", "radiogroup"):
            found = self.page.get_by_role(role, name=label_of(group))
            if found.count():
                found.get_by_label(answer).first.check()
                return self
        raise AssertionError(f"{self.name} finds no question {group!r} at {self.page.url}")

    # Reading.
    def reads(self, *texts):
        """See each text on the page, in words as they stand."""
        seen = self.text()
        for text in texts:
            assert text in seen, f"{self.name} at {self.page.url} does not read {text!r} in: {seen}"
        return self

    def text(self):
        return " ".join(self.page.locator("main").inner_text().split())

    def headline(self):
        return " ".join(self.page.locator("h1").first.inner_text().split())

    def waits_for(self, words):
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()
        return self

    # Mail: in the demo everybody finds theirs on a page.
    def read_mail(self, subject_line):
        """Open the newest mail to this person whose subject line begins so."""
        self.visit(f"/mail/?to={self.email}")
        return self.open_in_list(re.compile(rf"^{re.escape(subject_line)}"))

    def follow_link_in_mail(self, subject_line):
        self.read_mail(subject_line)
        return self.go_by(self.page.locator("main pre a").first)

    # Coming in.
    def accept_invitation(self):
        """Follow the link in the mail, choose a password, and be signed in."""
        self.follow_link_in_mail("Your access to Cadre")
        for field in self.page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        return self.press("Sign in")

    def sign_in(self, *, password=PASSWORD):
        """Sign in by the page, as on another day."""
        self.visit("/accounts/login/")
        self.page.get_by_label("Email").fill(self.email)
        self.page.get_by_label("Password").fill(password)
        return self.press("Sign in")

    def sign_out(self):
        return self.press("Sign out", within="#menu")


def words_of(words):
    """Match words as they stand; "…" at the end may be there, and says that a form follows."""
    return re.compile(rf"^{re.escape(words)}…?$") if isinstance(words, str) else words


def label_of(words):
    """Match a label; "optional" may stand beside it."""
    return re.compile(rf"^{re.escape(words)}( optional)?$", re.IGNORECASE)
