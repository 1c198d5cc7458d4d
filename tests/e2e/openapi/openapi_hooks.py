"""What the document cannot say of a request, and what the generator cannot make of it."""

from typing import Any

import schemathesis
from e2e.samples import SAMPLES
from hypothesis import strategies as st

from hotgigs.gateway.idempotency.keys import HEADER

LEFT_OUT = {
    HEADER,  # the same one would come with many requests, which is 422, or tell of what was deleted since
    "cursor",  # is given out, and cannot be made up
}

BEYOND_A_SCHEMA = (
    # What one field must be because of another, or how much all of them may be together.
    b"min_years is more than max_years",
    b"write as many as min_years, or more",
    b"weights: let at least one part count",
    b"either edit a field or reset it, not both",
    b"until is not after since.",
    b"Send the access_token and refresh_token of the Drive, or a connection_id.",
    b"Send either tokens or a connection_id, not both.",
    b"access_token: send it with the refresh_token.",
    b"Only a folder in Google Drive takes tokens",
    b"Send at least one of",
    # That what a body names is there: 404 is not about what the path names.
    b"There is no such candidate.",
    # That a text is an id, or an address with one in it.
    b"folder_id: write a folder's id, or paste the address",
    b"url: It ",
    # That a whole number is not written with a point.
    b"Expected `int`, got `float`",
    # What only some roles may say.
    b"source: one of",
    # Leap seconds, and years that Python has not.
    b"since: a time such as",
)

schemathesis.deserializer("text/csv")(lambda _, response: response.content.decode())
schemathesis.openapi.media_type("application/pdf", st.just((SAMPLES / "tobias-ekwall.pdf").read_bytes()))


@schemathesis.hook
def before_load_schema(_: object, document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            operation["parameters"] = [
                one for one in operation.get("parameters", []) if one["name"] not in LEFT_OUT
            ]
    bulk = document["paths"]["/api/resumes/bulk-upload"]["post"]["requestBody"]["content"]
    form = bulk["multipart/form-data"]["schema"]["properties"]
    form["files"] = form["files"]["items"]  # of several with a type it makes one without a name


@schemathesis.hook
def filter_failure(_: object, __: object, ___: object, response: Any) -> bool:
    return not any(words in response.content for words in BEYOND_A_SCHEMA)
