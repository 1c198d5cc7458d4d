"""After all other tests: what they sent and read is in no line of any log."""

import json

from e2e.api import Secrets
from e2e.deployment import Deployment
from e2e.samples import PEOPLE

PHONES = ["313900642", "491570156", "261913407", "2185550148", "1614960382"]


def test_no_log_line_has_personal_data_a_token_or_a_password(
    deployment: Deployment, secrets: Secrets
) -> None:
    people = [
        word for full_name, email, _ in PEOPLE.values() for word in (full_name, email, *full_name.split())
    ]
    log = deployment.log_text()
    assert "handled" in log
    digits = log.replace(" ", "").replace("-", "")
    assert [word for word in [*people, *secrets.words] if word.casefold() in log.casefold()] == []
    assert [phone for phone in PHONES if phone in digits] == []


def test_every_log_line_is_json_with_a_time_a_level_and_an_event(deployment: Deployment) -> None:
    lines = deployment.log_text().splitlines()
    assert lines
    odd = [line for line in lines if not {"timestamp", "level", "event"} <= _fields(line)]
    assert odd == []


def test_no_request_of_all_these_tests_failed_on_our_side(deployment: Deployment) -> None:
    assert deployment.logged(event="request_failed") == []
    assert deployment.logged(event="task_failed") == []
    assert deployment.logged(event="dead_lettered") == []


def _fields(line: str) -> set[str]:
    try:
        return set(json.loads(line))
    except ValueError:
        return set()
