import msgspec
from sample_service.messages import parse_failure

from hotgigs.chassis import outbox
from hotgigs.chassis.database import Pool
from hotgigs.contracts.envelope import Envelope, wrap
from hotgigs.contracts.message import Message
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1


async def test_what_waits_and_mentions_a_word_is_made_anew(pool: Pool) -> None:
    def without_reason(message: Message) -> Message:
        assert isinstance(message, ResumeParseFailedV1)
        return msgspec.structs.replace(message, reason="")

    async with pool.acquire() as connection:
        for reason in ("of ada", "of bob"):
            failed = wrap(parse_failure(reason), source="parser", correlation_id="c")
            await outbox.append(connection, [failed])
        await outbox.rewrite(connection, ["ada", "eve"], without_reason)
        rows = await connection.fetch("SELECT envelope FROM outbox ORDER BY id")
    messages = [msgspec.msgpack.decode(row["envelope"], type=Envelope).open() for row in rows]
    assert messages == [parse_failure(""), parse_failure("of bob")]
