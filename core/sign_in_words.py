"""What allauth says at the sign-in and in its mails, where its Spanish says *tú*, or says it badly.

Our catalogue goes before allauth's, and addresses every reader as *usted*. Nothing imports
this: `make messages` reads it, since it keeps only what some file of ours marks.
"""

from django.utils.translation import gettext_noop

WORDS = [
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("Enter Sign-In Code"),
    gettext_noop("Enter an authenticator code:"),
    gettext_noop(
        "If you choose to trust this browser, you will not be asked for a verification code the "
        "next time you sign in."
    ),
    gettext_noop("Password Reset"),
    gettext_noop("Password Reset Email"),
    gettext_noop("Send me a sign-in code"),
    gettext_noop("This mail can be safely ignored if you did not initiate this action."),
    gettext_noop(
        "We have sent an email to you for verification. Follow the link provided to finalize the "
        "signup process. If you do not see the verification email in your main inbox, check your "
        "spam folder. Please contact us if you do not receive the verification email within a few "
        "minutes."
    ),
    gettext_noop(
        "We've sent a code to %(recipient)s. The code expires shortly, so please enter it soon."
    ),
    gettext_noop(
        "You cannot generate recovery codes without having two-factor authentication enabled."
    ),
    gettext_noop("Your sign-in code is listed below. Please enter it in your open browser window."),
    gettext_noop(
        "Your account is protected by two-factor authentication. Please enter an authenticator "
        "code:"
    ),
]
