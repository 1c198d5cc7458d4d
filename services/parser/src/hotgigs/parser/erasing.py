"""What the parser does when somebody is erased; it may be told several times."""

from datetime import UTC, datetime

from hotgigs.chassis import outbox
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.parser import store


async def erase(erasure: Erasure, uow: UnitOfWork) -> None:
    await store.erase(uow.connection, erasure.resume_ids)
    await outbox.forget(uow.connection, map(str, erasure.resume_ids))
    uow.publish(ParsesForgottenV1(erasure_id=erasure.erasure_id, at=datetime.now(UTC)))
