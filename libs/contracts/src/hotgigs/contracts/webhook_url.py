"""What may be a webhook's URL, as far as it can be told without a network; pure.

Only what every parser reads in the same way passes, so that what is checked here is what is called later:
RFC 3986 without user info and fragment, a host that is a name or an address in its one usual form.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from hotgigs.contracts.public_addresses import is_public

MOST_CHARACTERS = 2048

# The characters of RFC 3986, section 2, without the fragment's "#".
_IN_PATH = r"(?:[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})"
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<user>[^/?#@]*@)?(?:\[(?P<ipv6>[^\[\]/?#@]*)\]|(?P<name>[^/?#@:\[\]]*))"
    rf"(?::(?P<port>[0-9]{{1,5}}))?(?P<rest>(?:[/?]{_IN_PATH}*)?)",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile("https?://", re.IGNORECASE)
_NO_URL = "It is no absolute http or https URL."
_NO_CHARACTERS = "It is not in the form of RFC 3986: other characters have to be percent-encoded."
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
# WHATWG URL, "ends in a number": a host like this is an IPv4 address to some, in decimal, octal or hex.
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")
# Names that mean something else in every network: RFC 6761, RFC 6762, RFC 8375, and ICANN's resolution
# 2024.07.29.06 for "internal".
_LOCAL_NAMES = ("localhost", "local", "home.arpa", "internal")


def refusal(url: str, *, allow_http: bool, allow_private: bool) -> str | None:
    """Why ``url`` cannot be a webhook's, in a sentence without it; None where it can. ``allow_private`` takes
    private addresses, local names and http."""
    if len(url) > MOST_CHARACTERS:
        return f"It has more than {MOST_CHARACTERS} characters."
    if "#" in url:
        return "It has a fragment (#), which would not be sent."
    if (read := _URL.fullmatch(url)) is None:
        return _NO_URL if _SCHEME.match(url) is None else _NO_CHARACTERS
    if read["user"] is not None:
        return "It has a user or a password in it."
    if read["scheme"].lower() != "https" and not (allow_http or allow_private):
        return "It has to begin with https://."
    return _refusal_of_authority(read, allow_private=allow_private)


def _refusal_of_authority(read: re.Match[str], *, allow_private: bool) -> str | None:
    if read["port"] is not None and not 0 < int(read["port"]) < 65536:
        return "Its port is not between 1 and 65535."
    address = _ipv6_of(read["ipv6"]) if read["ipv6"] is not None else _ipv4_of(read["name"])
    if address is None:
        return _refusal_of_name(read["name"].removesuffix("."), allow_private=allow_private)
    if address == "":
        return "Its host is not an address in the usual form."
    if not allow_private and not is_public(address):
        return "Its address is not one of the public internet."
    return None


def _refusal_of_name(name: str, *, allow_private: bool) -> str | None:
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        return "Its host is not a name that DNS knows (others have to be in their xn-- form)."
    if allow_private:
        return None
    lower = name.lower()
    if "." not in name or any(lower == local or lower.endswith("." + local) for local in _LOCAL_NAMES):
        return "Its host is a name of a local network."
    return None


def _ipv6_of(text: str) -> str:
    """Empty where it is none, or is one of a zone."""
    try:
        return str(IPv6Address(text)) if "%" not in text else ""
    except AddressValueError:
        return ""


def _ipv4_of(name: str) -> str | None:
    """None for a name; empty where it would be an address to some, but not to all."""
    if _NUMBER.fullmatch(name.removesuffix(".").rpartition(".")[2]) is None:
        return None
    try:
        return str(IPv4Address(name))
    except AddressValueError:
        return ""
