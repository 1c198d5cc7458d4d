"""Public addresses: none of those that mean something else in the network that looks them up."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.public_addresses import is_public

# The registries of special-purpose addresses as of October 2025, row by row, and the space beside them.
_IPV4_REGISTRY = """
    0.0.0.0/8 0.0.0.0/32 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.0.0/29 192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32 192.0.2.0/24
    192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.88.99.2/32 192.168.0.0/16 192.175.48.0/24
    198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32 224.0.0.0/4
"""
_IPV6_REGISTRY = """
    ::1/128 ::/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:1::1/128
    2001:1::2/128 2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28
    2001:30::/28 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10
    fec0::/10 ff00::/8 ::/96
"""
SPECIAL_IPV4 = _IPV4_REGISTRY.split()
SPECIAL_IPV6 = _IPV6_REGISTRY.split()

ipv4 = st.ip_addresses(v=4).map(IPv4Address)
special_ipv4 = st.sampled_from(SPECIAL_IPV4).flatmap(lambda block: st.ip_addresses(network=block))


@pytest.mark.parametrize("block", SPECIAL_IPV4 + SPECIAL_IPV6)
def test_no_end_of_a_special_block_is_public(block: str) -> None:
    network = ip_network(block)

    assert not is_public(str(network[0]))
    assert not is_public(str(network[-1]))


@given(
    address=special_ipv4 | st.sampled_from(SPECIAL_IPV6).flatmap(lambda block: st.ip_addresses(network=block))
)
def test_nothing_in_a_special_block_is_public(address: IPv4Address | IPv6Address) -> None:
    assert not is_public(str(address))


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd20:ce::254",
    ],
)
def test_what_clouds_tell_their_machines_is_not_public(address: str) -> None:
    assert not is_public(address)
    if "." in address:
        assert not is_public(f"::ffff:{address}")
        assert not is_public(f"64:ff9b::{address}")


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "168.63.129.15",
        "168.63.129.17",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:200::1",
        "2a00:1450:4001::1",
        "64:ff9b::8.8.8.8",
    ],
)
def test_what_anybody_reaches_is_public(address: str) -> None:
    assert is_public(address)


@given(address=st.ip_addresses().filter(lambda each: not any(each in ip_network(b) for b in SPECIAL_IPV4)))
def test_what_is_public_is_of_the_assigned_space(address: IPv4Address | IPv6Address) -> None:
    if isinstance(address, IPv4Address):
        assert is_public(str(address)) == (address != IPv4Address("168.63.129.16"))
    elif is_public(str(address)):
        assert address.is_global
        assert address in IPv6Network("2000::/3") or address in IPv6Network("64:ff9b::/96")


@given(address=ipv4)
def test_no_address_is_public_for_another_way_to_say_it(address: IPv4Address) -> None:
    number = int(address)

    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"::{address}")
    assert not is_public(str(IPv6Address(0x2002 << 112 | number << 80 | 1)))
    assert not is_public(str(IPv6Address(0x20010000 << 96 | 0x41D0C6AC << 64 | (number ^ 0xFFFFFFFF))))
    assert is_public(f"64:ff9b::{address}") == is_public(str(address))
    assert not is_public(str(number))
    assert not is_public(hex(number))


@pytest.mark.parametrize("zoned", ["fe80::1%eth0", "2606:4700::1111%eth0", "::1%1", "2606:4700::1111%25eth0"])
def test_no_address_of_a_zone_is_public(zoned: str) -> None:
    assert not is_public(zoned)


@given(text=st.text())
def test_what_is_no_address_is_not_public(text: str) -> None:
    try:
        ip_address(text)
    except ValueError:
        assert not is_public(text)


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0177.0.0.1", "0x7f.0.0.1", "8.8.8.8.", "8.8.8.8/32"]
)
def test_forms_that_only_some_read_are_not_public(text: str) -> None:
    assert not is_public(text)


def test_a_block_is_left_out_to_its_last_address_and_no_further() -> None:
    for block in map(IPv4Network, ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")):
        assert is_public(str(block[0] - 1))
        assert is_public(str(block[-1] + 1))
