"""Which addresses are of the public internet, for all to reach; pure.

Python's own ``is_global`` follows the registries of its day. Here they are as of October 2025:
https://www.iana.org/assignments/iana-ipv4-special-registry and ``.../iana-ipv6-special-registry``. Nobody
serves from a block with a special purpose, so those that are globally reachable are left out as well.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_IPV4_WITHHELD = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # "this network": RFC 791
            "10.0.0.0/8",  # private use: RFC 1918
            "100.64.0.0/10",  # shared address space, a cloud's metadata (100.100.100.200) in it: RFC 6598
            "127.0.0.0/8",  # loopback: RFC 1122
            "169.254.0.0/16",  # link-local, most clouds' metadata (169.254.169.254) in it: RFC 3927
            "172.16.0.0/12",  # private use: RFC 1918
            "192.0.0.0/24",  # protocol assignments, a cloud's metadata (192.0.0.192) in it: RFC 6890
            "192.0.2.0/24",  # documentation: RFC 5737
            "192.31.196.0/24",  # AS112: RFC 7535
            "192.52.193.0/24",  # multicast tunnelling: RFC 7450
            "192.88.99.0/24",  # relays of 6to4 and 6a44: RFC 7526, RFC 6751
            "192.168.0.0/16",  # private use: RFC 1918
            "192.175.48.0/24",  # AS112: RFC 7534
            "198.18.0.0/15",  # benchmarking: RFC 2544
            "198.51.100.0/24",  # documentation: RFC 5737
            "203.0.113.0/24",  # documentation: RFC 5737
            "224.0.0.0/4",  # multicast: https://www.iana.org/assignments/multicast-addresses
            "240.0.0.0/4",  # reserved, broadcast in it: RFC 1112, RFC 919
            # Public in form, but each machine of Azure reaches its own host's services by it:
            # https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
            "168.63.129.16/32",
        ),
    )
)
# All else is not assigned, or has a meaning of its own (loopback, link-local, unique local, multicast, IPv4
# within): https://www.iana.org/assignments/ipv6-address-space
_IPV6_UNICAST = IPv6Network("2000::/3")
_IPV6_WITHHELD = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo (IPv4 within) and ORCHID in it: RFC 2928, RFC 4380
            "2001:db8::/32",  # documentation: RFC 3849
            "2002::/16",  # 6to4 (IPv4 within): RFC 3056
            "2620:4f:8000::/48",  # AS112: RFC 7534
            "3fff::/20",  # documentation: RFC 9637
        ),
    )
)
# Where a network has IPv6 only, its DNS tells IPv4 addresses by this: RFC 6052, RFC 6147.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether it is the address, as `ipaddress` reads it, of what anybody on the internet can reach. False
    for what is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return _is_public_ipv4(parsed)
    return _is_public_ipv6(parsed)


def _is_public_ipv4(address: IPv4Address) -> bool:
    return not any(address in block for block in _IPV4_WITHHELD)


def _is_public_ipv6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return _is_public_ipv4(IPv4Address(address.packed[-4:]))
    return address in _IPV6_UNICAST and not any(address in block for block in _IPV6_WITHHELD)
