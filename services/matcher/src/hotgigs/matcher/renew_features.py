"""Loop: what an older program, or another model, made features of is run again."""

from datetime import UTC, datetime

import structlog

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.matcher import feature_store
from hotgigs.matcher.feature_store import Subject
from hotgigs.matcher.resources import Resources
from hotgigs.matcher.runs import request_runs

log = structlog.get_logger(__name__)

EVERY_S = 60
AT_ONCE = 2000
_SUBJECTS: tuple[Subject, ...] = ("job", "candidate")


async def renew_features(units_of_work: UnitsOfWork, resources: Resources) -> None:
    """Jobs first: candidates are matched with those that can be scored beside them."""
    for about in _SUBJECTS:
        async with units_of_work.begin() as uow:
            stale = await feature_store.made_otherwise(
                uow.connection, about, made_by=resources.matching.made_by, limit=AT_ONCE
            )
            for event in await request_runs(uow.connection, about, stale, at=datetime.now(UTC)):
                uow.publish(event)
        if stale:
            log.info("features_renewed", about=about, count=len(stale))
