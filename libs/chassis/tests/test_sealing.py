import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.chassis.sealing import Sealing, Unopenable, WeakKey, keys_of

OLD, NEW = "an-old-key-of-32-random-letters-", "a-new-key-of-32-random-letters--"
HERE = b"here"


def sealing(*secrets: str, label: str = "test") -> Sealing:
    return Sealing(secrets, label=label)


def is_opened(by: Sealing, sealed: bytes, context: bytes = HERE) -> bool:
    try:
        by.open(sealed, context=context)
    except Unopenable:
        return False
    return True


@given(st.binary(max_size=300), st.binary(max_size=30))
def test_what_is_sealed_is_opened_in_its_context_and_in_no_other(content: bytes, context: bytes) -> None:
    sealed = sealing(NEW).seal(content, context=context)
    assert sealing(NEW).open(sealed, context=context) == content
    assert not is_opened(sealing(NEW), sealed, context + b"x")
    assert len(content) < 4 or content not in sealed


@given(st.binary(max_size=30), st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_what_was_changed_in_any_byte_is_not_opened(content: bytes, at: int, change: int) -> None:
    sealed = bytearray(sealing(NEW).seal(content, context=HERE))
    sealed[at % len(sealed)] ^= change
    assert not is_opened(sealing(NEW), bytes(sealed))


@given(st.integers(min_value=0))
def test_what_was_cut_off_is_not_opened(end: int) -> None:
    sealed = sealing(NEW).seal(b"content", context=HERE)
    assert not is_opened(sealing(NEW), sealed[: end % len(sealed)])


def test_the_same_content_is_sealed_differently_every_time() -> None:
    assert sealing(NEW).seal(b"content", context=HERE) != sealing(NEW).seal(b"content", context=HERE)


def test_a_key_is_replaced_by_putting_the_new_one_first() -> None:
    sealed_before = sealing(OLD).seal(b"content", context=HERE)
    sealed_after = sealing(NEW, OLD).seal(b"content", context=HERE)
    assert is_opened(sealing(NEW, OLD), sealed_before)
    assert is_opened(sealing(NEW), sealed_after)
    assert not is_opened(sealing(OLD), sealed_after)


def test_the_same_secret_under_another_label_is_another_key() -> None:
    assert not is_opened(sealing(NEW, label="other"), sealing(NEW).seal(b"content", context=HERE))


def test_a_setting_has_its_keys_between_commas() -> None:
    assert keys_of(f"{NEW}, {OLD}") == [NEW, OLD]


@pytest.mark.parametrize("setting", ["", "short", f"{NEW},short", f"{NEW},", NEW[:-1]])
def test_a_weak_key_is_refused_and_not_repeated(setting: str) -> None:
    with pytest.raises(WeakKey) as refusal:
        keys_of(setting)
    assert "HOTGIGS_ENCRYPTION_KEY" in str(refusal.value)
    assert not setting or setting not in str(refusal.value)


def test_what_an_older_key_sealed_is_sealed_anew_and_nothing_else() -> None:
    both = sealing(NEW, OLD)
    anew = both.renewed(sealing(OLD).seal(b"content", context=HERE), context=HERE)
    assert anew is not None
    assert sealing(NEW).open(anew, context=HERE) == b"content"
    assert both.renewed(anew, context=HERE) is None
    with pytest.raises(Unopenable):
        both.renewed(anew, context=b"elsewhere")
