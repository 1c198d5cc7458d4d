"""What the OpenAPI document says of the routes that read candidates."""

from typing import Any

import pytest
from reading_app import ReadingApp

from hotgigs.chassis.database import Pool

PATHS = [
    "/api/resumes/candidates",
    "/api/resumes/candidates/export",
    "/api/resumes/candidates/{candidate_id}",
    "/api/resumes/candidates/{candidate_id}/activity",
    "/api/resumes/candidates/{candidate_id}/export",
    "/api/resumes/admin/candidates",
    "/api/resumes/admin/candidates/{candidate_id}/shares",
]


@pytest.fixture
def document(pool: Pool) -> dict[str, Any]:
    return ReadingApp(pool).litestar.openapi_schema.to_schema()


async def test_every_parameter_of_a_query_says_what_it_does(document: dict[str, Any]) -> None:
    for path in PATHS:
        for parameter in document["paths"][path]["get"].get("parameters", []):
            assert parameter["in"] == "path" or parameter.get("description"), (path, parameter)


async def test_lists_tell_all_that_they_can_be_narrowed_by(document: dict[str, Any]) -> None:
    named = {each["name"] for each in document["paths"][PATHS[0]]["get"]["parameters"]}
    assert named == {
        "skip",
        "limit",
        "source",
        "search",
        "tags",
        "q",
        "skills",
        "location",
        "min_years",
        "max_years",
        "added_since",
        "sort",
        "cursor",
    }
    assert {each["name"] for each in document["paths"][PATHS[5]]["get"]["parameters"]} == named


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (PATHS[0], "ListedCandidate"),
        (PATHS[2], "CandidateDetail"),
        (PATHS[3], "ShownActivity"),
        (PATHS[4], "CandidateExport"),
        (PATHS[5], "ListedForAdmins"),
        (PATHS[6], "ShownShare"),
    ],
)
async def test_answers_have_a_shape(document: dict[str, Any], path: str, schema: str) -> None:
    (answer,) = document["paths"][path]["get"]["responses"]["200"]["content"].values()
    shape = answer["schema"].get("items", answer["schema"])
    assert shape == {"$ref": f"#/components/schemas/{schema}"}


async def test_what_can_go_wrong_is_told(document: dict[str, Any]) -> None:
    for path in PATHS:
        answers = document["paths"][path]["get"]["responses"]
        assert {"400", "401", "503"} <= answers.keys()
        assert ("404" in answers) == ("{candidate_id}" in path)
    assert "304" in document["paths"][PATHS[0]]["get"]["responses"]


@pytest.mark.parametrize("path", [PATHS[0], PATHS[5]])
async def test_lists_tell_of_their_headers(document: dict[str, Any], path: str) -> None:
    headers = document["paths"][path]["get"]["responses"]["200"]["headers"]
    assert headers.keys() == {"X-Total-Count", "X-Total-Count-Estimated", "Link", "ETag"}
    assert all(each["description"] for each in headers.values())
