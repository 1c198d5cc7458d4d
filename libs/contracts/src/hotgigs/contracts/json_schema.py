"""JSON Schemas of the messages, for documents about them.

msgspec writes them; what it leaves out is added: that a ``datetime`` is a ``date-time`` of RFC 3339, which
is how it goes over the wire, and the docstrings of fields.
"""

import ast
import textwrap
from collections.abc import Iterator, Sequence
from inspect import cleandoc, getsource
from typing import Any

import msgspec
from msgspec import Struct, inspect

Schema = dict[str, Any]

PLACE = "#/components/schemas/"
"""Where AsyncAPI and OpenAPI documents keep schemas."""


def schema_components(types: Sequence[type[Struct]]) -> tuple[list[Schema], dict[str, Schema]]:
    """A reference for each of ``types``, and the schemas of these and of all structs inside them, by name.

    The schemas are of JSON Schema 2020-12, and of the part of it that draft 07 has too. A reference is
    ``{"$ref": PLACE + name}``.
    """
    classes = list(dict.fromkeys((*types, *_structs(inspect.multi_type_info(types)))))
    refs, schemas = msgspec.json.schema_components(classes, ref_template=PLACE + "{name}")
    for struct, ref in zip(inspect.multi_type_info(classes), refs, strict=True):
        assert isinstance(struct, inspect.StructType)
        _complete(struct, schemas[ref["$ref"].removeprefix(PLACE)])
    return list(refs[: len(types)]), schemas


def _structs(node: object, seen: frozenset[type] = frozenset()) -> Iterator[type[Struct]]:
    if isinstance(node, inspect.StructType):
        if node.cls in seen:
            return
        seen |= {node.cls}
        yield node.cls
    if isinstance(node, inspect.Type | inspect.Field):
        node = [getattr(node, name) for name in node.__struct_fields__]
    if isinstance(node, tuple | list):
        for part in node:
            yield from _structs(part, seen)


def _complete(struct: inspect.StructType, schema: Schema) -> None:
    if "description" in schema:
        schema["description"] = cleandoc(schema["description"])
    docstrings = _field_docstrings(struct.cls)
    for field in struct.fields:
        described = schema["properties"][field.encode_name]
        _tell_times(field.type, described)
        if field.name in docstrings:
            if "$ref" in described:
                # What stands beside a reference does not count in draft 07.
                described = schema["properties"][field.encode_name] = {"allOf": [described]}
            described["description"] = docstrings[field.name]


def _tell_times(node: inspect.Type, schema: Schema) -> None:
    match node:
        case inspect.DateTimeType():
            schema["format"] = "date-time"
        case inspect.UnionType(types=types):
            # msgspec allows one kind of string in a union, so that this is its only one.
            for part in types:
                if isinstance(part, inspect.DateTimeType):
                    _tell_times(part, next(s for s in schema["anyOf"] if s.get("type") == "string"))
        case inspect.CollectionType(item_type=item_type):
            _tell_times(item_type, schema.get("items", {}))
        case inspect.DictType(value_type=value_type):
            _tell_times(value_type, schema.get("additionalProperties", {}))


def _field_docstrings(struct: type) -> dict[str, str]:
    """By field name: the string literals that stand below the fields of the class."""
    (definition,) = ast.parse(textwrap.dedent(getsource(struct))).body
    assert isinstance(definition, ast.ClassDef)
    docstrings = {}
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(docstring))),
            ):
                docstrings[name] = cleandoc(docstring)
    return docstrings
