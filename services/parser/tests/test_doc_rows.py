from hotgigs.parser.extraction.word_binary.formats import ParagraphFormat, modified_paragraph


def test_a_row_of_many_columns_ends_where_its_modifiers_stand_elsewhere() -> None:
    grpprl = b"\x46\x66\x00\x10\x00\x00"
    assert modified_paragraph(ParagraphFormat(), grpprl) == ParagraphFormat(in_table=True, is_row_end=True)
