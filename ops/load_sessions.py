"""Sign the demo's people in, several times each, and print the cookies of their sessions.

Two hundred passwords would cost two cores a minute of hashing, once a day at work and all at once
here: those who surf are signed in before the clock runs.
"""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.test import Client

    from core.models import User
    from ops.demo import SIGN_INS

    sessions = {}
    for email in SIGN_INS:
        user = User.objects.get(email=email)
        cookies = []
        for _ in range(int(sys.argv[1])):
            browser = Client()
            browser.force_login(user, backend="core.sign_in.Backend")
            cookies.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
        sessions[email] = cookies
    print(json.dumps(sessions))
