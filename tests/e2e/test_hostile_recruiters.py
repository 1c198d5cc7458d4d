"""Recruiters who try to get at what is not theirs, or to change it."""

import base64
from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx
import pytest
from e2e.api import Api, Secrets
from e2e.authorisation.asking import ADMIN_CANDIDATES, CANDIDATES, add_note
from e2e.authorisation.cast import Cast, Settings, Target, resume_of, the_cast
from e2e.deployment import Deployment
from e2e.refusals import assert_refused
from msgspec import Struct


class Databases(Struct, frozen=True, kw_only=True):
    """``hostile`` has ``own``, and sees ``shared`` of the owner's, but not ``foreign``."""

    cast: Cast
    own: Target
    shared: Target
    foreign: Target
    note_id: str
    """On ``foreign``, by its owner."""

    @property
    def hostile(self) -> Api:
        return self.cast["hostile"]

    @property
    def seen(self) -> set[str]:
        return {self.own.candidate_id, self.shared.candidate_id}


@pytest.fixture(scope="module")
def databases(embedded: Deployment, settings: Settings, secrets: Secrets) -> Iterator[Databases]:
    with the_cast(embedded, settings, secrets) as cast:
        own, *_ = cast.import_people("hostile", 1)
        shared, foreign = cast.import_people("owner", 2)
        cast.share(shared, cast["hostile"], "cds")
        note_id = add_note(cast["owner"], foreign)
        yield Databases(cast=cast, own=own, shared=shared, foreign=foreign, note_id=note_id)


@pytest.fixture(autouse=True)
def _nothing_of_others_changes(databases: Databases) -> Iterator[None]:
    def seen_by_the_owner() -> list[object]:
        owner = databases.cast["owner"]
        details = [
            owner.read(f"{CANDIDATES}/{each.candidate_id}") for each in (databases.shared, databases.foreign)
        ]
        return [
            {name: value for name, value in detail.items() if name != "last_viewed_at"} for detail in details
        ]

    before = seen_by_the_owner()
    yield
    assert seen_by_the_owner() == before


