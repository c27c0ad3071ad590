"""Who may do what with proposals and contracts, on the public site, and in Wagtail's admin."""

import pytest
from django.urls import NoReverseMatch, reverse

from cms import actions
from cms.models import ProposalPage
from core.models import Actor
from tests.access import answers, differences, expected, line
from tests.cms.conftest import approved, ready_engagement, run_effects
from tests.factories.cms import ContractFactory, ProposalFactory
from tests.factories.core import UserFactory
from tests.spanish import english_left, read_outside
from tests.test_access import named_routes, resolver

SALES = {"Administrator": 200, "BizDev": 200}
SALES_302 = {"Administrator": 302, "BizDev": 302}
PROPOSALS = line(staff=SALES)
CONTRACTS = line(staff={**SALES, "Delivery manager": 200})
CHANGE = line(staff=SALES)
DECIDE = line(own_approver=200, other_client=404)
UNSEEN = {"other_client": 404, "own_vendor": 404, "other_vendor": 404}
ACCESS = {
    ("get", "cms:proposals"): PROPOSALS,
    ("get", "cms:create_proposal"): CHANGE,
    ("get", "cms:proposal"): PROPOSALS,
    ("get", "cms:send_proposal"): CHANGE,
    ("get", "cms:withdraw_proposal"): CHANGE,
    ("post", "cms:new_proposal_version"): line(staff=SALES_302),
    ("get", "cms:draw_contract"): CHANGE,
    ("get", "cms:contracts"): CONTRACTS,
    ("get", "cms:contract"): CONTRACTS,
    ("get", "cms:issue_contract"): CHANGE,
    ("get", "cms:void_contract"): CHANGE,
    ("post", "cms:signing_code"): line(
        staff={**SALES_302, "Delivery manager": 403, "": 404}, own_approver=302, **UNSEEN
    ),
    ("get", "cms:sign_contract"): line(
        staff={**SALES, "Delivery manager": 403, "": 404}, own_approver=200, **UNSEEN
    ),
    ("get", "cms:client_proposal"): line(
        staff=SALES, own_approver=200, own_viewer=200, other_client=404
    ),
    ("get", "cms:accept_proposal"): DECIDE,
    ("get", "cms:decline_proposal"): DECIDE,
    ("get", "cms:client_contract"): line(
        staff={**SALES, "Delivery manager": 200},
        own_approver=200,
        own_viewer=200,
        other_client=404,
    ),
}
STATIC = {"proposals", "create_proposal", "contracts"}


def proposal(client):
    system = Actor.objects.system()
    return approved(actions.create_proposal(ready_engagement(client=client), by=system), system)


def sent(client):
    return actions.send_proposal(proposal(client), by=Actor.objects.system())


def accepted(client):
    return actions.accept_proposal(sent(client), name="A", title="B", by=Actor.objects.system())


def drawn(client):
    contract = actions.draw_contract(accepted(client), by=Actor.objects.system())
    run_effects()
    return contract


def issued(client):
    return actions.issue_contract(drawn(client), by=Actor.objects.system())


MAKE = {
    "proposal": proposal,
    "send_proposal": proposal,
    "withdraw_proposal": proposal,
    "draw_contract": accepted,
    "contract": drawn,
    "issue_contract": drawn,
    "void_contract": drawn,
    "signing_code": issued,
    "sign_contract": issued,
    "client_contract": issued,
}


@pytest.fixture
def path_to(world):
    """Return a function that gives the path of a route to something of the own client's."""

    def path(route):
        name = route.split(":")[1]
        args = [] if name in STATIC else [MAKE.get(name, sent)(world.client).pk]
        return reverse(route, args=args)

    return path


def test_each_kind_of_user_is_answered(world, path_to):
    assert differences(world, ACCESS, path_to) == {}


@pytest.mark.parametrize(("method", "route"), read_outside(ACCESS))
@pytest.mark.usefixtures("pseudo_spanish")
def test_nobody_outside_is_left_with_english(method, route, world, path_to):
    assert english_left(world, method, path_to(route)) == {}


def test_client_sees_neither_drafts_nor_what_was_never_issued(world, path_to):
    engagement = ready_engagement(client=world.client)
    proposal = ProposalFactory(engagement=engagement, state="withdrawn")
    contract = ContractFactory(engagement=engagement, proposal=proposal, state="void")
    own = {"own approver": 404, "own viewer": 404}

    for path in [
        reverse("cms:client_proposal", args=[proposal.pk]),
        reverse("cms:client_contract", args=[contract.pk]),
    ]:
        assert own.items() <= answers(world, "get", path).items()


# Wagtail's own routes. Editors are those with access to its admin.
EDITORS = {"Administrator": 200, "BizDev": 200}
ADMIN = line(staff=EDITORS)
BACK = line(staff={"Administrator": 302, "BizDev": 302})  # to the admin's home: no right to that
PUBLIC = line(200, staff=200, outside=200)
NOWHERE = line(404, staff=404, outside=404)
WAGTAIL = {
    "wagtailadmin_home": ADMIN,
    "wagtailadmin_explore_root": BACK,  # straight to the home page, the only one at the root
    "wagtailadmin_account": ADMIN,
    "wagtailsnippets_cms_clause:list": ADMIN,
    "wagtaildocs:index": BACK,
    "wagtailimages:index": BACK,
    "wagtailusers_users:index": BACK,
    "wagtailsites:index": BACK,
    "wagtailadmin_login": line(staff={**SALES_302, "": 403}),
    "wagtailadmin_password_reset": line(302, staff=302, outside=302),
    "wagtailcore_login": line(302),
}


@pytest.mark.parametrize("route", WAGTAIL)
def test_each_kind_of_user_is_answered_by_wagtail(route, world):
    assert answers(world, "get", reverse(route)) == expected(WAGTAIL[route])


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", PUBLIC),
        ("/careers/", PUBLIC),
        ("/no/such/page/", NOWHERE),
        ("/documents/1/secret.pdf", line(302, staff=404, outside=404)),
        ("/_util/authenticate_with_password/1/1/", line(404, staff=404, outside=404)),
    ],
)
def test_each_kind_of_user_is_answered_by_the_site(path, answer, world):
    assert answers(world, "get", path) == expected(answer)


def test_draft_page_is_edited_by_editors_and_served_to_nobody(world):
    proposal = actions.create_proposal(
        ready_engagement(client=world.client), by=Actor.objects.system()
    )
    page = ProposalPage.objects.get(pk=proposal.page_id)

    edited = answers(world, "get", reverse("wagtailadmin_pages:edit", args=[page.pk]))
    served = answers(world, "get", f"/{page.slug}/")

    assert edited == expected(ADMIN)
    assert served == expected(NOWHERE)


def test_every_route_of_wagtails_admin_is_closed_to_others(client, db):
    """All that can be asked without knowing a row: strangers sign in, others are told no."""
    client.force_login(UserFactory(), backend="core.sign_in.Backend")
    found = {}
    for name in {name for name in named_routes(resolver()) if name.startswith("wagtail")}:
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        if path.startswith("/cms/"):
            found[name] = client.get(path).status_code

    ours = {name for name, status in found.items() if status != 403}
    assert ours == {
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_complete",
    }
    assert len(found) > 40
