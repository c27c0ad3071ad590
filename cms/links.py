"""The code that a signer is mailed."""

from datetime import timedelta

from core import links

SIGNING = links.scope("contract_signing", lifetime=timedelta(minutes=30))
