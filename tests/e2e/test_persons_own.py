"""What who uploaded a resume is shown of it: everything of theirs, and nothing of the recruiters'."""

from collections.abc import Iterator

import pytest
from e2e.api import Secrets
from e2e.authorisation.asking import CANDIDATES
from e2e.authorisation.cast import Cast, Settings, Target, the_cast
from e2e.deployment import Deployment

WRITTEN = ("xyzzy", "plover", "plugh", "frotz")


@pytest.fixture(scope="module")
def cast(embedded: Deployment, settings: Settings, secrets: Secrets) -> Iterator[Cast]:
    with the_cast(embedded, settings, secrets) as cast:
        yield cast


@pytest.fixture(scope="module")
def target(cast: Cast) -> Target:
    """The person's, about which recruiters and admins have written."""
    (target,) = cast.import_people("self", 1)
    path = f"{CANDIDATES}/{target.candidate_id}"
    note, tag, reason, share_notes = WRITTEN
    cast.share(target, cast["cds"], "cds", share_reason=reason, share_notes=share_notes)
    for author in (cast["cds"], cast["admin"]):
        author.http.post(f"{path}/notes", json={"title": note, "content": note}).raise_for_status()
        author.http.post(f"{path}/tags", json={"tags": [tag]}).raise_for_status()
        author.read(path)
    return target


def test_a_person_reads_and_exports_their_own_without_what_recruiters_wrote(
    cast: Cast, target: Target
) -> None:
    path = f"{CANDIDATES}/{target.candidate_id}"
    detail = cast["self"].read(path)
    assert detail["email"].endswith("@mail.example")
    assert (detail["tags"], detail["notes"], detail["shared"]) == ([], [], None)
    assert detail["last_viewed_at"] is None
    others = [cast[asker].user_id for asker in ("cds", "admin") if cast[asker].user_id]
    for address in (path, f"{path}/export"):
        text = cast["self"].http.get(address).text
        assert [word for word in (*WRITTEN, *others) if word in text] == []


def test_what_a_person_edits_is_hidden_from_whom_it_is_to_be_hidden_from(cast: Cast, target: Target) -> None:
    cast.share(target, cast["-d-"], "-d-")
    path = f"{CANDIDATES}/{target.candidate_id}"
    edits = {
        "email": "frobozz99@mail.example",
        "summary": "Known as frobozz99, 030 1234567.",
        "phone": "+49301234567",
    }
    cast["self"].http.patch(path, json=edits).raise_for_status()
    assert cast["cds"].read(path)["email"] == edits["email"]
    for address in (CANDIDATES, path, f"{path}/export", f"/api/resumes/{target.resume_id}/data"):
        text = cast["-d-"].http.get(address).text
        assert "frobozz" not in text, address
        assert "1234567" not in text, address


def test_erased_by_the_person_it_is_gone_for_everybody(cast: Cast) -> None:
    (target,) = cast.import_people("self", 1)
    path = f"{CANDIDATES}/{target.candidate_id}"
    cast.share(target, cast["cds"], "cds")
    cast["self"].http.delete(path).raise_for_status()
    for asker in ("self", "cds", "admin"):
        assert cast[asker].http.get(path).status_code == 404
        assert cast[asker].http.get(f"/api/resumes/{target.resume_id}/data").status_code == 404
