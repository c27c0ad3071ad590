"""Sign-in by the company's identity provider (OpenID Connect): for who was invited, and no other.

Somebody is known by an address that the provider says is verified, and is linked to the account
of that address when they first come. Later the link decides, not the address. Nobody signs up by
it, nobody links another identity to an account, and a second factor is asked for as always.
"""

from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import render

from core.models import User
from core.people import confirm_address


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose identity it is. Raises the page that says it is nobody's here."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            _refuse(request)
        if sociallogin.is_existing:
            return
        user = _invited(sociallogin)
        if user is None or _has_another(user, sociallogin):
            _refuse(request)
        sociallogin.connect(request, user)
        confirm_address(user)


def _invited(sociallogin: SocialLogin) -> User | None:
    """Return the active user of an address that the provider has verified."""
    verified = [each.email for each in sociallogin.email_addresses if each.verified is True]
    return User.objects.filter(
        email__in=[each.lower() for each in verified], is_active=True
    ).first()


def _has_another(user: User, sociallogin: SocialLogin) -> bool:
    """An address that was given to somebody else is no key to the account of who had it."""
    return SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists()


def _refuse(request: HttpRequest) -> NoReturn:
    page = render(request, "account/signup_closed.html", status=403)
    raise ImmediateHttpResponse(page)
