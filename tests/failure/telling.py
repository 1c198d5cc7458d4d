"""Webhooks that are called while the notifier dies, and the reckoning afterwards."""

import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from uuid import UUID

from e2e.api import Api, Secrets
from e2e.background_loop import BackgroundLoop
from e2e.drive import until_so
from e2e.webhooks import Listening
from failure.scenario import Scenario
from uuid_utils.compat import uuid7

from hotgigs.chassis.bus.rabbitmq import RabbitMQBus
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.contracts.envelope import wrap
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1

WEBHOOKS = 4
CANDIDATES = 100
DELIVERIES = WEBHOOKS * CANDIDATES
AT_ONCE_EACH = 4
ANSWERS_AFTER_S = 0.05
WITHIN_S = 60.0
SETTINGS = {
    "HOTGIGS_WEBHOOK_ALLOW_PRIVATE": "1",
    "HOTGIGS_WEBHOOK_RETRY_SCHEDULE": "1,1,1",
    # A lease is as long as a try may take, and a little more.
    "HOTGIGS_WEBHOOK_TIMEOUT": "1",
    "HOTGIGS_WEBHOOK_TRIES_AT_ONCE_EACH": str(AT_ONCE_EACH),
}

_STATUSES = "SELECT status, count(*) AS count FROM {} GROUP BY status"
_TABLES = ("notifier.deliveries", "gateway.webhook_deliveries")


class Telling:
    """A recruiter's webhooks, all told of all of the recruiter's candidates."""

    def __init__(self, scenario: Scenario, listen: Listening, loop: BackgroundLoop) -> None:
        self.system = scenario.system
        self._scenario = scenario
        self._loop = loop
        self._api = Api(self.system.url, Secrets()).register("recruiter").log_in()
        self._listeners = [listen(self._api, "candidate.added") for _ in range(WEBHOOKS)]
        for listener in self._listeners:
            listener.inbox.after_s = ANSWERS_AFTER_S
        self._candidate_ids = [uuid7() for _ in range(CANDIDATES)]

    def begin(self) -> None:
        """As ingest tells of candidates that were imported."""
        messages = [CandidateAddedV1(candidate=self._state(id_)) for id_ in self._candidate_ids]

        async def publish() -> None:
            url, namespace = self.system.amqp
            bus = RabbitMQBus(url, client_name="ingest", namespace=namespace)
            try:
                await bus.publish([wrap(each, source="ingest", correlation_id="test") for each in messages])
            finally:
                await bus.close()

        self._loop.run(publish())

    def _state(self, candidate_id: UUID) -> CandidateState:
        now = datetime.now(UTC)
        return CandidateState(
            candidate_id=candidate_id,
            version=1,
            database_id=UUID(self._api.user_id),
            source="resume_import",
            added_at=now,
            updated_at=now,
            survivor_id=candidate_id,
            profile=CandidateProfile(full_name="Ada Example", email=f"{candidate_id.hex}@mail.example"),
        )

    @property
    def calls(self) -> int:
        return sum(len(listener.inbox.calls) for listener in self._listeners)

    def wait_until_called(self, times: int) -> None:
        until_so(lambda: self.calls, lambda calls: calls >= times, within_s=WITHIN_S)

    def check(self, *, kills: int) -> None:
        """Every webhook was told of every candidate, under one id each, and all of it is written down; none
        was told twice of more than what was on its way when the notifier was killed."""
        began = time.monotonic()
        everything = {str(id_) for id_ in self._candidate_ids}
        for listener in self._listeners:
            until_so(listener.heard_of, lambda heard: heard >= everything, within_s=WITHIN_S)
        expected = {key: {"delivered": DELIVERIES} for key in _TABLES}
        until_so(self._statuses, lambda statuses: statuses == expected, within_s=WITHIN_S)
        told = Counter((each.id, call.id) for each in self._listeners for call in each.inbox.calls)
        twice = told.total() - len(told)
        self._scenario.report(
            {
                "deliveries": len(told),
                "lost": DELIVERIES - len(told),
                "twice": twice,
                "kills": kills,
                "seconds": round(time.monotonic() - began, 1),
            }
        )
        assert len(told) == DELIVERIES
        for listener in self._listeners:
            ids = defaultdict(set)
            for call in listener.inbox.calls:
                ids[listener.payload(call)["data"]["candidate_id"]].add(call.id)
            assert ids.keys() == everything
            assert {len(each) for each in ids.values()} == {1}
        assert twice <= kills * WEBHOOKS * AT_ONCE_EACH
        assert not self.system.logged(level="critical")

    def _statuses(self) -> dict[str, dict[str, int]]:
        return {
            table: {
                row["status"]: row["count"] for row in self.system.query("notifier", _STATUSES.format(table))
            }
            for table in _TABLES
        }
