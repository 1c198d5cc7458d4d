"""The binary format of Word 97 to 2003, as far as text and its look go; sections are those of [MS-DOC]."""
