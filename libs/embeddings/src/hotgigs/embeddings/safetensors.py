"""Tensors of a safetensors file, in place.

The format: the header's length as 8 bytes little-endian, the header in JSON with each tensor's type,
shape and offsets behind the header, then the tensors.
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def map_float32(path: Path) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors by name, as views of the mapped file: a page of it is read when it is used, and
    is shared by all processes that map it."""
    with path.open("rb") as file:
        header_bytes = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(header_bytes))
    content = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + header_bytes)
    return {
        name: content[slice(*entry["data_offsets"])].view(np.float32).reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }
