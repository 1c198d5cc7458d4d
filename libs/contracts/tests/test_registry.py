import pkgutil
from importlib import import_module

import pytest

import hotgigs.contracts
from hotgigs.contracts.message import Command, Event, Message
from hotgigs.contracts.registry import BY_WIRE_TYPE, KIND_OF, MESSAGES, type_of


def declared() -> set[type[Message]]:
    """Every message class in the package, found by importing all of it."""
    package = hotgigs.contracts
    modules = [
        import_module(module.name)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    classes = {found for module in modules for found in vars(module).values() if isinstance(found, type)}
    return {found for found in classes if issubclass(found, Message)} - {Message, Command, Event}


def test_every_declared_message_is_registered_once() -> None:
    assert set(MESSAGES) == declared()
    assert len(MESSAGES) == len(set(MESSAGES))
    assert all(issubclass(message, Command) != issubclass(message, Event) for message in MESSAGES)


def test_wire_types_are_unique() -> None:
    assert len(BY_WIRE_TYPE) == len(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.__name__)
def test_the_folder_names_the_publisher_and_the_file_the_message(message: type[Message]) -> None:
    _, _, folder, file = message.__module__.split(".")
    message_type = type_of(message)
    assert (message_type.publisher, message_type.name) == (folder, file)
    assert message_type.wire == f"hotgigs.{folder}.{file}.v{message_type.version}"


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.__name__)
def test_all_versions_of_a_message_are_of_one_kind(message: type[Message]) -> None:
    assert KIND_OF[type_of(message).routing_key] == type_of(message).kind


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.__name__)
def test_a_message_cannot_be_changed_after_it_is_made(message: type[Message]) -> None:
    assert message.__struct_config__.frozen


def test_a_class_that_is_not_named_after_its_file_is_refused() -> None:
    class ElsewhereV1(Event, frozen=True, kw_only=True):
        """In no publisher's folder."""

    with pytest.raises(ValueError, match="ElsewhereV1"):
        type_of(ElsewhereV1)
    misnamed = type("SomethingElseV1", (Event,), {"__module__": "hotgigs.contracts.parser.resume_parsed"})
    with pytest.raises(ValueError, match="resume_parsed"):
        type_of(misnamed)
