"""Whose deliveries are tried next."""

from collections import Counter
from uuid import UUID

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from hotgigs.notifier.fair_shares import Taken, Turns, Waiting, fair_shares

SLOTS = 200


def webhook(
    number: int,
    *,
    owner: int = 1,
    host: int | None = None,
    due: int = 4,
    in_hand: int = 0,
    limit: int = 4,
    trying: int = 0,
    is_doubtful: bool = False,
) -> Waiting:
    return Waiting(
        webhook_id=UUID(int=number),
        owner_id=UUID(int=1_000 + owner),
        host=f"{number if host is None else host}.example",
        due=due,
        in_hand=in_hand,
        limit=limit,
        trying=trying,
        is_doubtful=is_doubtful,
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Waiting], Taken, int]:
    """Who waits; the slots that they and others have; and how many there are."""
    slots = draw(st.integers(2, 40))
    waiting: list[Waiting] = []
    taken = Taken()
    for number in range(draw(st.integers(0, 25))):
        is_doubtful = draw(st.booleans())
        room = slots // 2 - taken.of_kind(is_doubtful=True) if is_doubtful else slots
        trying = draw(st.integers(0, max(0, min(4, room, slots - taken.total))))
        limit = draw(st.integers(1, 4))
        each = webhook(
            number,
            owner=draw(st.integers(1, 5)),
            host=draw(st.integers(1, 6)),
            due=draw(st.integers(1, 6)),
            in_hand=trying + draw(st.integers(0, 2)),
            limit=limit,
            trying=trying,
            is_doubtful=is_doubtful,
        )
        taken.by_party[each.party] += trying
        taken.by_host[each.host, is_doubtful] += trying
        waiting.append(each)
    return waiting, taken, slots


def on_hosts_of_their_own(
    situation: tuple[list[Waiting], Taken, int],
) -> tuple[list[Waiting], Taken, int]:
    waiting, taken, slots = situation
    return (
        [msgspec.structs.replace(each, host=str(each.webhook_id)) for each in waiting],
        Taken(by_party=taken.by_party),
        slots,
    )


@given(situations())
def test_no_limit_is_ever_exceeded(situation: tuple[list[Waiting], Taken, int]) -> None:
    waiting, taken, slots = situation
    shares = fair_shares(waiting, taken, slots=slots)
    of = {each.webhook_id: each for each in waiting}
    assert all(0 < share <= of[each].due for each, share in shares.items())
    assert all(of[each].in_hand + share <= of[each].limit for each, share in shares.items())
    assert taken.total + sum(shares.values()) <= slots
    doubtful = sum(share for each, share in shares.items() if of[each].is_doubtful)
    assert taken.of_kind(is_doubtful=True) + doubtful <= slots // 2
    for each in shares:
        at_host = sum(
            shares.get(other.webhook_id, 0)
            for other in waiting
            if (other.host, other.is_doubtful) == (of[each].host, of[each].is_doubtful)
        )
        assert taken.by_host[of[each].host, of[each].is_doubtful] + at_host <= max(1, slots // 4)


@given(situations())
def test_no_slot_is_left_to_nobody_while_a_webhook_that_is_well_has_none(
    situation: tuple[list[Waiting], Taken, int],
) -> None:
    waiting, taken, slots = on_hosts_of_their_own(situation)
    shares = fair_shares(waiting, taken, slots=slots)
    has_none = [
        each
        for each in waiting
        if not each.is_doubtful
        and each.in_hand < each.limit
        and each.trying + shares.get(each.webhook_id, 0) == 0
    ]
    assert not has_none or taken.total + sum(shares.values()) == slots


@given(situations())
def test_nobody_is_given_another_slot_while_an_owner_who_could_have_one_has_two_fewer(
    situation: tuple[list[Waiting], Taken, int],
) -> None:
    waiting, taken, slots = on_hosts_of_their_own(situation)
    shares = fair_shares(waiting, taken, slots=slots)
    had, has = Counter(taken.by_party), Counter(taken.by_party)
    for each in waiting:
        has[each.party] += shares.get(each.webhook_id, 0)
    was_given = [has[party] for party in has if has[party] > had[party]]
    assume(was_given)
    for each in waiting:
        could_have_one = (
            not each.is_doubtful
            and each.in_hand < each.limit
            and each.trying + shares.get(each.webhook_id, 0) == 0
        )
        if could_have_one:
            assert has[each.party] >= max(was_given) - 1


@given(
    owners=st.lists(st.lists(st.booleans(), min_size=1, max_size=6), min_size=1, max_size=8),
    slots=st.integers(2, 12),
)
def test_nobody_who_waits_is_passed_over_for_ever(owners: list[list[bool]], slots: int) -> None:
    waiting = [
        webhook(10 * owner + number, owner=owner, is_doubtful=is_doubtful)
        for owner, webhooks in enumerate(owners)
        for number, is_doubtful in enumerate(webhooks)
    ]
    turns, served = Turns(), set[UUID]()
    for _ in range(sum(map(len, owners)) * len(owners)):
        in_order = turns.in_order(waiting)
        shares = fair_shares(in_order, Taken(), slots=slots)
        turns.had(each for each in in_order if each.webhook_id in shares)
        served |= shares.keys()
    assert served == {each.webhook_id for each in waiting}


def test_an_owner_of_many_webhooks_has_no_more_than_one_of_few() -> None:
    many = [webhook(number, owner=1) for number in range(20)]
    few = [webhook(100 + number, owner=2) for number in range(4)]
    shares = fair_shares([*many, *few], Taken(), slots=8)
    assert [shares.get(each.webhook_id) for each in few] == [1, 1, 1, 1]
    assert sum(shares.values()) == 8


def test_a_webhook_that_is_alone_has_as_many_as_it_may() -> None:
    assert fair_shares([webhook(1, due=9)], Taken(), slots=SLOTS) == {UUID(int=1): 4}


def test_those_that_are_slow_leave_half_to_the_others() -> None:
    slow = [webhook(number, owner=number, is_doubtful=True) for number in range(500)]
    well = [webhook(1_000 + number, owner=1_000 + number) for number in range(100)]
    shares = fair_shares([*slow, *well], Taken(), slots=SLOTS)
    assert all(shares[each.webhook_id] == 1 for each in well)
    assert sum(shares.get(each.webhook_id, 0) for each in slow) == SLOTS // 2


def test_webhooks_that_die_together_before_anybody_knows_leave_slots_to_others() -> None:
    dying = [webhook(number, owner=number) for number in range(90)]
    shares = fair_shares(dying, Taken(), slots=SLOTS)
    held = sum(shares.values())
    assert held == len(dying)
    later = fair_shares(
        [msgspec.structs.replace(each, trying=1, in_hand=1) for each in dying]
        + [webhook(1_000 + number, owner=1_000 + number) for number in range(90)],
        Taken(by_party=Counter(each.party for each in dying)),
        slots=SLOTS,
    )
    assert {each.int for each in later} == set(range(1_000, 1_090))


def test_the_webhooks_of_one_provider_have_a_quarter_however_many_they_are() -> None:
    of_one = [webhook(number, owner=number, host=1) for number in range(300)]
    others = [webhook(1_000 + number, owner=1_000 + number) for number in range(100)]
    shares = fair_shares([*of_one, *others], Taken(), slots=SLOTS)
    assert sum(shares.get(each.webhook_id, 0) for each in of_one) == SLOTS // 4
    assert all(shares[each.webhook_id] == 1 for each in others)
