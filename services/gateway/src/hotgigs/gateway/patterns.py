"""Parts of regular expressions that mean the same to this system, which is Python's, and to a client that
reads them in the OpenAPI document, which is ECMA 262's."""

SPACES = r"\x20\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""For a class, without the controls among them: the two do not mean the same by ``\\s``."""
CONTROLS = r"\x00-\x1f\x7f-\x9f"
END = r"$(?!\n)"
"""Python's own $ is also before a last line feed."""

_IN_ADDRESS = f"[^@{CONTROLS}{SPACES}]+"
MAIL_ADDRESS = rf"{_IN_ADDRESS}@{_IN_ADDRESS}\.{_IN_ADDRESS}"
"""Without begin and end."""
