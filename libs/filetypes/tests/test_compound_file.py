"""Our reader of compound files against another one, olefile."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.filetypes.compound_file import CompoundFile
from hotgigs.filetypes.errors import Damaged, Rejected

SAMPLE = (Path(__file__).parents[3] / "samples" / "caleb-norquist.doc").read_bytes()


def test_all_streams_are_read_as_olefile_reads_them() -> None:
    compound = CompoundFile(io.BytesIO(SAMPLE))
    with olefile.OleFileIO(io.BytesIO(SAMPLE)) as other:
        paths = other.listdir(streams=True)
        sizes = {path[-1]: other.get_size(path) for path in paths}
        assert min(sizes.values()) < 4096 <= max(sizes.values())
        assert compound.names == set(sizes)
        for path in paths:
            assert compound.read(path[-1]) == other.openstream(path).read()


def test_a_stream_is_read_no_further_than_asked(
    compound_file_of: Callable[[Mapping[str, bytes]], bytes],
) -> None:
    content = compound_file_of({"Notes": b"abcdef" * 2000})
    assert CompoundFile(io.BytesIO(content)).read("Notes", 10) == b"abcdefabcd"


def test_a_stream_that_is_not_there_is_damage() -> None:
    with pytest.raises(Damaged):
        CompoundFile(io.BytesIO(SAMPLE)).read("Workbook")


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=30))
def test_a_corrupted_file_is_read_or_rejected(changes: list[tuple[int, int]]) -> None:
    content = bytearray(SAMPLE)
    for at, value in changes:
        content[at] = value
    try:
        compound = CompoundFile(io.BytesIO(content))
        total = sum(len(compound.read(name)) for name in compound.names)
    except Rejected:
        return
    assert total <= len(compound.names) * len(content)
