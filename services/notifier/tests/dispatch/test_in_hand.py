"""What a process knows of the webhooks that it tries."""

from uuid import UUID

from hotgigs.notifier.claiming import Claimed, DueWebhook
from hotgigs.notifier.in_hand import InHand


def claimed(number: int, *, host: str = "one.example", webhook: int | None = None) -> Claimed:
    return Claimed(
        delivery_id=UUID(int=number),
        webhook_id=UUID(int=number if webhook is None else webhook),
        owner_id=UUID(int=1),
        token=UUID(int=2),
        url=f"https://{host}/{number}",
        waited_s=None,
        failing_s=None,
    )


def due(
    number: int, *, host: str = "one.example", is_failing: bool = False, mean_ms: float = 0
) -> DueWebhook:
    return DueWebhook(
        webhook_id=UUID(int=number),
        owner_id=UUID(int=1),
        url=f"https://{host}/{number}",
        due=1,
        in_hand=0,
        is_failing=is_failing,
        mean_duration_ms=mean_ms,
    )


def doubted(in_hand: InHand, *webhooks: DueWebhook, now: float) -> list[bool]:
    return [each.is_doubtful for each in in_hand.waiting(list(webhooks), most_each=4, now=now)]


def begun(*tries: Claimed) -> InHand:
    """At 0."""
    in_hand = InHand()
    for each in tries:
        in_hand.take(each, is_doubtful=False)
        in_hand.begin(each, now=0.0)
    return in_hand


def test_a_webhook_that_is_failing_has_one_slot_and_is_in_doubt_as_one_that_was_slow() -> None:
    failing, slow, well = InHand().waiting(
        [due(1, is_failing=True), due(2, mean_ms=3000), due(3, mean_ms=200)], most_each=4, now=0.0
    )
    assert [each.limit for each in (failing, slow, well)] == [1, 4, 4]
    assert [each.is_doubtful for each in (failing, slow, well)] == [True, True, False]


def test_a_webhook_is_in_doubt_while_a_try_takes_long() -> None:
    in_hand = begun(long := claimed(1))
    assert doubted(in_hand, due(1), due(2), now=0.5) == [False, False]
    assert doubted(in_hand, due(1), due(2), now=2.0) == [True, False]
    taken = in_hand.taken(now=2.0)
    assert (taken.total, taken.of_kind(is_doubtful=True)) == (1, 1)
    in_hand.end(long)
    assert doubted(in_hand, due(1), now=2.0) == [False]
    assert in_hand.taken(now=2.0).total == 1
    in_hand.let_go(long)
    assert len(in_hand) == 0


def test_a_host_where_several_webhooks_hang_and_nothing_is_accepted_is_in_doubt_as_a_whole() -> None:
    in_hand = begun(*(claimed(number) for number in range(3)))
    elsewhere = due(9, host="other.example")
    assert doubted(in_hand, due(8), elsewhere, now=2.0) == [True, False]
    in_hand.accept(claimed(7), now=1.5)
    assert doubted(in_hand, due(8), due(1), now=2.0) == [False, True]
    assert doubted(in_hand, due(8), now=3.0) == [True]


def test_one_webhook_alone_puts_no_host_in_doubt() -> None:
    in_hand = begun(*(claimed(number, webhook=1) for number in range(4)))
    assert doubted(in_hand, due(1), due(8), now=2.0) == [True, False]
