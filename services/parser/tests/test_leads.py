import pytest

from hotgigs.parser.extraction.leads import lead


@pytest.mark.parametrize(
    ("runs", "begin"),
    [
        ([("Tools", True, False), (" Excel, Word", False, False)], "Tools"),
        ([("To", True, False), ("ols ", True, False), ("Excel", False, False)], "Tools"),
        ([("Tools", False, True), (" Excel", False, False)], "Tools"),
        ([("Tools", True, True), (" Excel", False, True)], "Tools"),
        ([("Tools Excel", True, False)], ""),
        ([("Tools ", True, False), ("Excel ", False, False), ("Word", True, False)], ""),
        ([("Tools ", False, False), ("Excel", True, False)], ""),
    ],
)
def test_the_first_words_of_a_line_that_alone_are_set_so(runs, begin) -> None:
    assert lead("".join(text for text, *_ in runs), runs) == begin
