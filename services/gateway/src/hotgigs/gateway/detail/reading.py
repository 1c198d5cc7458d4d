"""A candidate as one viewer is shown it, read and redacted."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from hotgigs.chassis.database import Pool
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.candidates.showing import contact_of_candidate
from hotgigs.gateway.detail import store
from hotgigs.gateway.detail.answer import CandidateDetail, detail_of
from hotgigs.redaction.hiding import redacted_text


async def candidate_detail(
    pool: Pool, principal: Principal, candidate_id: UUID, *, base_url: str, most: int = store.MOST
) -> CandidateDetail | None:
    """Of the one that it was merged into, if it was; None for what ``principal`` is not to know of."""
    contact = None
    async with pool.acquire() as connection:
        row = await store.candidate(connection, principal, candidate_id, most=most)
        if row is None:
            return None
        if not row["can_view_contact_info"]:
            contact = await contact_of_candidate(connection, row["candidate_id"])
    shown = partial(
        detail_of,
        row,
        viewer_id=principal.user_id,
        base_url=base_url.rstrip("/"),
        today=datetime.now(UTC).date(),
    )
    if contact is None:
        return shown(redact=str)
    # Many long notes take a while, for which no connection is held.
    return await asyncio.to_thread(shown, redact=lambda text: redacted_text(text, contact))
