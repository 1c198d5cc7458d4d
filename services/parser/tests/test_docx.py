import zipfile
from io import BytesIO

import docx as python_docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT_BOX = f"""
<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
     xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
     xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>
    <w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:textbox><w:txbxContent>
    <w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""


def saved(document: WordDocument) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_headers_come_first_and_footers_last() -> None:
    document = python_docx.Document()
    document.add_paragraph("Body")
    document.sections[0].header.paragraphs[0].text = "Ann Lee"
    document.sections[0].footer.paragraphs[0].text = "Page"
    lines = docx.extract(saved(document)).lines
    assert [(line.text, line.story) for line in lines] == [
        ("Ann Lee", "header"),
        ("Body", "body"),
        ("Page", "footer"),
    ]


def test_styles_give_weight_size_and_lists() -> None:
    document = python_docx.Document()
    document.add_paragraph("Experience", style="Heading 1")
    document.add_paragraph("Wrote things", style="List Bullet")
    heading, item = docx.extract(saved(document)).lines
    assert (heading.weight, heading.font_size, heading.is_list_item) == (700, 14.0, False)
    assert (item.style, item.is_list_item, item.weight) == ("List Bullet", True, 400)


def test_dates_beside_a_job_are_joined_with_it() -> None:
    document = python_docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.text = "2019 – 2022"
    right.text = "Acme GmbH, Berlin\nEngineer"
    assert [line.text for line in docx.extract(saved(document)).lines] == [
        "2019 – 2022\tAcme GmbH, Berlin",
        "Engineer",
    ]


def test_dates_and_place_on_the_right_are_joined_with_employer_and_title() -> None:
    document = python_docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.text = "Acme GmbH\nEngineer"
    right.text = "Berlin\n2019 – 2022"
    assert [line.text for line in docx.extract(saved(document)).lines] == [
        "Acme GmbH\tBerlin",
        "Engineer\t2019 – 2022",
    ]


def test_columns_of_a_layout_table_are_read_one_by_one() -> None:
    document = python_docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.text = "Skills\nSQL\nPython"
    right.text = "Experience\nEngineer\nAcme"
    lines = docx.extract(saved(document)).lines
    assert [line.text for line in lines] == ["Skills", "SQL", "Python", "Experience", "Engineer", "Acme"]
    assert [line.column for line in lines] == [0, 0, 0, 1, 1, 1]


def test_a_text_box_is_read_once() -> None:
    document = python_docx.Document()
    document.element.body.insert(0, parse_xml(TEXT_BOX))
    lines = docx.extract(saved(document)).lines
    assert [(line.text, line.story) for line in lines] == [("In the box", "text_box")]


def test_deleted_text_is_left_out_and_breaks_part_lines() -> None:
    document = python_docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {W}><w:r><w:t>One</w:t><w:br/><w:t>Two</w:t><w:tab/><w:t>2020</w:t></w:r>"
            "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        ),
    )
    assert [line.text for line in docx.extract(saved(document)).lines] == ["One", "Two\t2020"]


def test_entities_are_not_expanded(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>Seen &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", xml)
    assert "secret" not in "".join(line.text for line in docx.extract(buffer.getvalue()).lines)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more"])
def test_a_damaged_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        docx.extract(data)


def test_an_empty_document_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no text"):
        docx.extract(saved(python_docx.Document()))
