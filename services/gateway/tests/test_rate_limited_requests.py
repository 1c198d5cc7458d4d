import pytest
from limited_app import ORIGIN, LimitedApp
from prometheus_client import REGISTRY
from windows_in_memory import EPOCH_S

from hotgigs.gateway.rate_limits.keys import Keys
from hotgigs.gateway.rate_limits.limits import WINDOW_S
from hotgigs.gateway.rate_limits.middleware import HEADERS


def numbers(answer: object) -> list[int]:
    return [int(answer.headers[name]) for name in HEADERS]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "user", "status"),
    [
        ("/things", "ada", 200),
        ("/stream", "ada", 200),
        ("/things", None, 401),
        ("/things", "nobody", 401),
        ("/nowhere", "ada", 404),
        ("/nowhere", None, 404),
        ("/api/auth/login", None, 405),
        ("/broken", "ada", 500),
        ("/things", "away", 503),
    ],
)
async def test_every_answer_says_how_many_requests_are_left(path: str, user: str | None, status: int) -> None:
    app = LimitedApp()
    for remaining in (99, 98):
        answer = await app.ask(path, user=user)
        assert answer.status_code == status
        assert numbers(answer) == [100, remaining, EPOCH_S + WINDOW_S]


async def test_beyond_the_limit_nothing_is_carried_out_and_the_answer_says_when_to_come_again() -> None:
    app = LimitedApp(rate_limit_others=2)
    for path in ("/things", "/things", "/things", "/nowhere", "/api/auth/login"):
        answer = await app.ask(path)
    assert app.carried_out == ["things"] * 2
    for path in ("/things", "/nowhere", "/broken"):
        answer = await app.ask(path)
        assert answer.status_code == 429
        assert answer.json() == {"detail": "You may make 2 requests a minute. Try again in 60 s."}
        assert answer.headers["Retry-After"] == "60"
        assert numbers(answer) == [2, 0, EPOCH_S + WINDOW_S]
    app.time.passed_s = WINDOW_S
    assert (await app.ask()).status_code == 200


@pytest.mark.parametrize(
    ("path", "limit"), [("/api/resumes/upload", 10), ("/api/resumes/bulk-upload", 2), ("/things", 100)]
)
async def test_every_user_may_do_so_much(path: str, limit: int) -> None:
    app = LimitedApp()
    method = "GET" if path == "/things" else "POST"
    for user in ("ada", "bob"):
        answers = [
            await app.ask(path, method=method, user=user, address=f"192.0.2.{number}")
            for number in range(limit + 3)
        ]
        assert [answer.status_code for answer in answers[limit:]] == [429] * 3
        assert {answer.status_code for answer in answers[:limit]} <= {200, 201}
    assert (await app.ask("/things/more", user="ada")).status_code == (429 if path == "/things" else 404)


@pytest.mark.parametrize("path", ["/api/resumes/upload/", "/api//resumes/upload", "/api/resumes/%75pload"])
async def test_another_way_to_write_an_address_is_no_way_around_its_limit(path: str) -> None:
    app = LimitedApp(rate_limit_uploads=1)
    assert [(await app.post(each)).status_code for each in ("/api/resumes/upload", path)] == [201, 429]


async def test_attempts_at_accounts_are_counted_by_address_whatever_token_they_bring() -> None:
    app = LimitedApp(rate_limit_accounts=3)
    paths = ["/api/auth/login", "/api/auth/register", "/api/auth/refresh"] * 2
    statuses = [(await app.post(path, user=f"user {n}")).status_code for n, path in enumerate(paths)]
    assert statuses == [201] * 3 + [429] * 3
    assert app.tokens.asked == []
    assert (await app.post(paths[0], address="192.0.2.2")).status_code == 201
    assert (await app.ask("/things")).status_code == 200


async def test_who_brings_no_token_that_is_accepted_is_counted_by_address() -> None:
    app = LimitedApp(rate_limit_anonymous=3, rate_limit_uploads=1)
    statuses = [
        (await app.ask("/things", user=None)).status_code,
        (await app.post("/api/resumes/upload", user="nobody")).status_code,
        (await app.ask("/things", user="away")).status_code,
        (await app.ask("/things", user="somebody", **{"X-Forwarded-For": "192.0.2.9"})).status_code,
        (await app.ask("/things", user="nobody", **{"X-Forwarded-For": "192.0.2.9"})).status_code,
        (await app.ask("/things", user=None)).status_code,
        (await app.ask("/things", user=None, address="192.0.2.2")).status_code,
    ]
    assert statuses == [401, 401, 503, 200, 429, 429, 401]


async def test_a_token_is_looked_at_once_a_request() -> None:
    app = LimitedApp()
    for _ in range(2):
        await app.ask(user="ada")
        await app.ask(user="nobody")
    assert app.tokens.asked == ["ada", "nobody", "nobody"], "and who is let in is remembered"


async def test_what_a_browser_asks_before_a_request_is_not_counted() -> None:
    app = LimitedApp(rate_limit_others=1, rate_limit_anonymous=1)
    for _ in range(3):
        preflight = await app.ask(
            user=None, method="OPTIONS", **{"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
        )
        assert preflight.status_code == 204
    assert (await app.ask()).status_code == 200
    assert app.windows.times_asked == 1


async def test_a_web_page_can_read_a_refusal() -> None:
    app = LimitedApp(rate_limit_others=1)
    await app.ask()
    for path in ("/things", "/nowhere"):
        refusal = await app.ask(path, Origin=ORIGIN)
        assert refusal.status_code == 429
        assert refusal.headers["Access-Control-Allow-Origin"] == ORIGIN
        exposed = refusal.headers["Access-Control-Expose-Headers"].lower()
        assert all(name.lower() in exposed for name in HEADERS)


async def test_refusals_are_counted_by_kind() -> None:
    def refused() -> float:
        return REGISTRY.get_sample_value("hotgigs_requests_refused_total", {"kind": "bulk_upload"}) or 0

    app = LimitedApp(rate_limit_bulk_uploads=1)
    before = refused()
    for _ in range(4):
        await app.post("/api/resumes/bulk-upload")
    assert refused() - before == 3


def test_a_key_shows_neither_who_nor_where_and_is_the_same_at_all_gateways() -> None:
    one, same, other = Keys("secret"), Keys("secret"), Keys("another secret")
    assert one.of_address("accounts", "192.0.2.1") == same.of_address("accounts", "192.0.2.1")
    assert one.of_address("accounts", "192.0.2.1") != other.of_address("accounts", "192.0.2.1")
    assert one.of_address("accounts", "192.0.2.1") != one.of_address("accounts", "192.0.2.2")
    assert one.of_address("accounts", "192.0.2.1") != one.of_address("anonymous", "192.0.2.1")
    assert "192.0.2.1" not in one.of_address("accounts", "192.0.2.1")


def test_a_network_of_ipv6_that_one_subscriber_has_is_one_client() -> None:
    keys = Keys("secret")

    def key(host: str) -> str:
        return keys.of_address("accounts", host)

    assert key("2001:db8:0:1::1") == key("2001:db8:0:1:ffff::2") != key("2001:db8:0:2::1")
    assert key("::ffff:192.0.2.1") == key("192.0.2.1") != key("::ffff:192.0.2.2")
    assert key("fe80::1%eth0") == key("fe80::2")
    assert len({key(""), key("unknown"), key("192.0.2.1")}) == 3
