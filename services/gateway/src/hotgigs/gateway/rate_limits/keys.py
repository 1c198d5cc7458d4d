"""Under which keys requests are counted: neither a user's id nor an address can be read from one."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from hotgigs.gateway.rate_limits.limits import Kind

_DIGEST_BYTES = 16
_REMEMBERED = 10_000
_IPV6_NETWORK_BYTES = 8
"""A subscriber has a /64 of IPv6, and any of its addresses."""


class Keys:
    """``secret`` is that of all gateways, so that their keys are the same."""

    def __init__(self, secret: str) -> None:
        digest = hashlib.sha256(b"hotgigs rate limits " + secret.encode()).digest()
        self.of_user: Callable[[Kind, UUID], str] = lru_cache(_REMEMBERED)(
            lambda kind, user_id: _key(kind, user_id.bytes, digest)
        )
        self.of_address: Callable[[Kind, str], str] = lru_cache(_REMEMBERED)(
            lambda kind, host: _key(kind, _network_of(host), digest)
        )


def _key(kind: Kind, who: bytes, secret: bytes) -> str:
    return f"{kind}:{hashlib.blake2b(who, key=secret, digest_size=_DIGEST_BYTES).hexdigest()}"


def _network_of(host: str) -> bytes:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host.encode()  # a proxy's word for a client whose address it does not tell
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return address.packed[:_IPV6_NETWORK_BYTES]
        address = address.ipv4_mapped
    return address.packed
