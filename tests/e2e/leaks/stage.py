"""Persons shared with recruiters who may not see their contact, which everybody else writes everywhere."""

from itertools import product

from e2e.api import Api
from e2e.authorisation.asking import CANDIDATES, merge
from e2e.authorisation.cast import Cast, Target
from e2e.candidates import until
from e2e.leaks.hidden import Hidden
from e2e.leaks.people import (
    EDITED,
    INIGO,
    JASKA,
    LUDMILA,
    LUDMILA_AGAIN,
    NAMESAKE,
    OTTOLINE,
    Person,
    document_of,
)
from e2e.matching import matching
from e2e.submissions import post_job, submitted
from e2e.webhooks import Answer, Listening

DEPOT_PLANNER = {
    "title": "Depot Planner",
    "description": "Plans railway depots with Python.",
    "required_skills": ["Project Management", "Python", "AutoCAD"],
}
HIDING = ("---", "-d-", "--s", "-ds")
"""The shares that hide the contact."""
HIDDEN_FROM = (*HIDING, "employer")
"""These, and whose job the candidates are submitted to by who does not see it himself."""

PEOPLE = (OTTOLINE, LUDMILA, LUDMILA_AGAIN, JASKA, INIGO)
HIDDEN: tuple[Hidden, ...] = (*(person.hidden for person in PEOPLE), EDITED)


def told_to(asker: str) -> set[str]:
    """The events of a candidate: of the matches with a job that is posted later than he is shown as well."""
    return {"candidate.shared"} if asker == "employer" else {"candidate.shared", "match.created"}


class Stage:
    def __init__(self, cast: Cast, listen: Listening) -> None:
        self.cast = cast
        self.listeners = {asker: listen(cast[asker]) for asker in (*HIDDEN_FROM, "cds")}
        for listener in self.listeners.values():
            listener.inbox.always = Answer(status=200)
        self.owner, self.admin = cast["owner"], cast["admin"]
        self.targets = {person.mail: self._imported(person) for person in PEOPLE}
        self.not_shared = self._imported(NAMESAKE)
        for person in PEOPLE:
            self._write_all_over(person, self.owner)
        merge(self.owner, self.targets[LUDMILA.mail], self.targets[LUDMILA_AGAIN.mail])
        self._edit(self.targets[JASKA.mail])
        survivors = [person for person in PEOPLE if person is not LUDMILA_AGAIN]
        self.shared = [self.targets[person.mail] for person in survivors]
        for person, allowed in product(survivors, (*HIDING, "cds")):
            self._share(person, allowed)
        for person in survivors:
            self._write_all_over(person, cast["cds"])
        self.job_id = post_job(cast["employer"], **DEPOT_PLANNER)
        for target in self.shared:
            submitted(cast["--s"], self.job_id, target.candidate_id, "Knows depots.")
        shared_ids = {target.candidate_id for target in self.shared}
        for asker in (*HIDDEN_FROM, "cds"):
            until(lambda asker=asker: matching(cast[asker], self.job_id) == shared_ids)
            for event in told_to(asker):
                until(lambda asker=asker, event=event: shared_ids <= self.listeners[asker].heard_of(event))

    @property
    def ids(self) -> set[str]:
        """That a recruiter may have heard of, and never forgets."""
        of_people = {id_ for each in self.targets.values() for id_ in (each.candidate_id, each.resume_id)}
        return of_people | {self.job_id}

    def _imported(self, person: Person) -> Target:
        resume_id = self.owner.upload((person.filename, document_of(person)))
        return Target(candidate_id=self.cast.candidate_of("owner", resume_id), resume_id=resume_id)

    def _edit(self, target: Target) -> None:
        edits: dict[str, object] = {
            "full_name": f"{JASKA.hidden.name} {JASKA.notations[0]}",
            "title": f"Planner, {JASKA.spoken}",
            "location": f"Turku {JASKA.printed_phone}",
            "current_company": f"Depot of {EDITED.mails[0]}",
            "skills": [{"name": "Welding"}, {"name": JASKA.mail.partition("@")[0]}],
            "email": EDITED.mails[0],
            "phone": f"+{EDITED.phones[0]}",
            "experience": [
                {
                    "title": f"Depot Planner {JASKA.notations[0]}",
                    "company": f"Depot of {EDITED.mails[0]}",
                    "start_date": "2018-03",
                    "current": True,
                    "description": f"Project management in Python; ask {JASKA.mail}.",
                }
            ],
            "summary": f"Now at {EDITED.mails[0]}, 07700 900 123, no longer {JASKA.mail}.",
        }
        self.owner.http.patch(f"{CANDIDATES}/{target.candidate_id}", json=edits).raise_for_status()

    def _write_all_over(self, person: Person, author: Api) -> None:
        path = f"{CANDIDATES}/{self.targets[person.mail].candidate_id}"
        note = {
            "title": f"Rang {person.notations[1]}",
            "content": f"{person.mail} does not answer; {person.spoken} and {person.printed_phone} neither.",
            "is_important": True,
        }
        author.http.post(f"{path}/notes", json=note).raise_for_status()
        tags = [person.mail, person.notations[0], f"call {person.mail.partition('@')[0]}"]
        author.http.post(f"{path}/tags", json={"tags": tags}).raise_for_status()

    def _share(self, person: Person, allowed: str) -> None:
        self.cast.share(
            self.targets[person.mail],
            self.cast[allowed],
            allowed,
            share_reason=f"Ask {person.mail}",
            share_notes=f"{person.spoken}; {' '.join(person.notations)}; {person.printed_phone}",
        )
