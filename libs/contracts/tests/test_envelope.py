from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.envelope import Envelope, MalformedMessage, UnknownMessage, wrap
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.resume_state import StoredFile

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
INTEGERS = st.integers(min_value=-(2**53), max_value=2**53)
TIMES = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone follows
PROGRESS = st.builds(
    ParseProgressedV1,
    resume_id=st.uuids(),
    attempt=INTEGERS,
    sequence=INTEGERS,
    percentage=INTEGERS,
    step=TEXT,
    started_at=TIMES,
)
AN_ID = UUID(int=1)
A_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def progress() -> ParseProgressedV1:
    return ParseProgressedV1(resume_id=AN_ID, attempt=1, sequence=1, percentage=1, step="", started_at=A_TIME)


def envelope(**changes: object) -> Envelope:
    return msgspec.structs.replace(wrap(progress(), source="parser", correlation_id="c"), **changes)


@given(PROGRESS, TEXT, st.none() | TEXT, st.none() | TEXT)
def test_what_is_wrapped_is_what_is_opened(
    message: ParseProgressedV1, correlation_id: str, causation_id: str | None, traceparent: str | None
) -> None:
    wrapped = wrap(
        message,
        source="parser",
        correlation_id=correlation_id,
        causation_id=causation_id,
        traceparent=traceparent,
    )
    assert wrapped.open() == message
    assert wrapped.subject == str(message.resume_id)
    for codec in (msgspec.msgpack, msgspec.json):
        again = codec.decode(codec.encode(wrapped), type=Envelope)
        assert again == wrapped
        assert again.open() == message


def test_a_time_without_an_offset_is_refused() -> None:
    timeless = envelope(time=A_TIME.replace(tzinfo=None))
    for codec in (msgspec.msgpack, msgspec.json):
        with pytest.raises(msgspec.ValidationError, match="timezone"):
            codec.decode(codec.encode(timeless), type=Envelope)


def test_ids_grow_with_time_and_never_repeat() -> None:
    ids = [envelope().id for _ in range(1000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 1000
    assert {i.version for i in ids} == {7}


def test_an_envelope_says_who_what_and_when() -> None:
    made = envelope()
    assert made.source == "/hotgigs/parser"
    assert made.type == "hotgigs.parser.parse_progressed.v1"
    assert made.routing_key == "parser.parse_progressed"
    assert abs(datetime.now(UTC) - made.time) < timedelta(minutes=1)
    assert not made.is_command


def test_a_command_is_told_from_an_event_in_every_version() -> None:
    file = StoredFile(blob_key="k", media_type="application/pdf", size_bytes=1, sha256="00")
    command = SubmitResumeV1(
        resume_id=AN_ID,
        owner_user_id=AN_ID,
        database_id=AN_ID,
        source="resume_import",
        filename="a.pdf",
        file=file,
    )
    wrapped = wrap(command, source="gateway", correlation_id="c")
    assert wrapped.is_command
    assert msgspec.structs.replace(wrapped, type="hotgigs.gateway.submit_resume.v9").is_command


def test_a_newer_version_keeps_its_routing_key_but_cannot_be_opened() -> None:
    newer = envelope(type="hotgigs.parser.parse_progressed.v99")
    assert newer.routing_key == "parser.parse_progressed"
    assert not newer.is_command
    with pytest.raises(UnknownMessage, match="v99"):
        newer.open()


def test_what_only_newer_code_knows_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownMessage):
        _ = envelope(type="hotgigs.matcher.not_yet_invented.v1").is_command


@pytest.mark.parametrize("wire_type", ["", "hotgigs.parser.v1", "other.parser.x.v1", "hotgigs.a.b.v1\n"])
def test_what_is_no_wire_type_has_no_routing_key(wire_type: str) -> None:
    with pytest.raises(MalformedMessage):
        _ = envelope(type=wire_type).routing_key


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"{}", b'{"resume_id": "Jane Doe"}'])
def test_data_that_does_not_fit_is_refused_without_quoting_it(data: bytes) -> None:
    with pytest.raises(MalformedMessage) as refused:
        envelope(data=data).open()
    assert "Jane" not in str(refused.value)
