"""The people of the authorisation table, and what they ask for."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count

import jwt
from e2e import documents
from e2e.api import ENDS_WITHIN_S, Api, Secrets
from e2e.deployment import Deployment
from msgspec import Struct

_numbers = count()
_SYLLABLES = ("bar", "den", "fol", "gim", "hur", "kas", "lom", "mir", "nev", "pol")

Settings = dict[str, str]


class Target(Struct, frozen=True, kw_only=True):
    """A candidate, and one of its resumes."""

    candidate_id: str
    resume_id: str


class Cast:
    """Open with `the_cast`. Its users by asker, made when they first appear; the recruiters that candidates
    are shared with are called after what the share allows."""

    def __init__(self, deployment: Deployment, settings: Settings, secrets: Secrets, closing: ExitStack):
        self.deployment = deployment
        self._settings = settings
        self._secrets = secrets
        self._closing = closing
        self._users: dict[str, Api] = {}

    def __getitem__(self, asker: str) -> Api:
        if asker not in self._users:
            self._users[asker] = self._made(asker)
        return self._users[asker]

    def _made(self, asker: str) -> Api:
        match asker:
            case "nobody":
                return self.client()
            case "expired":
                api = self.client()
                api.http.headers["Authorization"] = f"Bearer {self._expired_token_of('owner')}"
                return api
            case "admin":
                name, word = "HOTGIGS_ADMIN_EMAIL", "HOTGIGS_ADMIN_PASSWORD"
                return self.client().log_in(self._settings[name], self._settings[word])
            case "candidate" | "self" | "bystander":
                return self.user("candidate")
        return self.user("recruiter")

    def client(self) -> Api:
        """Without an account."""
        api = Api(self.deployment.url, self._secrets)
        self._closing.callback(api.close)
        return api

    def user(self, role: str) -> Api:
        return self.client().register(role).log_in()

    def _expired_token_of(self, asker: str) -> str:
        """As it was good until an hour ago."""
        token = self[asker].http.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, options={"verify_signature": False})
        claims |= {"iat": claims["iat"] - 7200, "exp": claims["exp"] - 7200}
        return jwt.encode(claims, self._settings["HOTGIGS_JWT_SECRET"], algorithm="HS256")

    def import_people(self, asker: str, number: int) -> list[Target]:
        """So many candidates of the asker's, whom nobody has seen before."""
        api = self[asker]
        resume_ids = [api.upload((f"{name}.docx", resume_of(name))) for name in map(_name, range(number))]
        return [
            Target(candidate_id=self.candidate_of(asker, resume_id), resume_id=resume_id)
            for resume_id in resume_ids
        ]

    def candidate_of(self, asker: str, resume_id: str) -> str:
        """Whom the resume became, when the candidate is shown. Nobody is told this of a single resume."""
        assert self[asker].until_ended(resume_id)["status"] == "completed"
        (row,) = self.deployment.query(
            "gateway", "SELECT candidate_id FROM gateway.resumes WHERE resume_id = $1", resume_id
        )
        candidate_id = str(row["candidate_id"])
        deadline = time.monotonic() + ENDS_WITHIN_S
        while self[asker].http.get(f"/api/resumes/candidates/{candidate_id}").status_code == 404:
            assert time.monotonic() < deadline, "the candidate is not shown"
        return candidate_id

    def failed_resume(self, asker: str) -> str:
        """Of the asker's: taken in, and then not readable."""
        api = self[asker]
        resume_id = api.upload(("broken.pdf", documents.pdf_of_size(1000 + next(_numbers))))
        assert api.until_ended(resume_id)["status"] == "failed"
        return resume_id

    def share(self, target: Target, recruiter: Api, allowed: str, **said: str) -> None:
        """``allowed`` as in `SHARES`."""
        answer = self["admin"].http.post(
            "/api/resumes/admin/candidates/share",
            json={
                "candidate_ids": [target.candidate_id],
                "recruiter_ids": [recruiter.user_id],
                "can_view_contact_info": "c" in allowed,
                "can_download_resume": "d" in allowed,
                "can_submit_to_jobs": "s" in allowed,
                **said,
            },
        )
        assert answer.status_code == 200, answer.text


@contextmanager
def the_cast(deployment: Deployment, settings: Settings, secrets: Secrets) -> Iterator[Cast]:
    with ExitStack() as closing:
        yield Cast(deployment, settings, secrets, closing)


def resume_of(name: str) -> bytes:
    lines = [
        name,
        f"{name.split()[1].lower()}@mail.example",
        "Experience",
        "Welder, Hallmark Works, 2019 - 2021",
    ]
    return documents.plain_docx("\n".join(lines))


def _name(_: int) -> str:
    """Like no other in the session."""
    digits = f"{next(_numbers):03}"
    syllables = [_SYLLABLES[int(digit)] for digit in digits]
    return f"Ada{syllables[0]} {''.join(syllables).capitalize()}sen"
