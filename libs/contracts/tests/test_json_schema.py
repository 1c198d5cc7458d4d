from datetime import datetime
from typing import Any

from msgspec import Struct

from hotgigs.contracts.json_schema import PLACE, schema_components

TIME = {"type": "string", "format": "date-time"}


class Part(Struct, frozen=True, kw_only=True):
    """A part.

    It has parts.
    """

    parts: tuple["Part", ...] = ()


class Whole(Struct, frozen=True, kw_only=True):
    made_at: datetime
    name: str
    """Of the whole."""
    main_part: Part
    """The one that
    bears the others."""
    spare_part: Part | None = None
    lost_at: datetime | None = None
    seen_at: tuple[datetime, ...] = ()
    mended_at: dict[str, datetime] = {}


def schemas() -> dict[str, dict[str, Any]]:
    return schema_components([Whole])[1]


def test_a_datetime_is_a_date_time_wherever_it_stands() -> None:
    properties = schemas()["Whole"]["properties"]
    assert properties["made_at"] == TIME
    assert properties["lost_at"]["anyOf"] == [TIME, {"type": "null"}]
    assert properties["seen_at"]["items"] == TIME
    assert properties["mended_at"]["additionalProperties"] == TIME
    assert "format" not in properties["name"]


def test_the_docstring_of_a_field_is_its_description() -> None:
    properties = schemas()["Whole"]["properties"]
    assert properties["name"] == {"type": "string", "description": "Of the whole."}
    assert "description" not in properties["made_at"]


def test_a_description_does_not_stand_beside_a_reference() -> None:
    assert schemas()["Whole"]["properties"]["main_part"] == {
        "allOf": [{"$ref": f"{PLACE}Part"}],
        "description": "The one that\nbears the others.",
    }


def test_structs_inside_are_described_too() -> None:
    assert set(schemas()) == {"Whole", "Part"}
    assert schemas()["Part"]["description"] == "A part.\n\nIt has parts."


def test_structs_of_one_name_are_kept_apart() -> None:
    class Other(Struct):
        part: Part

    def another() -> type[Struct]:
        class Part(Struct):
            weighed_at: datetime
            """On the scales."""

        return Part

    refs, found = schema_components([another(), Other])
    assert len(found) == 3
    assert found[refs[0]["$ref"].removeprefix(PLACE)]["properties"] == {
        "weighed_at": TIME | {"description": "On the scales."}
    }
