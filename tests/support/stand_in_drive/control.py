"""The stand-in's methods over HTTP: POST /control/PART/METHOD with the arguments as JSON, bytes in base64."""

import inspect
import typing
from typing import Any

import msgspec
from support.stand_in_drive.accounts import Accounts
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.faults import Faults
from support.stand_in_drive.files import Files
from support.stand_in_drive.messages import Answer, Request, json_answer
from support.stand_in_drive.records import Records

PARTS: dict[str, type] = {"files": Files, "accounts": Accounts, "faults": Faults, "records": Records}


def methods(part: type) -> dict[str, Any]:
    """Those that are decorated with `guarded`."""
    return {
        name: method
        for name, method in vars(part).items()
        if inspect.isfunction(method) and hasattr(method, "__wrapped__")
    }


def answer(request: Request, parts: dict[str, Any], behaviour: Behaviour) -> Answer:
    """Nothing of a test's own mistakes is hidden: they are told in words, with 400."""
    try:
        match [part for part in request.path.split("/") if part]:
            case ["control", "behaviour"]:
                for name, value in msgspec.json.decode(request.body or b"{}").items():
                    wanted = typing.get_type_hints(Behaviour)[name]
                    setattr(behaviour, name, msgspec.convert(value, wanted))
                return json_answer(behaviour)
            case ["control", part, name]:
                method = methods(PARTS[part])[name]
                hints = typing.get_type_hints(method)
                given = {
                    argument: msgspec.convert(value, hints[argument])
                    for argument, value in msgspec.json.decode(request.body or b"{}").items()
                }
                return json_answer(method(parts[part], **given))
    except (KeyError, TypeError, ValueError) as error:
        return json_answer({"error": repr(error)}, 400)
    return json_answer({"error": "no such control"}, 404)
