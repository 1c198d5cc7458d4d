"""What goes wrong, switched on by tests: each fault so many times, then no more."""

import threading
from typing import Literal

from msgspec import Struct
from support.stand_in_drive.errors import OAuthRefused, Refused
from support.stand_in_drive.guarded import Guarded, guarded

Operation = Literal[
    "any",
    "files.list",
    "files.get",
    "files.media",
    "files.export",
    "changes.getStartPageToken",
    "changes.list",
    "about.get",
    "drives.get",
    "drives.list",
    "authorize",
    "token",
    "revoke",
]
"""What a request asks for; files.media is ``alt=media`` of files.get."""

Kind = Literal[
    "too_many_requests",
    "user_rate_limit",
    "rate_limit",
    "daily_limit",
    "unauthorized",
    "not_found",
    "gone",
    "internal",
    "unavailable",
    "html_bad_gateway",
    "not_json",
    "invalid_grant",
    "cut",
    "hang_up",
    "slow",
    "late",
    "held",
]
"""``cut``: the connection ends after ``after_bytes`` of the body. ``hang_up``: it ends without an answer.
``slow``: ``seconds`` pass between the body's parts. ``late``: ``seconds`` pass before the answer. ``held``:
what comes after ``after_bytes`` of the body is kept back until `Faults.release`."""


class Fault(Struct):
    operation: Operation
    kind: Kind
    times: int
    item_id: str | None
    after: int
    retry_after_s: float | None
    after_bytes: int
    seconds: float
    part_bytes: int
    holding: int = 0
    is_released: bool = False


class Faults(Guarded):
    def __init__(self, lock: threading.RLock) -> None:
        super().__init__(lock)
        self.faults: list[Fault] = []

    @guarded
    def add(
        self,
        operation: Operation,
        kind: Kind,
        times: int = 1,
        item_id: str | None = None,
        after: int = 0,
        retry_after_s: float | None = None,
        after_bytes: int = 100,
        seconds: float = 0.1,
        part_bytes: int = 1024,
    ) -> None:
        """``times`` -1 is until `clear`; ``after`` so many requests that are served well; ``item_id``
        concerns one file only, or for files.list what is directly in one folder."""
        self.faults.append(
            Fault(operation, kind, times, item_id, after, retry_after_s, after_bytes, seconds, part_bytes)
        )

    @guarded
    def clear(self) -> None:
        self.release()
        self.faults.clear()

    @guarded
    def held(self) -> int:
        """How many answers are kept back now."""
        return sum(fault.holding for fault in self.faults)

    @guarded
    def release(self) -> None:
        """Answers that are kept back go on, and none is kept back by the faults added until now."""
        for fault in self.faults:
            fault.is_released = True

    @guarded
    def left(self) -> int:
        """How many times something will still go wrong; those without end are not counted."""
        return sum(fault.times for fault in self.faults if fault.times > 0)

    def next_for(self, operation: str, item_id: str | None) -> Fault | None:
        for fault in self.faults:
            if fault.times == 0 or fault.operation not in ("any", operation):
                continue
            if fault.item_id is not None and fault.item_id != item_id:
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            if fault.times > 0:
                fault.times -= 1
            return fault
        return None


def refusal(fault: Fault) -> Refused | OAuthRefused | None:
    """None where the fault is not one of those that are told in an answer of Google's."""
    asks = {"Retry-After": f"{fault.retry_after_s:g}"} if fault.retry_after_s is not None else {}
    match fault.kind:
        case "too_many_requests":
            return Refused(
                429,
                "rateLimitExceeded",
                "Too many requests",
                domain="usageLimits",
                status="RESOURCE_EXHAUSTED",
                outer_message="Resource has been exhausted (e.g. check quota).",
                headers=asks,
            )
        case "user_rate_limit":
            message = "User Rate Limit Exceeded"
            return Refused(403, "userRateLimitExceeded", message, domain="usageLimits", headers=asks)
        case "rate_limit":
            message = "Rate Limit Exceeded"
            return Refused(403, "rateLimitExceeded", message, domain="usageLimits", headers=asks)
        case "daily_limit":
            return Refused(403, "dailyLimitExceeded", "Daily Limit Exceeded", domain="usageLimits")
        case "unauthorized":
            return Refused(
                401,
                "authError",
                "Invalid Credentials",
                location="Authorization",
                location_type="header",
                status="UNAUTHENTICATED",
                headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
            )
        case "not_found":
            return Refused(404, "notFound", f"File not found: {fault.item_id}.", location="fileId")
        case "gone":
            return Refused(410, "fullSyncRequired", "Page token is no longer valid.", location="pageToken")
        case "internal":
            return Refused(500, "internalError", "Internal Error", headers=asks)
        case "unavailable":
            message = "The service is currently unavailable."
            return Refused(503, "backendError", message, status="UNAVAILABLE", headers=asks)
        case "invalid_grant":
            return OAuthRefused(400, "invalid_grant", "Token has been expired or revoked.")
        case _:
            return None
