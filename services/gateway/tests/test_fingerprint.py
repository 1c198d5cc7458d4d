from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from hotgigs.gateway.idempotency.fingerprint import Fingerprint

LETTERS = st.text("abcdefgh", min_size=1, max_size=5)
# Bytes that tempt a parser: line ends, dashes, boundaries without their line ends.
CONTENTS = st.lists(
    st.one_of(
        st.binary(max_size=40), st.sampled_from([b"\r\n", b"--", b"\r\n--", b"--one", b"--two", b"\r"])
    ),
    max_size=8,
).map(b"".join)
CUTS = st.lists(st.integers(min_value=0), max_size=30)


class Part(Struct, frozen=True):
    name: str
    filename: str | None
    content_type: str | None
    content: bytes


PARTS = st.builds(
    Part,
    name=LETTERS,
    filename=st.none() | LETTERS,
    content_type=st.none() | st.sampled_from(["application/pdf", "text/plain"]),
    # What has a boundary in it, its sender would have chosen another one for.
    content=CONTENTS.filter(lambda content: b"\r\n--one" not in b"\r\n" + content + b"\r\n"),
).filter(lambda part: b"\r\n--two" not in b"\r\n" + part.content)
FORMS = st.lists(PARTS, min_size=1, max_size=4)


def encoded(parts: Sequence[Part], boundary: str) -> bytes:
    body = b""
    for part in parts:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name}"'
        head += "" if part.filename is None else f'; filename="{part.filename}"'
        head += "" if part.content_type is None else f"\r\nContent-Type: {part.content_type}"
        body += f"{head}\r\n\r\n".encode() + part.content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode()


def split(body: bytes, cuts: Sequence[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
    return [body[a:b] for a, b in pairwise(edges)]


def fingerprint(
    body: bytes,
    content_type: str = "application/json",
    *,
    cuts: Sequence[int] = (),
    method: str = "POST",
    path: str = "/api/things",
    query: bytes = b"",
) -> bytes:
    of = Fingerprint(method=method, path=path, query=query, content_type=content_type, max_parts=5)
    for chunk in split(body, cuts):
        of.update(chunk)
    return of.digest()


def form_fingerprint(parts: Sequence[Part], boundary: str = "one", cuts: Sequence[int] = ()) -> bytes:
    return fingerprint(encoded(parts, boundary), f"multipart/form-data; boundary={boundary}", cuts=cuts)


@given(FORMS, CUTS, CUTS)
def test_a_form_is_the_same_under_any_boundary_and_in_any_chunks(
    parts: list[Part], cuts: list[int], other_cuts: list[int]
) -> None:
    assert form_fingerprint(parts, "one", cuts) == form_fingerprint(parts, "two", other_cuts)


@given(FORMS, FORMS)
def test_forms_that_differ_in_anything_else_are_not_the_same(one: list[Part], other: list[Part]) -> None:
    assert (form_fingerprint(one) == form_fingerprint(other)) == (one == other)


@given(FORMS, st.integers(min_value=0), st.data())
def test_every_name_file_name_content_type_and_byte_of_a_form_counts(
    parts: list[Part], at: int, data: st.DataObject
) -> None:
    at %= len(parts)
    part = parts[at]
    changed = data.draw(
        st.sampled_from(
            [
                replace(part, name=part.name + "x"),
                replace(part, filename=(part.filename or "") + "x"),
                replace(part, content_type="image/png"),
                replace(part, content=part.content + b"x"),
                replace(part, content=b"x" + part.content),
            ]
        )
    )
    before = form_fingerprint(parts)
    assert form_fingerprint([*parts[:at], changed, *parts[at + 1 :]]) != before
    assert form_fingerprint([*parts[:at], *parts[at + 1 :]]) != before
    assert form_fingerprint([*parts, part]) != before


@given(st.binary(max_size=100), CUTS, st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_any_other_body_is_its_bytes(body: bytes, cuts: list[int], at: int, change: int) -> None:
    assert fingerprint(body, cuts=cuts) == fingerprint(body)
    changed = bytearray(body + b"\0")
    changed[at % len(changed)] ^= change
    assert fingerprint(bytes(changed)) not in (fingerprint(body), fingerprint(body + b"\0"))


@given(FORMS, st.integers(min_value=0), CUTS, CUTS)
def test_a_form_that_is_damaged_is_its_bytes(
    parts: list[Part], end: int, cuts: list[int], other_cuts: list[int]
) -> None:
    body = encoded(parts, "one")
    damaged = body[: end % (len(body) - len("--\r\n"))]
    content_type = "multipart/form-data; boundary=one"
    found = fingerprint(damaged, content_type, cuts=cuts)
    assert found == fingerprint(damaged, content_type, cuts=other_cuts)
    assert found not in (fingerprint(damaged + b"x", content_type), fingerprint(body, content_type))


def test_method_path_and_query_count() -> None:
    one = fingerprint(b"{}")
    assert fingerprint(b"{}", method="PUT") != one
    assert fingerprint(b"{}", path="/api/other") != one
    assert fingerprint(b"{}", query=b"a=1") != one
    assert fingerprint(b"{}", path="/api/things?", query=b"") != one


def test_a_body_that_spells_a_form_is_none() -> None:
    parts = [Part("file", "cv.pdf", None, b"content")]
    assert fingerprint(encoded(parts, "one")) != form_fingerprint(parts)


def test_a_form_of_more_parts_than_any_may_have_is_its_bytes() -> None:
    part = Part("file", "cv.pdf", None, b"content")
    assert form_fingerprint([part] * 5, "one") == form_fingerprint([part] * 5, "two")
    assert form_fingerprint([part] * 6, "one") != form_fingerprint([part] * 6, "two")
    assert form_fingerprint([part] * 6) != form_fingerprint([part] * 7)
