"""Whatever can be the matter with a webhook or a delivery is said in words."""

from typing import get_args

import pytest
from told import NOW
from told_by_notifier import attempt, delivery, webhook

from hotgigs.contracts.webhook_state import AttemptError, DisabledBy
from hotgigs.gateway.webhooks.shown import shown_delivery, shown_webhook


@pytest.mark.parametrize("disabled_by", get_args(DisabledBy))
def test_why_a_webhook_is_off(disabled_by: DisabledBy) -> None:
    told = shown_webhook(webhook("off", is_active=False, disabled_by=disabled_by), NOW).disabled_reason
    assert told is not None
    assert told.endswith(".")
    assert disabled_by not in told.split()


@pytest.mark.parametrize("error", get_args(AttemptError))
def test_why_a_try_was_not_accepted(error: AttemptError) -> None:
    (told,) = shown_delivery(delivery("lost", attempts=(attempt(error=error),))).attempts
    assert told.error is not None
    assert told.error.endswith(".")


def test_all_of_them_are_told_apart() -> None:
    attempts = tuple(attempt(error=error) for error in get_args(AttemptError))
    told = [each.error for each in shown_delivery(delivery("lost", attempts=attempts)).attempts]
    assert len(set(told)) == len(told)


def test_what_is_well_needs_no_words() -> None:
    assert shown_webhook(webhook("on"), NOW).disabled_reason is None
    (told,) = shown_delivery(delivery("told", attempts=(attempt(),))).attempts
    assert told.error is None
