"""Whatever several gateways lease and let through, nobody gets more than the limit in a window."""

import asyncio
from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from windows_in_memory import SharedWindows, Time

from hotgigs.gateway.rate_limits.limiter import Limiter
from hotgigs.gateway.rate_limits.limits import WINDOW_S, Limit
from hotgigs.gateway.rate_limits.window import Charge

GATEWAYS = 3
KEYS = ["one", "other"]

gateways = st.integers(0, GATEWAYS - 1)
keys = st.sampled_from(KEYS)
seconds = st.one_of(st.floats(0, 5), st.floats(WINDOW_S - 1, WINDOW_S + 1))


class Gateways(RuleBasedStateMachine):
    """Of one database that always answers, sooner or later."""

    limit = Limit(requests=20, block=4)

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.time = Time()
        self.windows = SharedWindows(self.time)
        self.limiters = [self.limiter(number) for number in range(GATEWAYS)]
        self.let_through: Counter[tuple[str, float]] = Counter()

    def limiter(self, number: int) -> Limiter:
        return Limiter(
            self.windows.take,
            now=lambda: self.time.monotonic(number),
            epoch=self.time.epoch,
            store_wait_s=1e9,
        )

    def teardown(self) -> None:
        self.runner.close()

    @rule(gateway=gateways, key=keys, count=st.integers(1, 15))
    def requests_come(self, gateway: int, key: str, count: int) -> None:
        for _ in range(count):
            self.windows.last_asked = None
            charge = self.runner.run(self.limiters[gateway].charge(key, self.limit))
            # Leased ones count when they are let through, others when the store counted them.
            self.note(self.windows.last_asked or (key, self.windows.window_of(key)), charge)

    @rule(gateway=gateways, key=keys, count=st.integers(1, 30))
    def requests_come_at_once(self, gateway: int, key: str, count: int) -> None:
        async def at_once() -> list[Charge]:
            limiter = self.limiters[gateway]
            return await asyncio.gather(*(limiter.charge(key, self.limit) for _ in range(count)))

        self.windows.delays_s = (0, 0)
        for charge in self.runner.run(at_once()):
            self.note((key, self.windows.window_of(key)), charge)

    def note(self, window: tuple[str, float], charge: Charge) -> None:
        assert 0 <= charge.remaining < charge.limit == self.limit.requests
        if charge.retry_after_s is None:
            self.let_through[window] += 1
        else:
            assert charge.remaining == 0
            assert 1 <= charge.retry_after_s <= WINDOW_S
            assert charge.resets_at <= self.time.epoch() + WINDOW_S + 1

    @rule(gateway=gateways)
    def a_gateway_starts_anew(self, gateway: int) -> None:
        self.limiters[gateway] = self.limiter(gateway)

    @rule(passed_s=seconds)
    def time_passes(self, passed_s: float) -> None:
        self.time.passed_s += passed_s

    @rule(there_s=st.floats(0, 2), back_s=st.floats(0, 2))
    def the_database_becomes_slow(self, there_s: float, back_s: float) -> None:
        self.windows.delays_s = (there_s, back_s)

    @invariant()
    def nobody_is_given_more_than_the_limit(self) -> None:
        for of, count in self.let_through.items():
            assert count <= self.windows.granted[of], "what was leased in one window was used in another"
        assert all(granted <= self.limit.requests for granted in self.windows.granted.values())


class GatewaysThatCountEveryRequest(Gateways):
    limit = Limit(requests=10)


TestLeases = Gateways.TestCase
TestLeases.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestExact = GatewaysThatCountEveryRequest.TestCase
TestExact.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
