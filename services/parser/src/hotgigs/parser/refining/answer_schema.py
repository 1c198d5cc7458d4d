"""The shape of what the language model is asked for, and the reading of what it answers."""

from typing import Any

import msgspec
from msgspec import Struct

from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, ResumeData, Skill

ASKED: dict[type[Struct], tuple[str, ...]] = {
    ResumeData: (
        "full_name", "email", "phone", "location", "summary", "experience", "education", "skills",
        "certifications", "languages",
    ),
    Experience: (
        "title", "company", "location", "start_date", "end_date", "current", "description", "achievements",
    ),
    Education: ("degree", "institution", "location", "graduation_date", "gpa"),
    Skill: ("name",),
    Certification: ("name", "issuer", "issue_date", "expiry_date"),
    Language: ("name", "proficiency"),
}  # fmt: skip
"""What is printed in a resume. What follows from that (years, categories, summaries) is never asked for."""

MAX_ENTRIES = 200
"""Of each list, and of a job's achievements; what an answer has beyond is not looked at."""


class NotAnAnswer(Exception):
    """A model's answer that cannot be read."""


class _Message(Struct, frozen=True):
    content: str


class _Choice(Struct, frozen=True):
    message: _Message


class _Completion(Struct, frozen=True):
    choices: tuple[_Choice, ...]


def answer_schema() -> dict[str, Any]:
    """JSON Schema as "strict" structured output wants it: an object at the root, every property required,
    none besides, no defaults."""
    _, components = msgspec.json.schema_components(list(ASKED), ref_template="#/$defs/{name}")
    objects = {asked.__name__: _strict(components[asked.__name__], ASKED[asked]) for asked in ASKED}
    root = objects.pop(ResumeData.__name__)
    return root | {"$defs": objects}


def _strict(schema: dict[str, Any], asked: tuple[str, ...]) -> dict[str, Any]:
    properties = {
        name: {word: value for word, value in schema["properties"][name].items() if word != "default"}
        for name in asked
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(asked),
        "additionalProperties": False,
    }


def read_answer(body: bytes) -> ResumeData:
    """What the model says in a chat completion, unchecked; a property that it leaves out says nothing.
    Raises NotAnAnswer."""
    try:
        completion = msgspec.json.decode(body, type=_Completion)
        if not completion.choices:
            raise NotAnAnswer("no choice")
        said = msgspec.json.decode(completion.choices[0].message.content, type=ResumeData)
    except (msgspec.DecodeError, RecursionError) as err:
        raise NotAnAnswer("not of the shape asked for") from err
    return msgspec.structs.replace(
        said,
        experience=tuple(
            msgspec.structs.replace(job, achievements=job.achievements[:MAX_ENTRIES])
            for job in said.experience[:MAX_ENTRIES]
        ),
        education=said.education[:MAX_ENTRIES],
        skills=said.skills[:MAX_ENTRIES],
        certifications=said.certifications[:MAX_ENTRIES],
        languages=said.languages[:MAX_ENTRIES],
    )
