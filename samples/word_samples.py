"""The two sample resumes that are written with Word's own means: page header, table, text box, lists."""

from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.shared import Pt

_TEXT_BOX = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
     xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
     xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
     xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
     xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing>
   <wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2"
              behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
    <wp:simplePos x="0" y="0"/>
    <wp:positionH relativeFrom="column"><wp:posOffset>3900000</wp:posOffset></wp:positionH>
    <wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
    <wp:extent cx="2000000" cy="1000000"/><wp:wrapSquare wrapText="bothSides"/>
    <wp:docPr id="1" name="Text box"/><wp:cNvGraphicFramePr/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
     <wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>
       <a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="1000000"/></a:xfrm>
       <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
      <wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>
    </a:graphicData></a:graphic>
   </wp:anchor></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:shape style="width:157pt;height:79pt"><v:textbox>
   <w:txbxContent>{paragraphs}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
 </mc:AlternateContent>
</w:r>"""


def solene_kerbrat() -> WordDocument:
    """A physiotherapist: contact in the page header, skills in a table, certificates in a text box."""
    document = _new_document()
    header = document.sections[0].header.paragraphs[0]
    header.text = "Rennes, France | 02 61 91 34 07 | solene.kerbrat@example.com"
    title = document.add_paragraph("Solène Kerbrat", style="Title")
    document.add_paragraph("Sports Physiotherapist")
    _add_text_box(
        title,
        "Certifications",
        "Manual Therapy Diploma, Institut Armor de Kinésithérapie, June 2019",
        "Emergency First Aid, Croix-Rouge française, March 2025",
    )
    document.add_heading("Profile", 1)
    document.add_paragraph(
        "Physiotherapist for runners and handball players, with ten years between clinic and sideline. "
        "Explains every exercise twice and measures before and after."
    )
    document.add_heading("Professional Experience", 1)
    _add_job(
        document,
        "Senior Physiotherapist, Clinique des Deux Rives, Rennes",
        "October 2020 – present",
        "Treats 14 patients a day after knee and shoulder surgery.",
        "Set up a return-to-sport test that three orthopaedic practices now refer to.",
        "Supervises students of the regional school of physiotherapy.",
    )
    _add_job(
        document,
        "Team Physiotherapist, Vannes Handball, Vannes",
        "August 2016 – September 2020",
        "Cut muscle injuries by a third over four seasons with a shared warm-up routine.",
        "Travelled with the first team to 120 matches.",
    )
    document.add_heading("Education", 1)
    document.add_paragraph("Diplôme d'État de masseur-kinésithérapeute, IFPEK Rennes, July 2016")
    document.add_heading("Skills", 1)
    _add_table(
        document,
        ("Clinical", "Manual therapy, Post-operative rehabilitation, Dry needling"),
        ("Sport", "Injury prevention, Return-to-sport testing, Taping"),
        ("Languages", "French (native), English (C1), Breton (B1)"),
    )
    return document


def caleb_norquist() -> WordDocument:
    """A warehouse manager: headings, bullets and a table of dates, to be saved as a DOC."""
    document = _new_document()
    document.sections[0].header.paragraphs[0].text = "Caleb Norquist – Resume"
    document.add_paragraph("Caleb Norquist", style="Title")
    document.add_paragraph("Warehouse Operations Manager")
    document.add_paragraph("Duluth, MN | (218) 555-0148 | caleb.norquist@example.com")
    document.add_heading("Summary", 1)
    document.add_paragraph(
        "Operations manager with fifteen years in cold storage and parcel hubs. Known for safe floors, "
        "honest inventories and shift leads who get promoted."
    )
    document.add_heading("Work Experience", 1)
    _add_job(
        document,
        "Warehouse Operations Manager | Superior Shore Cold Storage | Duluth, MN",
        "June 2019 – Present",
        "Run two shifts and 85 people in a 240,000 sq ft freezer warehouse.",
        "Brought inventory accuracy from 96.1% to 99.7% with daily cycle counts.",
        "Went 900 days without a lost-time injury.",
    )
    _add_job(
        document,
        "Shift Supervisor | Ironwood Parcel | St. Paul, MN",
        "March 2014 – May 2019",
        "Supervised 30 sorters handling 22,000 parcels a night.",
        "Rolled out handheld scanners and wrote the two-page guide that is still in use.",
    )
    _add_job(
        document,
        "Forklift Operator | Lakehead Grain Cooperative | Duluth, MN",
        "September 2010 – February 2014",
        "Loaded rail cars and trained eleven new operators.",
    )
    document.add_heading("Education", 1)
    _add_table(
        document,
        ("May 2018", "B.S. in Supply Chain Management, University of Minnesota Duluth"),
        ("May 2010", "A.A.S. in Logistics, Lake Superior College"),
    )
    document.add_heading("Certifications", 1)
    document.add_paragraph("OSHA 30-Hour General Industry, October 2021", style="List Bullet")
    document.add_paragraph("Certified in Logistics, ASCM, April 2019", style="List Bullet")
    document.add_heading("Skills", 1)
    document.add_paragraph(
        "Inventory control, Labor planning, Forklift safety, Lean Six Sigma, SAP EWM, Microsoft Excel"
    )
    return document


def _new_document() -> WordDocument:
    document = Document()
    document.styles["Normal"].font.name = "Liberation Sans"
    document.styles["Normal"].font.size = Pt(10.5)
    return document


def _add_job(document: WordDocument, title: str, dates: str, *bullets: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(title).bold = True
    paragraph.add_run(f"\n{dates}").italic = True
    for bullet in bullets:
        document.add_paragraph(bullet, style="List Bullet")


def _add_table(document: WordDocument, *rows: tuple[str, str]) -> None:
    table = document.add_table(rows=0, cols=2)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _add_text_box(paragraph: Any, *lines: str) -> None:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    paragraph._p.append(parse_xml(_TEXT_BOX.format(paragraphs=paragraphs)))
