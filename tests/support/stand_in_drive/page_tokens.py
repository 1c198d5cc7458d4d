"""Tokens for the next page of a listing: good for the same question of the same user only."""

import base64
import binascii
import hashlib
import json

from support.stand_in_drive.errors import invalid

_ASKED = ("q", "corpora", "driveId", "orderBy", "includeItemsFromAllDrives", "supportsAllDrives", "spaces")


def question(mail: str, query: dict[str, str]) -> str:
    asked = json.dumps([mail, *(query.get(name) for name in _ASKED)])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def written(question_asked: str, position: int) -> str:
    return "~!!~" + base64.urlsafe_b64encode(f"{question_asked}:{position}".encode()).decode()


def position(token: str, question_asked: str) -> int:
    """Raises Refused."""
    try:
        of, _, place = base64.urlsafe_b64decode(token.removeprefix("~!!~")).decode().partition(":")
        number = int(place)
    except (binascii.Error, ValueError) as error:
        raise invalid("pageToken") from error
    if of != question_asked:
        raise invalid("pageToken")
    return number
