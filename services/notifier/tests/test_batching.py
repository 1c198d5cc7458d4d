from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.webhook_events import MOST_IN_A_BATCH
from hotgigs.notifier.batching import portions


@given(count=st.integers(0, 350), taken=st.integers(0, MOST_IN_A_BATCH))
def test_each_item_is_in_one_portion_in_order_and_only_the_last_is_not_full(count: int, taken: int) -> None:
    items = list(range(count))
    first, *others = made = portions(items, taken=taken)
    assert [each for portion in made for each in portion.items] == items
    sizes = [taken + len(first.items), *(len(each.items) for each in others)]
    assert all(size == MOST_IN_A_BATCH for size in sizes[:-1])
    assert sizes[-1] <= MOST_IN_A_BATCH
    assert all(sizes[1:])
    assert [each.is_full for each in made] == [size == MOST_IN_A_BATCH for size in sizes]
