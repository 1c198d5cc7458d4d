"""Every service has the same rooms with the same names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from hotgigs.chassis.handlers import BatchHandler, WorkHandler
from hotgigs.chassis.service import AnyService, installed_services
from hotgigs.contracts.registry import MESSAGES, type_of

ROOT = Path(__file__).parents[2]
SERVICES = list(installed_services().values())
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)

# What the chassis does for all services, or what another room is for.
NOT_A_ROOM = {
    "main", "__main__", "app", "db", "database", "logging", "logs", "config", "models", "repository",
    "handlers", "consumers", "events", "health", "outbox", "inbox", "bus",
}  # fmt: skip


def package(service: AnyService) -> Path:
    return ROOT / "services" / service.name / "src" / "hotgigs" / service.schema


def test_every_folder_is_an_installed_service() -> None:
    folders = {path.parent.name for path in (ROOT / "services").glob("*/pyproject.toml")}
    assert {service.name for service in SERVICES} == folders


@each_service
def test_a_service_has_its_rooms_and_no_others_under_their_names(service: AnyService) -> None:
    rooms = {path.stem for path in package(service).iterdir()}
    assert {"service", "tables", "migrations"} <= rooms
    assert not rooms & NOT_A_ROOM


@each_service
def test_every_handler_lies_in_the_file_of_its_message(service: AnyService) -> None:
    for handler in service.handlers:
        name = type_of(handler.message).name
        functions = {
            "handle": None if isinstance(handler, BatchHandler | WorkHandler) else handler.handle,
            "handle_all": handler.handle_all if isinstance(handler, BatchHandler) else None,
            "record": handler.record if isinstance(handler, WorkHandler) else None,
        }
        modules = {function.__module__ for function in functions.values() if function is not None}
        assert modules == {f"hotgigs.{service.schema}.on_{name}"}


@each_service
def test_every_handler_is_for_the_newest_version_of_its_message(service: AnyService) -> None:
    newest: dict[str, int] = {}
    for message in map(type_of, MESSAGES):
        newest[message.routing_key] = max(newest.get(message.routing_key, 0), message.version)
    heard = map(type_of, (handler.message for handler in service.handlers))
    assert all(message.version == newest[message.routing_key] for message in heard)


@each_service
def test_every_file_of_a_message_is_declared(service: AnyService) -> None:
    heard = {f"on_{type_of(handler.message).name}" for handler in service.handlers}
    assert {path.stem for path in package(service).glob("on_*.py")} == heard


@each_service
def test_a_service_has_one_queue_a_message(service: AnyService) -> None:
    names = [queue.name for queue in service.queues]
    assert len(names) == len(set(names))


def test_every_command_is_heard_by_exactly_one_service() -> None:
    heard = [
        type_of(handler.message).routing_key
        for service in SERVICES
        for handler in service.handlers
        if type_of(handler.message).kind == "command"
    ]
    assert sorted(heard) == sorted(
        {type_of(message).routing_key for message in MESSAGES if type_of(message).kind == "command"}
    )


@each_service
def test_every_table_lies_in_the_services_own_schema(service: AnyService) -> None:
    assert service.metadata.schema == service.schema
    assert {table.schema for table in service.metadata.tables.values()} == {service.schema}


@each_service
def test_no_statement_names_a_table_of_another_service(service: AnyService) -> None:
    foreign = [name for other in SERVICES if other is not service for name in other.metadata.tables]
    names = "|".join(map(re.escape, [*foreign, "bus.queues", "bus.deliveries"]))
    pattern = re.compile(rf"\b({names})\b")
    found = [
        (str(file), text)
        for file in package(service).rglob("*.py")
        for text in _strings(file)
        if pattern.search(text)
    ]
    assert not found


@each_service
def test_only_the_chassis_commits(service: AnyService) -> None:
    for file in package(service).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"commit", "rollback"}, f"{file}:{node.lineno}"


def _strings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@each_service
def test_the_owners_of_read_models_tell_their_state(service: AnyService) -> None:
    installed = installed_services()
    for model in service.read_models:
        assert [name for name in model.owners if installed[name].public_state is None] == []


@each_service
async def test_a_trigger_notes_every_change_of_what_an_owner_tells(
    service: AnyService, database_url: str
) -> None:
    tables = {
        f"{table.schema}.{table.name}"
        for table in service.metadata.tables.values()
        if "changed_in" in table.c
    }
    assert bool(tables) == (service.public_state is not None)
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch(
        "SELECT tgrelid::regclass::text AS name FROM pg_trigger"
        " JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE relnamespace = $1::regnamespace AND tgname = 'note_change' AND tgenabled = 'O'",
        service.schema,
    )
    await connection.close()
    assert {row["name"] for row in rows} == tables
