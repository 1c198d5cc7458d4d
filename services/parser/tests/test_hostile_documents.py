"""Documents made to do harm, through real workers: data or a plain sentence, and the next one at once."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from hostile import doc, docx, pdf, rtf

from hotgigs.filetypes import FileType
from hotgigs.parser.parsing import ParseFailed, Parsing, open_parsing
from hotgigs.parser.settings import ParserSettings

HONEST = rb"{\rtf1\ansi Ada Example\par ada@mail.example\par}"
CANARY = "canary-4711"
INSIDE = ("/", "\\", "Error", "Exception", "Traceback", "worker", "\n", CANARY)
"""What tells of the inside of the system."""
DATA, REFUSED, STOPPED = "data", "refused", "out_of_time or out_of_memory"

ENDLESS: dict[str, tuple[FileType, Callable[[], bytes]]] = {
    "a page that never ends": (FileType.PDF, pdf.form_bomb),
    "a font that hangs": (FileType.PDF, pdf.type3_bomb),
    "a deep page tree": (FileType.PDF, pdf.deep_page_tree),
}

ATTACKS: dict[str, tuple[FileType, Callable[[], bytes], set[str]]] = {
    "flate bomb": (FileType.PDF, lambda: pdf.flate_bomb(50), {DATA, STOPPED}),
    "flate bomb in a font": (FileType.PDF, lambda: pdf.font_file_bomb(50), {DATA, STOPPED}),
    "bomb of text": (FileType.PDF, lambda: pdf.text_bomb(1_500_000), {DATA, STOPPED}),
    "picture bomb": (FileType.PDF, lambda: pdf.picture_bomb(16_000), {REFUSED}),
    "page loop": (FileType.PDF, pdf.page_loop, {REFUSED}),
    "two thousand million pages": (FileType.PDF, pdf.page_claims, {REFUSED}),
    "5,000 pages": (FileType.PDF, pdf.many_pages, {REFUSED}),
    "deep arrays": (FileType.PDF, pdf.deep_arrays, {DATA, REFUSED}),
    "forms in each other": (FileType.PDF, pdf.form_loop, {DATA}),
    "a font that is its own letter": (FileType.PDF, pdf.type3_loop, {DATA, REFUSED}),
    "a character map that never ends": (FileType.PDF, pdf.cmap_giant_ranges, {DATA, REFUSED}),
    "a character map on itself": (FileType.PDF, pdf.cmap_loop, {DATA, REFUSED}),
    "a table after itself": (FileType.PDF, pdf.previous_loop, {DATA, REFUSED}),
    "absurd numbers in a PDF": (FileType.PDF, pdf.absurd_numbers, {DATA, REFUSED}),
    "a page of a row of words": (FileType.PDF, pdf.one_baseline, {REFUSED}),
    "zip bomb": (FileType.DOCX, lambda: docx.zip_bomb(60), {REFUSED}),
    "tree bomb": (FileType.DOCX, docx.tree_bomb, {REFUSED}),
    "entity bomb": (FileType.DOCX, docx.entity_bomb, {DATA, REFUSED}),
    "entity of a megabyte": (FileType.DOCX, docx.entity_blow_up, {DATA, REFUSED}),
    "nested tables": (FileType.DOCX, docx.nested_tables, {REFUSED}),
    "nested text boxes": (FileType.DOCX, docx.nested_boxes, {DATA, REFUSED}),
    "styles in a circle": (FileType.DOCX, docx.style_loop, {DATA}),
    "a million line breaks": (FileType.DOCX, docx.many_breaks, {REFUSED}),
    "overlapping members": (FileType.DOCX, docx.overlapping_entries, {REFUSED}),
    "damaged bzip2": (FileType.DOCX, docx.damaged_bzip2, {REFUSED}),
    "damaged lzma": (FileType.DOCX, docx.damaged_lzma, {REFUSED}),
    "names that lead out": (FileType.DOCX, docx.names_that_lead_out, {DATA}),
    "sectors in a circle": (FileType.DOC, doc.sector_loop, {REFUSED}),
    "a directory in a circle": (FileType.DOC, doc.directory_loop, {REFUSED}),
    "text beyond the file": (FileType.DOC, doc.lengths_beyond_the_file, {DATA}),
    "the same bytes again": (FileType.DOC, doc.the_same_bytes_again, {REFUSED}),
    "long modifiers": (FileType.DOC, doc.long_modifiers, {REFUSED}),
    "odd property tables": (FileType.DOC, doc.odd_tables, {DATA}),
    "nested groups": (FileType.RTF, rtf.nested_groups, {REFUSED}),
    "ends without beginnings": (FileType.RTF, lambda: rtf.unbalanced_ends(400_001), {REFUSED}),
    "binary data that is not there": (FileType.RTF, rtf.binary_claims, {DATA}),
    "absurd numbers in RTF": (FileType.RTF, rtf.absurd_numbers, {DATA}),
    "many lines": (FileType.RTF, rtf.many_lines, {REFUSED}),
    "many cells": (FileType.RTF, rtf.many_cells, {REFUSED}),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parsing() -> AsyncIterator[Parsing]:
    """With the limits of production."""
    async with open_parsing(ParserSettings(parser_workers=1)) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def impatient() -> AsyncIterator[Parsing]:
    """With little time: what never ends is to be seen, not to be waited for."""
    async with open_parsing(ParserSettings(parser_workers=1, parser_time_limit_s=1)) as opened:
        yield opened


async def answer_to(parsing: Parsing, content: bytes, file_type: FileType) -> tuple[str, str]:
    """The outcome, and what the uploader gets to see."""
    try:
        data = await parsing.parse(content, file_type)
    except ParseFailed as err:
        sentence = str(err)
        assert sentence.endswith(".")
        assert not [mark for mark in INSIDE if mark in sentence]
        return (STOPPED if err.outcome in STOPPED else err.outcome), sentence
    return DATA, msgspec.json.encode(data).decode()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ATTACKS)
async def test_a_hostile_document_ends_as_data_or_a_plain_sentence(parsing: Parsing, name: str) -> None:
    file_type, make, expected = ATTACKS[name]
    outcome, _ = await answer_to(parsing, make(), file_type)
    assert outcome in expected
    assert (await parsing.parse(HONEST, FileType.RTF)).email == "ada@mail.example"


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ENDLESS)
async def test_a_document_that_never_ends_is_stopped(impatient: Parsing, name: str) -> None:
    file_type, make = ENDLESS[name]
    outcome, _ = await answer_to(impatient, make(), file_type)
    assert outcome in (STOPPED, REFUSED)
    assert (await impatient.parse(HONEST, FileType.RTF)).email == "ada@mail.example"


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("file_type", "make"),
    [
        pytest.param(FileType.DOCX, docx.external_entity, id="entity"),
        pytest.param(FileType.DOCX, docx.external_parameter_entity, id="parameter entity"),
        pytest.param(FileType.DOCX, docx.external_dtd, id="document type"),
        pytest.param(FileType.DOCX, docx.included_part, id="inclusion"),
        pytest.param(FileType.DOCX, docx.external_parts, id="relationships"),
        pytest.param(FileType.PDF, pdf.external_contents, id="external stream"),
        pytest.param(FileType.RTF, rtf.included_file, id="field"),
    ],
)
async def test_no_file_of_the_server_is_in_an_answer(
    parsing: Parsing, tmp_path: Path, file_type: FileType, make: Callable[[str], bytes]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f'<!ENTITY e "{CANARY}"> {CANARY}@mail.example')
    address = secret.as_uri() if file_type is FileType.DOCX else str(secret)
    outcome, answer = await answer_to(parsing, make(address), file_type)
    assert outcome in (DATA, REFUSED)
    assert CANARY not in answer
    assert str(tmp_path) not in answer
