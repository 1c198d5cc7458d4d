"""What a webhook's deliveries are signed with: made and sealed by the gateway, opened by the notifier (and by
the gateway, while the request that it was made for is not answered).

Sealed with `hotgigs.chassis.sealing` under the label `LABEL`, in the context of `context_of` its webhook:
whoever gets hold of another's sealed secret cannot use it for their own.

Source of the form: Standard Webhooks 1.0, "Signature scheme": ``whsec_`` and 24 to 64 random bytes in base64.
"""

import base64
import binascii
from uuid import UUID

LABEL = "hotgigs webhook secret"
PREFIX = "whsec_"


def context_of(webhook_id: UUID) -> bytes:
    return b"webhook secret of " + webhook_id.bytes


def secret_of(key: bytes) -> str:
    """As its owner is shown it, and as it is sealed."""
    return PREFIX + base64.b64encode(key).decode()


def key_of(secret: str) -> bytes:
    """What is signed with. Raises ValueError."""
    if not secret.startswith(PREFIX):
        raise ValueError("not a webhook secret")
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("not a webhook secret") from None
