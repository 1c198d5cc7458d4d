"""Who may ask for what: a line for each route, a column for each asker, and what each is answered.

Where a route is about a candidate or a resume, it is one that the owner imported and an admin shared, in the
eight ways there are, with eight recruiters; for ``self`` it is one that this user uploaded. Whoever is let
through is let through to something that is there, so 404 means "not for you to know of", and never "gone".
"""
# ruff: noqa: E501

SHARES = ("---", "c--", "-d-", "--s", "cd-", "c-s", "-ds", "cds")
"""What a share allows: to see the contact, to download the resume, to submit to jobs."""

ASKERS = ("nobody", "expired", "candidate", "self", "owner", "stranger", *SHARES, "admin")
"""No token, one that has expired, a candidate, the candidate's own account, the recruiter whose database it
is, another recruiter, recruiters it is shared with, an admin."""

TABLE = """
                                                                        no   ex-  can- self ow-  stran- shared with
                                                                        body pired didate   ner  ger  ---  c--  -d-  --s  cd-  c-s  -ds  cds  admin

GET    /health/live                                                     200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /health/ready                                                    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /metrics                                                         200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /schema                                                          200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /schema/{path}                                                   404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
GET    /schema/openapi.json                                             200  200  200  200  200  200  200  200  200  200  200  200  200  200  200

POST   /api/auth/register                                               201  201  201  201  201  201  201  201  201  201  201  201  201  201  201
POST   /api/auth/login                                                  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/auth/refresh                                                200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/auth/logout                                                 401  401  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/auth/me                                                     401  401  200  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/auth/api-keys                                               401  401  201  201  201  201  201  201  201  201  201  201  201  201  201
GET    /api/auth/api-keys                                               401  401  200  200  200  200  200  200  200  200  200  200  200  200  200
DELETE /api/auth/api-keys/{api_key_id}                                  401  401  404  404  200  404  404  404  404  404  404  404  404  404  404

GET    /api/admin/users                                                 401  401  403  403  403  403  403  403  403  403  403  403  403  403  200
PATCH  /api/admin/users/{user_id}                                       401  401  403  403  403  403  403  403  403  403  403  403  403  403  200
GET    /api/admin/audit                                                 401  401  403  403  403  403  403  403  403  403  403  403  403  403  200
GET    /api/admin/erasures/{erasure_id}                                 401  401  404  404  200  404  404  404  404  404  404  404  404  404  200

POST   /api/resumes/upload                                              401  401  201  201  201  201  201  201  201  201  201  201  201  201  201
POST   /api/resumes/bulk-upload                                         401  401  403  403  201  201  201  201  201  201  201  201  201  201  201
GET    /api/resumes/batches/{batch_id}                                  401  401  404  404  200  404  404  404  404  404  404  404  404  404  200
GET    /api/resumes/{resume_id}/status                                  401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
GET    /api/resumes/{resume_id}/events                                  401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
GET    /api/resumes/{resume_id}/data                                    401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
GET    /api/resumes/{resume_id}/download                                401  401  404  200  200  404  403  403  403  403  200  403  403  200  200
POST   /api/resumes/{resume_id}/retry                                   401  401  404  200  200  404  403  403  403  403  403  403  403  403  200
DELETE /api/resumes/{resume_id}                                         401  401  404  200  200  404  403  403  403  403  403  403  403  403  200

GET    /api/resumes/candidates                                          401  401  403  403  200  200  200  200  200  200  200  200  200  200  200
GET    /api/resumes/candidates/export                                   401  401  403  403  200  200  200  200  200  200  200  200  200  200  200
GET    /api/resumes/candidates/{candidate_id}                           401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
PATCH  /api/resumes/candidates/{candidate_id}                           401  401  404  200  200  404  403  403  403  403  403  403  403  403  200
DELETE /api/resumes/candidates/{candidate_id}                           401  401  404  200  200  404  403  403  403  403  403  403  403  403  200
GET    /api/resumes/candidates/{candidate_id}/export                    401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
GET    /api/resumes/candidates/{candidate_id}/activity                  401  401  403  403  200  404  200  200  200  200  200  200  200  200  200
POST   /api/resumes/candidates/{candidate_id}/notes                     401  401  403  403  201  404  201  201  201  201  201  201  201  201  201
DELETE /api/resumes/candidates/{candidate_id}/notes/{note_id}           401  401  403  403  200  404  403  403  403  403  403  403  403  403  200
POST   /api/resumes/candidates/{candidate_id}/tags                      401  401  403  403  200  404  200  200  200  200  200  200  200  200  200
DELETE /api/resumes/candidates/{candidate_id}/tags/{tag}                401  401  403  403  200  404  200  200  200  200  200  200  200  200  200
POST   /api/resumes/candidates/{candidate_id}/merge                     401  401  403  403  200  404  403  403  403  403  403  403  403  403  200
DELETE /api/resumes/candidates/{candidate_id}/merge/{merged_id}         401  401  403  403  200  404  403  403  403  403  403  403  403  403  200
GET    /api/resumes/candidates/{candidate_id}/consent                   401  401  404  200  403  403  403  403  403  403  403  403  403  403  403
PUT    /api/resumes/candidates/{candidate_id}/consent                   401  401  404  200  403  403  403  403  403  403  403  403  403  403  403

POST   /api/jobs                                                        401  401  403  403  201  201  201  201  201  201  201  201  201  201  201
GET    /api/jobs                                                        401  401  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/jobs/{job_id}                                               401  401  404  404  200  404  404  404  404  404  404  404  404  404  200
PUT    /api/jobs/{job_id}                                               401  401  403  403  200  403  403  403  403  403  403  403  403  403  200
DELETE /api/jobs/{job_id}                                               401  401  403  403  200  403  403  403  403  403  403  403  403  403  200
POST   /api/jobs/{job_id}/submissions                                   401  401  404  201  201  404  403  403  403  201  403  201  201  201  201
GET    /api/jobs/{job_id}/submissions                                   401  401  200  200  200  200  200  200  200  200  200  200  200  200  200
DELETE /api/jobs/{job_id}/submissions/{submission_id}                   401  401  404  404  200  404  404  404  404  404  404  404  404  404  200

GET    /api/matching/candidates/{candidate_id}/matches                  401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
POST   /api/matching/candidates/{candidate_id}/rematch                  401  401  404  200  200  404  403  403  403  403  403  403  403  403  200
GET    /api/matching/candidates/{candidate_id}/similar                  401  401  403  403  200  404  200  200  200  200  200  200  200  200  200
GET    /api/matching/stats/candidate/{candidate_id}                     401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
GET    /api/matching/jobs/{job_id}/matches                              401  401  403  403  200  404  404  404  404  404  404  404  404  404  200
POST   /api/matching/jobs/{job_id}/rematch                              401  401  403  403  200  403  403  403  403  403  403  403  403  403  200
GET    /api/matching/stats/job/{job_id}                                 401  401  403  403  200  200  200  200  200  200  200  200  200  200  200
PUT    /api/matching/matches/{match_id}/viewed                          401  401  403  403  200  404  200  200  200  200  200  200  200  200  200
GET    /api/matching/tasks/{task_id}                                    401  401  404  200  200  404  200  200  200  200  200  200  200  200  200
POST   /api/matching/preview                                            401  401  403  403  200  200  200  200  200  200  200  200  200  200  200

POST   /api/google-drive/setup                                          401  401  403  403  201  201  201  201  201  201  201  201  201  201  201
GET    /api/google-drive/syncs                                          401  401  403  403  200  200  200  200  200  200  200  200  200  200  200
GET    /api/google-drive/syncs/{sync_id}                                401  401  403  403  200  404  404  404  404  404  404  404  404  404  404
PUT    /api/google-drive/syncs/{sync_id}                                401  401  403  403  200  404  404  404  404  404  404  404  404  404  404
DELETE /api/google-drive/syncs/{sync_id}                                401  401  403  403  200  404  404  404  404  404  404  404  404  404  404
POST   /api/google-drive/syncs/{sync_id}/sync                           401  401  403  403  200  404  404  404  404  404  404  404  404  404  404
GET    /api/google-drive/syncs/{sync_id}/runs                           401  401  403  403  200  404  404  404  404  404  404  404  404  404  404
GET    /api/google-drive/syncs/{sync_id}/runs/{run_id}                  401  401  403  403  200  404  404  404  404  404  404  404  404  404  404
GET    /api/google-drive/authorize                                      401  401  403  403  200  200  200  200  200  200  200  200  200  200  200
GET    /api/google-drive/callback                                       400  400  400  400  400  400  400  400  400  400  400  400  400  400  400
GET    /api/google-drive/connections                                    401  401  403  403  200  200  200  200  200  200  200  200  200  200  200
DELETE /api/google-drive/connections/{connection_id}                    401  401  403  403  200  404  404  404  404  404  404  404  404  404  404

POST   /api/webhooks                                                    401  401  201  201  201  201  201  201  201  201  201  201  201  201  201
GET    /api/webhooks                                                    401  401  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/webhooks/event-types                                        401  401  200  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/webhooks/{webhook_id}                                       401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
PUT    /api/webhooks/{webhook_id}                                       401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
DELETE /api/webhooks/{webhook_id}                                       401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
POST   /api/webhooks/{webhook_id}/test                                  401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
POST   /api/webhooks/{webhook_id}/rotate-secret                         401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
POST   /api/webhooks/{webhook_id}/recover                               401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
GET    /api/webhooks/{webhook_id}/deliveries                            401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
GET    /api/webhooks/{webhook_id}/deliveries/{delivery_id}              401  401  404  404  200  404  404  404  404  404  404  404  404  404  404
POST   /api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver    401  401  404  404  200  404  404  404  404  404  404  404  404  404  404

GET    /api/resumes/admin/candidates                                    401  401  403  403  403  403  403  403  403  403  403  403  403  403  200
POST   /api/resumes/admin/candidates/share                              401  401  403  403  403  403  403  403  403  403  403  403  403  403  200
GET    /api/resumes/admin/candidates/{candidate_id}/shares              401  401  403  403  403  403  403  403  403  403  403  403  403  403  200
DELETE /api/resumes/admin/candidates/{candidate_id}/shares/{recruiter_id}  401 401 403 403  403  403  403  403  403  403  403  403  403  403  200
"""


def expected() -> dict[str, dict[str, int]]:
    """Statuses by asker, by route ("GET /api/auth/me")."""
    lines = [line.split() for line in TABLE.splitlines()]
    return {
        f"{method} {path}": dict(zip(ASKERS, map(int, statuses), strict=True))
        for method, path, *statuses in (words for words in lines if words[1:] and words[1].startswith("/"))
    }
