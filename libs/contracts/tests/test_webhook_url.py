"""What may be a webhook's URL."""

import re
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from hotgigs.contracts.public_addresses import is_public
from hotgigs.contracts.webhook_url import MOST_CHARACTERS, refusal


def refused(url: str) -> str | None:
    return refusal(url, allow_http=False, allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com",
        "https://hooks.example.com/in?key=a%20b&x=[1]",
        "https://hooks.example.com?x",
        "HTTPS://Hooks.Example.COM:8443/",
        "https://hooks.example.com./",
        "https://my_host.example.com/",
        "https://xn--bcher-kva.example/",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]:443/",
        "https://example.com/" + "a" * (MOST_CHARACTERS - 20),
    ],
)
def test_a_url_of_the_public_internet_is_taken(url: str) -> None:
    assert refused(url) is None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fd00:ec2::254]",
        "localhost",
        "LOCALHOST.",
        "rabbitmq",
        "a.localhost",
        "metadata.google.internal",
        "printer.local",
        "nas.home.arpa",
    ],
)
def test_what_is_in_a_network_of_ones_own_is_taken_only_where_that_is_allowed(host: str) -> None:
    url = f"https://{host}:8080/x"

    assert refused(url) is not None
    assert refusal(url, allow_http=True, allow_private=False) is not None
    assert refusal(url, allow_http=False, allow_private=True) is None


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0X7F000001",
        "017700000001",
        "127.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "127.0.0.0x1",
        "0",
        "127.0.0.1.",
        "256.1.1.1",
        "a.1",
        "a.0x",
        "[::1%25eth0]",
        "[fe80::1%eth0]",
        "[v1.a]",
        "[127.0.0.1]",
        "[]",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "bücher.example",
        "\u212aelvin.example",
        "example\u3002com",
        "",
        ".",
        "a..b",
        "-a.example",
        "a-.example",
        "a.example..",
        "*.example",
        "a" * 64 + ".example",
        ".".join(["a" * 63] * 4) + ".example",
        "127.0.0.1%00",
        "a%2eexample",
        "exa mple.com",
        "example.com\\",
        "example.com:0",
        "example.com:65536",
        "example.com:99999999999",
        "example.com:",
        "example.com:８",
        "user@example.com",
        "user:password@example.com",
        "@example.com",
        "example.com\\@127.0.0.1",
        "a.example@b.example@c.example",
    ],
)
def test_a_host_that_not_all_read_alike_is_never_taken(host: str) -> None:
    assert refusal(f"https://{host}/x", allow_http=True, allow_private=True) is not None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com",
        "/x",
        "https:/example.com",
        "https:example.com",
        "https:///x",
        "https:\\\\example.com",
        "ftp://example.com",
        "file:///etc/passwd",
        "gopher://example.com/_x",
        "unix:///run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/x",
        "javascript:alert(1)",
        "http\u017f://example.com/",
        " https://example.com",
        "https://example.com ",
        "https://example.com\n",
        "https://example.com/\r\nHost: x",
        "https://example.com/\x00",
        "https://example.com/ü",
        "https://example.com/a b",
        "https://example.com/%",
        "https://example.com/%zz",
        "https://example.com/\\x",
        "https://example.com/#fragment",
        "https://example.com#",
        "https://example.com/" + "a" * MOST_CHARACTERS,
    ],
)
def test_what_is_no_plain_absolute_url_is_never_taken(url: str) -> None:
    assert refusal(url, allow_http=True, allow_private=True) is not None


def test_http_is_taken_where_it_is_allowed_by_itself_or_with_private_addresses() -> None:
    url = "http://hooks.example.com/"

    assert refused(url) == "It has to begin with https://."
    assert refusal(url, allow_http=True, allow_private=False) is None
    assert refusal(url, allow_http=False, allow_private=True) is None


near_urls = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["https://", "http://", "HTTPS://", "https:/", "https:\\\\", ""]),
    st.text(alphabet="aZ09.-_:[]%@x/\\ü\u212a１。", max_size=20)
    | st.sampled_from(["127.0.0.1", "[::1]", "example.com"])
    | st.ip_addresses(v=4).map(str)
    | st.ip_addresses(v=6).map("[{}]".format),
    st.sampled_from(["", ":", ":80", ":0", ":65535", ":x"]),
    st.sampled_from(["", "/", "?a=b", "/a%41/../b", "/@x"]) | st.text(max_size=5),
)


@given(url=near_urls | st.text())
def test_what_is_taken_is_read_as_what_was_checked_by_who_calls_it(url: str) -> None:
    if refusal(url, allow_http=True, allow_private=True) is not None:
        return

    read = URL(url, encoded=True)
    scheme, _, rest = url.lower().partition("://")
    authority = re.split("[/?]", rest, maxsplit=1)[0]
    host, _, port = authority.rpartition(":") if re.search(r":[0-9]+\Z", authority) else (authority, "", "")
    assert read.scheme == scheme
    assert read.raw_user is None
    assert read.raw_password is None
    assert read.port == int(port or {"http": 80, "https": 443}[scheme])
    if host.startswith("["):
        assert ip_address(read.raw_host or "") == ip_address(host[1:-1])
    else:
        assert (read.raw_host or "").lower() == host


@given(address=st.ip_addresses())
def test_an_address_is_taken_where_it_is_public(address: object) -> None:
    host = f"[{address}]" if ":" in str(address) else str(address)

    assert (refused(f"https://{host}/") is None) == is_public(str(address))


@given(url=near_urls | st.text())
def test_the_reason_never_repeats_what_was_sent(url: str) -> None:
    reason = refused("https://secret-token" + url)

    assert reason is None or "secret-token" not in reason
