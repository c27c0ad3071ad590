"""What each kind of user is answered on the sign-in pages, which are allauth's.

The routes of a namespace have one line for each kind of user; a route that allauth
adds one day fails here, until somebody has looked at it.
"""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.access import KINDS, answers
from tests.spanish import english_left
from tests.test_access import named_routes, resolver

# Where the door is: open to strangers; who is in is led on, or may do it again.
DOOR = {
    "account_login": (200, 302),
    "account_signup": (200, 302),  # says that accounts come by invitation
    "account_request_login_code": (200, 302),
    "account_confirm_login_code": (302, 302),  # nobody has asked for a code
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),  # of a key that is none
    "account_reset_password_from_key_done": (200, 200),
    "account_email_verification_sent": (200, 200),
    "account_confirm_email": (200, 200),  # of a key that is none
    "account_inactive": (200, 200),
    "account_logout": (302, 200),
    "mfa_authenticate": (302, 302),  # the second step of a sign-in that nobody has begun
}
# One's own account: closed to strangers, the same for everybody else.
OWN = {
    "account_email": 302,  # leads on: nobody adds an address
    "account_change_password": 200,
    "account_set_password": 302,  # they have one
    "account_reauthenticate": 200,
    "mfa_index": 200,
    "mfa_activate_totp": 302,  # type the password first
    "mfa_deactivate_totp": 404,  # they have none
    "mfa_reauthenticate": 302,
    "mfa_generate_recovery_codes": 302,
    "mfa_view_recovery_codes": 404,
    "mfa_download_recovery_codes": 404,
}
# The identity provider's: a page for a button of none, and the ends of ways that nobody began.
OTHERS = {
    "socialaccount_login_cancelled": (200, 200),
    "socialaccount_login_error": (302, 401),
    "socialaccount_signup": (302, 302),  # leads to the sign-in: nobody signs up
    "socialaccount_connections": (302, 302),  # leads on: nobody links another identity
    "openid_connect_login": (404, 404),  # none is configured
    "openid_connect_callback": (404, 404),
}
EXPECTED = DOOR | OTHERS | {route: (302, status) for route, status in OWN.items()}
KEYS = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "none"},
    "account_confirm_email": {"key": "none"},
    "openid_connect_login": {"provider_id": "company"},
    "openid_connect_callback": {"provider_id": "company"},
}


def test_every_route_of_allauth_is_here():
    ours = ("account_", "mfa_", "socialaccount_", "openid_connect_")
    names = {name for name in named_routes(resolver()) if name.startswith(ours)}

    assert names == set(EXPECTED)


@pytest.mark.parametrize("route", EXPECTED)
def test_access(route, world):
    stranger, rest = EXPECTED[route]

    found = answers(world, "get", reverse(route, kwargs=KEYS.get(route)))

    assert found == {kind: stranger if kind == "stranger" else rest for kind in KINDS}


@pytest.mark.parametrize("route", EXPECTED)
@pytest.mark.usefixtures("pseudo_spanish")
def test_nobody_outside_is_left_with_english(route, world):
    assert english_left(world, "get", reverse(route, kwargs=KEYS.get(route))) == {}


def test_there_is_no_other_way_in():
    for name in ["admin:index", "login", "socialaccount_login", "account_signup_by_passkey"]:
        with pytest.raises(NoReverseMatch):
            reverse(name)