def listed(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {entry["candidate_id"] for entry in answer.json()}


def test_ids_next_to_known_ones_and_odd_spellings_lead_nowhere(databases: Databases) -> None:
    own, foreign = UUID(databases.own.candidate_id), UUID(databases.foreign.candidate_id)
    neighbours = [str(UUID(int=own.int + step)) for step in (-2, -1, 1, 2)]
    odd = [
        str(foreign).upper(),
        foreign.hex,
        f"{{{foreign}}}",
        f"urn:uuid:{foreign}",
        f"{own}%00",
        f"{own}%2F..%2F{foreign}",
        f"{own}/../{foreign}",
        f"%20{foreign}",
        f"{own},{foreign}",
        "0",
        "null",
        "*",
        str(UUID(int=0)),
        str(UUID(int=2**128 - 1)),
    ]
    for id_ in [*neighbours, *odd]:
        for path in (f"{CANDIDATES}/{id_}", f"{CANDIDATES}/{id_}/export", f"/api/resumes/{id_}/data"):
            assert databases.hostile.http.get(path).status_code in (400, 404), path


def test_a_cursor_leads_nowhere_but_through_the_own_list(databases: Databases) -> None:
    owner, hostile = databases.cast["owner"], databases.hostile
    cursor, own_cursor = (_next_cursor(api) for api in (owner, hostile))
    assert listed(hostile.http.get(CANDIDATES, params={"cursor": cursor})) <= databases.seen
    padded = own_cursor + "=" * (-len(own_cursor) % 4)
    raw = base64.urlsafe_b64decode(padded)
    tampered = [own_cursor[:at] + "A" + own_cursor[at + 1 :] for at in range(len(own_cursor))]
    tampered += [own_cursor[:-3], own_cursor * 2, "", "%", "\x00", "A" * 300]
    for other in (
        raw[::-1],
        raw + b"0",
        b"null",
        b"[]",
        b'{"a":1}',
        b"\xff" * 20,
        str(databases.foreign).encode(),
    ):
        tampered.append(base64.urlsafe_b64encode(other).decode().rstrip("="))
    for each in tampered:
        answer = hostile.http.get(CANDIDATES, params={"cursor": each})
        assert answer.status_code in (200, 400), each
        if answer.status_code == 200:
            assert listed(answer) <= databases.seen


def _next_cursor(api: Api) -> str:
    answer = api.http.get(f"{CANDIDATES}?limit=1")
    return str(httpx.URL(answer.links["next"]["url"]).params["cursor"])


def metacharacters(databases: Databases) -> list[str]:
    """Of SQL, of LIKE, of text search, and of the terms that the index is made of."""
    owner_id, foreign = databases.cast["owner"].user_id, databases.foreign.candidate_id
    return [
        *(
            "%",
            "_",
            "%%%",
            "___",
            "\\",
            "\\%",
            "'",
            "''",
            '"',
            "`",
            ";",
            "--",
            "/*",
            "$1",
            "{}",
            "[]",
            "?",
            "*",
        ),
        "' OR '1'='1",
        "x'; DROP TABLE gateway.entries; --",
        "') OR true --",
        *("!", "!!x", "&", "|", "a | b", "a & !b", "<->", "a <-> b", "(", "((", ")", ":*", "a:*", "'a':A"),
        *('"', '"a', '""', "or", "a or", "-", "-x", "- -", "x OR -x", "NOT a"),
        *(f"{prefix}:{owner_id}" for prefix in "dtslog"),
        *(f"-d:{owner_id}", f"'d:{owner_id}'", f"'d:{owner_id}':*", f"{owner_id}", foreign, foreign[:8]),
        *("o:admin_share", "t:kept", "s:python", "g:sen", "l:utrecht"),
        *("\u202egnp", "İ", "ß", "\ufeff", "\u0000", "😀", "ﬁ", "a" * 200, " ", "\t\n"),
    ]


@pytest.mark.parametrize("parameter", ["search", "q", "skills", "tags", "location", "source", "sort"])
def test_metacharacters_in_a_filter_find_nothing_of_others(databases: Databases, parameter: str) -> None:
    for text in metacharacters(databases):
        for path in (CANDIDATES, f"{CANDIDATES}/export"):
            answer = databases.hostile.http.get(path, params={parameter: text})
            assert answer.status_code in (200, 400), (text, answer.text)
            assert databases.foreign.candidate_id not in answer.text, text
            if answer.status_code == 400:
                assert len(text) < 5 or text not in assert_refused(answer, 400)
            elif path == CANDIDATES:
                assert listed(answer) <= databases.seen, text
                assert int(answer.headers["X-Total-Count"]) <= len(databases.seen)


@pytest.mark.parametrize("sign", ["%", "_", "\\", "%%%", "___", "_%_"])
def test_a_wildcard_is_searched_for_as_itself(databases: Databases, sign: str) -> None:
    assert listed(databases.hostile.http.get(CANDIDATES, params={"search": sign})) == set()


@pytest.mark.parametrize("number", ["min_years", "max_years", "added_since", "skip", "limit"])
def test_what_is_no_number_or_time_is_refused(databases: Databases, number: str) -> None:
    for text in ("1 OR 1=1", "1e999", "nan", "-inf", "9" * 40, "'", "\x00", "[]", "2020-13-45"):
        answer = databases.hostile.http.get(CANDIDATES, params={number: text})
        assert_refused(answer, 400)


def test_bytes_that_are_no_text_are_refused(databases: Databases) -> None:
    for parameter in ("search", "q", "skills", "tags", "location", "cursor", "sort"):
        answer = databases.hostile.http.get(f"{CANDIDATES}?{parameter}=%FF%FE%C0%80&{parameter}=%ED%A0%80")
        assert answer.status_code in (200, 400), parameter
        if answer.status_code == 200:
            assert listed(answer) <= databases.seen


def test_nobody_merges_what_is_not_all_their_own(databases: Databases) -> None:
    own, shared, foreign = (
        each.candidate_id for each in (databases.own, databases.shared, databases.foreign)
    )
    for one, other, status in (
        (own, foreign, 404),
        (foreign, own, 404),
        (own, shared, 403),
        (shared, own, 403),
        (shared, foreign, 403),
        (own, str(uuid4()), 404),
    ):
        answer = databases.hostile.http.post(f"{CANDIDATES}/{one}/merge", json={"candidate_id": other})
        assert_refused(answer, status)
    assert databases.hostile.read(f"{CANDIDATES}/{own}")["merged_ids"] == []


def test_a_note_is_reached_by_way_of_no_other_candidate(databases: Databases) -> None:
    http, note_id = databases.hostile.http, databases.note_id
    for candidate in (databases.own, databases.shared, databases.foreign):
        assert_refused(http.delete(f"{CANDIDATES}/{candidate.candidate_id}/notes/{note_id}"), 404)
    note = {"title": "", "content": "Mine.", "author_user_id": databases.cast["owner"].user_id}
    assert_refused(http.post(f"{CANDIDATES}/{databases.foreign.candidate_id}/notes", json=note), 404)


def test_a_private_note_is_shown_to_its_author_alone(databases: Databases) -> None:
    owner, path = databases.cast["owner"], f"{CANDIDATES}/{databases.shared.candidate_id}"
    secret = {"title": "Secret", "content": "xyzzy plover", "is_private": True}
    note_id = owner.http.post(f"{path}/notes", json=secret).raise_for_status().json()["note_id"]
    for api in (databases.hostile, databases.cast["admin"]):
        for address in (path, f"{path}/export", f"{path}/activity", "/api/admin/audit"):
            answer = api.http.get(address)
            assert "xyzzy" not in answer.text
            assert note_id not in answer.text, address
        assert_refused(api.http.delete(f"{path}/notes/{note_id}"), 404)
    assert note_id in owner.http.get(path).text
    owner.http.delete(f"{path}/notes/{note_id}").raise_for_status()


def test_tags_are_shown_in_the_database_alone_that_they_were_given_in(databases: Databases) -> None:
    owner, path = databases.cast["owner"], f"{CANDIDATES}/{databases.shared.candidate_id}"
    for api, other, tag in (
        (databases.hostile, owner, "mine-xyzzy"),
        (owner, databases.hostile, "ours-plover"),
    ):
        api.http.post(f"{path}/tags", json={"tags": [tag]}).raise_for_status()
        for address in (path, f"{path}/export", f"{path}/activity", CANDIDATES, f"{CANDIDATES}/export"):
            assert tag in api.http.get(address).text
            assert tag not in other.http.get(address).text, address
        assert listed(other.http.get(CANDIDATES, params={"tags": tag})) == set()
        api.http.delete(f"{path}/tags/{tag}").raise_for_status()
        assert tag not in other.http.get(f"{path}/activity").text


def test_what_an_upload_says_of_itself_gives_no_access(databases: Databases) -> None:
    fields = {
        "source": "admin_share",
        "database_id": databases.cast["owner"].user_id,
        "candidate_id": databases.foreign.candidate_id,
        "owner_user_id": databases.cast["owner"].user_id,
        "can_view_contact_info": "true",
    }
    hostile = databases.cast["uploader"]
    answer = hostile.post_file("cv.docx", resume_of("Gimlom Uploadsen"), **fields)
    if answer.status_code != 400:
        assert answer.status_code in (201, 202)
        candidate_id = databases.cast.candidate_of("uploader", answer.json()["resume_id"])
        assert listed(hostile.http.get(CANDIDATES)) == {candidate_id}
        owned = databases.cast["owner"].http.get(f"{CANDIDATES}/{candidate_id}")
        assert owned.status_code == 404


def test_nobody_learns_who_else_has_a_file(databases: Databases) -> None:
    content = resume_of("Gimlom Filesen")
    resume_id = databases.cast["owner"].upload(("cv.docx", content))
    answer = databases.cast["uploader"].post_file("cv.docx", content)
    assert answer.status_code in (201, 202)
    assert resume_id not in answer.text
    assert answer.json().get("duplicate_of") is None


def test_the_same_address_in_two_accounts_is_two_persons(databases: Databases) -> None:
    content = resume_of("Folmir Twicesen")
    first, second = databases.cast["self"], databases.cast["candidate"]
    resume_ids = [api.upload(("cv.docx", content)) for api in (first, second)]
    mine, other = (
        databases.cast.candidate_of(asker, resume_id)
        for asker, resume_id in zip(("self", "candidate"), resume_ids, strict=True)
    )
    assert mine != other
    assert first.http.get(f"{CANDIDATES}/{mine}").status_code == 200
    assert second.http.get(f"{CANDIDATES}/{mine}").status_code == 404
    theirs = second.http.patch(f"{CANDIDATES}/{other}", json={"email": "owner@mail.example"})
    assert theirs.status_code == 200


def test_a_token_from_before_a_change_of_role_has_the_new_role_s_access(databases: Databases) -> None:
    admin, recruiter = databases.cast["admin"], databases.cast["turncoat"]
    databases.cast.share(databases.shared, recruiter, "cds")
    path = f"{CANDIDATES}/{databases.shared.candidate_id}"
    assert recruiter.http.get(path).status_code == 200

    _change(admin, recruiter, role="candidate")
    _until(recruiter, CANDIDATES, 403)
    assert_refused(recruiter.http.get(path), 404)
    assert_refused(recruiter.http.get(f"/api/resumes/{databases.shared.resume_id}/data"), 404)
    assert_refused(recruiter.http.post(f"{path}/notes", json={"title": "", "content": "Still here"}), 403)

    _change(admin, recruiter, role="admin")
    _until(recruiter, ADMIN_CANDIDATES, 200)
    _change(admin, recruiter, role="recruiter")
    _until(recruiter, ADMIN_CANDIDATES, 403)
    assert_refused(recruiter.http.get(f"{CANDIDATES}/{databases.foreign.candidate_id}"), 404)
    assert recruiter.http.get(path).status_code == 200
    _unshare(databases, recruiter)


def test_a_suspended_recruiter_is_shown_nothing(databases: Databases) -> None:
    admin, recruiter = databases.cast["admin"], databases.cast["suspended"]
    databases.cast.share(databases.shared, recruiter, "cds")
    _change(admin, recruiter, status="suspended")
    _until(recruiter, CANDIDATES, 401)
    candidate, resume = (
        f"{CANDIDATES}/{databases.shared.candidate_id}",
        f"/api/resumes/{databases.shared.resume_id}",
    )
    for path in (
        candidate,
        f"{candidate}/export",
        f"{CANDIDATES}/export",
        f"{resume}/data",
        f"{resume}/download",
    ):
        assert_refused(recruiter.http.get(path), 401)
    _change(admin, recruiter, status="active")
    _unshare(databases, recruiter)


def _change(admin: Api, user: Api, **changes: str) -> None:
    admin.http.patch(f"/api/admin/users/{user.user_id}", json=changes).raise_for_status()


def _unshare(databases: Databases, recruiter: Api) -> None:
    path = f"{ADMIN_CANDIDATES}/{databases.shared.candidate_id}/shares/{recruiter.user_id}"
    databases.cast["admin"].http.delete(path).raise_for_status()


def _until(api: Api, path: str, status: int) -> None:
    """At once, as far as a notification between two connections is."""
    for _ in range(100):
        answer = api.http.get(path)
        if answer.status_code == status:
            return
    assert answer.status_code == status, answer.text
