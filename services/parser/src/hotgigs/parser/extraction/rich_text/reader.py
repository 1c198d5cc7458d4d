"""Carries out the control words of an RTF document, group by group."""

from hotgigs.parser.document import Line
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction.allowance import MAX_CHARACTERS, TOO_LONG, Allowance
from hotgigs.parser.extraction.rich_text import code_pages
from hotgigs.parser.extraction.rich_text.destinations import BY_WORD, STORIES, Destination
from hotgigs.parser.extraction.rich_text.state import State, StoryText
from hotgigs.parser.extraction.rich_text.styles import StyleSheet
from hotgigs.parser.extraction.rich_text.tokens import GroupBegin, GroupEnd, Text, Token, Word

_MAX_DEPTH = 1000
_MAX_TOKENS = 400_000
"""Some ten times those of the most elaborate resume."""

_DAMAGED = "The document is damaged and cannot be read; open it in Word, save it as DOCX and upload that."

_CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": " ",
    "_": "-",
    "-": "",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
_LINE_ENDS = frozenset(
    ("par", "line", "sect", "page", "column", "cell", "nestcell", "row", "nestrow", "\r", "\n")
)
_TABLE_ENDS = frozenset(("cell", "row"))


class Reader:
    """Give it all tokens of one document, then take the lines."""

    def __init__(self) -> None:
        self.body = StoryText("body")
        self.margins: list[Line] = []
        """Of all headers and footers, in the order of the file."""
        self._stack: list[State] = []
        self._state = State(Destination.TEXT, self.body)
        self._code_page = code_pages.DEFAULT
        self._font_code_pages: dict[int, str] = {}
        self._font = 0
        """The font that the font table is describing."""
        self._styles = StyleSheet()
        self._styles_depth = 0
        self._pending = bytearray()
        """Text that is not decoded yet: a character's bytes may come in several tokens."""
        self._fallback = 0
        """Characters that are still to be passed over, since they stand in for one already read."""
        self._characters = 0
        self._tokens = 0
        self._allowance = Allowance()

    def read(self, token: Token) -> None:
        """Raises `Unreadable` where the document is nested too deeply or is too long."""
        self._tokens += 1
        if self._tokens > _MAX_TOKENS:
            raise Unreadable(TOO_LONG)
        if isinstance(token, Text):
            self._read_text(token.data)
            return
        self._decode_pending()
        match token:
            case GroupBegin():
                self._begin_group()
            case GroupEnd():
                self._end_group()
            case Word(name, number) if self._state.destination is not Destination.SKIPPED:
                self._read_word(name, number)

    def finish(self) -> None:
        """Ends what the document left open."""
        self._decode_pending()
        while self._stack:
            self._end_group()
        self._end_line("par")
        self.body.end_table()

    def _begin_group(self) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise Unreadable(_DAMAGED)
        self._fallback = 0
        self._stack.append(self._state)
        self._state = self._state.inner()
        if self._state.destination is Destination.STYLES and len(self._stack) == self._styles_depth + 1:
            self._styles.begin(0)

    def _end_group(self) -> None:
        self._fallback = 0
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.text is self._state.text:
            return
        ended.text.end_line(style=self._styles.name(ended.style), in_table=ended.in_table)
        ended.text.end_table()
        if ended.text.story == "text_box":
            self._state.text.boxes += ended.text.lines
        else:
            self.margins += ended.text.lines

    def _read_text(self, data: bytes) -> None:
        passed_over = min(self._fallback, len(data))
        self._fallback -= passed_over
        if self._state.destination not in (Destination.SKIPPED, Destination.SILENT, Destination.FONTS):
            self._pending += data[passed_over:]

    def _decode_pending(self) -> None:
        if self._pending:
            code_page = self._font_code_pages.get(self._state.font, self._code_page)
            text = code_pages.decode(bytes(self._pending), code_page)
            self._pending.clear()
            self._print(text)

    def _print(self, text: str) -> None:
        state = self._state
        if state.prints:
            self._characters += len(text)
            if self._characters > MAX_CHARACTERS:
                raise Unreadable(TOO_LONG)
            state.text.open_line.add(text, state.look)
        elif state.destination is Destination.LIST_MARK and text.strip():
            state.text.has_list_mark = True
        elif state.destination is Destination.STYLES:
            self._styles.add_to_name(text)

    def _read_word(self, name: str, number: int | None) -> None:
        if name == "*":
            self._state.may_be_ignored = True
        elif name in BY_WORD:
            self._enter(name)
        elif self._state.may_be_ignored:
            self._state.destination = Destination.SKIPPED
        elif name == "u":
            self._print(chr((number or 0) % 0x10000))
            self._fallback = self._state.fallback_bytes
        elif name in _CHARACTERS:
            if self._fallback:
                self._fallback -= 1
            else:
                self._print(_CHARACTERS[name])
        else:
            self._fallback = 0
            self._format(name, number)

    def _enter(self, name: str) -> None:
        """The group that has begun is one with a destination of its own."""
        state = self._state
        state.may_be_ignored = False
        state.destination = BY_WORD[name]
        if state.destination is Destination.STORY:
            state.text = StoryText(STORIES[name])
        elif state.destination is Destination.STYLES:
            self._styles_depth = len(self._stack)

    def _format(self, name: str, number: int | None) -> None:
        if name in _LINE_ENDS:
            self._end_line(name)
        elif self._state.destination is Destination.FONTS:
            self._describe_font(name, number)
        elif self._state.destination is Destination.STYLES:
            self._describe_style(name, number)
        elif name in code_pages.BY_KEYWORD:
            self._code_page = code_pages.BY_KEYWORD[name]
        elif name == "ansicpg":
            self._code_page = code_pages.by_number(number or 0)
        elif name == "s":
            self._apply_style(number or 0)
        else:
            self._state.set_format(name, number)

    def _end_line(self, name: str) -> None:
        state = self._state
        if state.destination not in (Destination.TEXT, Destination.STORY):
            return
        self._allowance.spend_line("")
        in_table = state.in_table or name in _TABLE_ENDS
        state.text.end_line(style=self._styles.name(state.style), in_table=in_table)
        if name == "cell":
            state.text.column += 1
        elif name == "row":
            state.text.end_row()

    def _describe_font(self, name: str, number: int | None) -> None:
        if name == "f":
            self._font = number or 0
        elif name == "fcharset" and number in code_pages.BY_CHARSET:
            self._font_code_pages[self._font] = code_pages.BY_CHARSET[number]
        elif name == "cpg" and number:
            self._font_code_pages[self._font] = code_pages.by_number(number)

    def _describe_style(self, name: str, number: int | None) -> None:
        if name == "s":
            self._styles.begin(number or 0)
        elif name in ("cs", "ds", "ts"):
            self._styles.begin_other()
        else:
            self._styles.set_format(name, number)

    def _apply_style(self, number: int) -> None:
        """Writers repeat a style's format after its number; this is for those that do not."""
        state, style = self._state, self._styles[number]
        state.style = number
        state.bold = state.bold if style.bold is None else style.bold
        state.italic = state.italic if style.italic is None else style.italic
        state.half_points = style.half_points or state.half_points
