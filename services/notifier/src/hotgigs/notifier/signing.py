"""What a delivery is signed with; pure.

Source: Standard Webhooks 1.0, https://github.com/standard-webhooks/standard-webhooks, "Webhook Headers" and
"Signature scheme": HMAC-SHA256 over id, timestamp and body, in base64 behind ``v1,``; several signatures, for
several keys, apart by spaces.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID


def signed_headers(delivery_id: UUID, at: datetime, body: bytes, keys: Sequence[bytes]) -> dict[str, str]:
    """The headers that say which delivery it is, when this try was made, and that it comes from here.
    Raises ValueError where there is no key: nothing goes out that nobody can verify."""
    if not keys:
        raise ValueError("nothing to sign with")
    timestamp = int(at.timestamp())
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": str(delivery_id),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{_signature(key, signed)}" for key in keys),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
