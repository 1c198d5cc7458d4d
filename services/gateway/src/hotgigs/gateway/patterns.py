"""Parts of regular expressions that mean the same to this system, which is Python's, and to a client that
reads them in the OpenAPI document, which is ECMA 262's."""

SPACES = r"\x20\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""For a class, without the controls among them: the two do not mean the same by ``\\s``."""
CONTROLS = r"\x00-\x1f\x7f-\x9f"
END = r"$(?!\n)"
"""Python's own $ is also before a last line feed."""

_IN_ADDRESS = f"[^@{CONTROLS}{SPACES}]+"
_MAIL_ADDRESS = rf"{_IN_ADDRESS}@{_IN_ADDRESS}\.{_IN_ADDRESS}"
MAIL_ADDRESS = f"^{_MAIL_ADDRESS}{END}"
MAIL_ADDRESS_OR_NOTHING = f"^({_MAIL_ADDRESS})?{END}"
PHONE_NUMBER = f"^[0-9A-Za-z+().,/ x#-]*{END}"
MONTH = rf"^(19|20)[0-9]{{2}}(-(0[1-9]|1[0-2]))?{END}"

# No two parts next to each other have a character in common, so that no text takes long to refuse.
_NO_LINE = rf"{CONTROLS}\u2028\u2029"
_NO_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_IS_SEEN = rf"(?![\t\n\r{SPACES}]*{END})"
LINE = f"^[^{_NO_LINE}]*{END}"
SEEN_LINE = f"^{_IS_SEEN}[^{_NO_LINE}]*{END}"
"""Not of white space alone."""
TEXT = f"^[^{_NO_TEXT}]*{END}"
"""Of any number of lines."""
SEEN_TEXT = f"^{_IS_SEEN}[^{_NO_TEXT}]*{END}"
"""Not of white space alone."""
TOKEN = rf"^[\x21-\x7e]+{END}"
"""As OAuth has them (RFC 6749, appendix A), and as they fit into a header."""

IN_WORDS = {
    MAIL_ADDRESS: "write a mail address, such as name@mail.example",
    MAIL_ADDRESS_OR_NOTHING: "write a mail address, such as name@mail.example, or nothing",
    PHONE_NUMBER: "a phone number has digits, letters, spaces and + ( ) . , / # - in it",
    MONTH: "write a month as YYYY-MM, or a year as YYYY",
    LINE: "write it in one line, without control characters",
    SEEN_LINE: "write something, in one line, without control characters",
    TEXT: "leave out control characters",
    SEEN_TEXT: "write something, without control characters",
    TOKEN: "write the token as it was given, without spaces",
}
"""What to do for a text that does not match."""
