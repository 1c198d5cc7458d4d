"""RTF, the Rich Text Format, which is often saved under the extension .doc."""

import re

from hotgigs.parser.document import Document
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction.margins import distinct
from hotgigs.parser.extraction.rich_text.reader import Reader
from hotgigs.parser.extraction.rich_text.tokens import tokens

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")
_NOT_RTF = "The document is not in the Rich Text Format, or its beginning is missing."


def extract(data: bytes) -> Document:
    """Headers, then the body with each text box after the line it is anchored to, then footers.

    Footnotes, comments, hidden text and deleted text are left out; repeated headers come once. A
    document that ends too early is read as far as it goes. Raises `Unreadable`.
    """
    begin = _BEGIN.match(data)
    if begin is None:
        raise Unreadable(_NOT_RTF)
    reader = Reader()
    for token in tokens(data[begin.end() - len(rb"{\rtf") :]):
        reader.read(token)
    reader.finish()
    margins = distinct(reader.margins)
    headers = [line for line in margins if line.story == "header"]
    footers = [line for line in margins if line.story == "footer"]
    return Document(lines=(*headers, *reader.body.lines, *footers))
