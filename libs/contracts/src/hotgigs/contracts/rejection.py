"""Why a command was not carried out."""

from typing import Literal

from msgspec import Struct


class Rejection(Struct, frozen=True, kw_only=True):
    """Nothing was changed. ``detail`` is for who asked."""

    code: Literal["not_found", "forbidden", "conflict"]
    detail: str
