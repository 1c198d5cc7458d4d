"""Rows of invented candidates as they are copied into staging tables, and what SQL makes of them."""

import msgspec
from people import Identity

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.candidates.search_terms import document, find_key, name_key, searchable

Row = tuple[object, ...]

STAGING = """
    CREATE TEMPORARY TABLE profiles (
        number int PRIMARY KEY, profile text, title text, location text, years float,
        top_skills text[], lexemes text[], a text, b text, d text, search tsvector
    );
    CREATE TEMPORARY TABLE people (
        profile int, candidate_id uuid, resume_id uuid, database_id uuid, home_id uuid, is_own boolean,
        source text, added_at timestamptz, full_name text, email text, phone text, name_key text,
        find_key text, tags text[], lexemes text[], a text, d text, is_viewed boolean, has_note boolean
    )"""
PROFILE_COLUMNS = ("number", "profile", "title", "location", "years", "top_skills", "lexemes", "a", "b", "d")
INDEX_PROFILES = """
    UPDATE profiles SET search = setweight(to_tsvector('english', a), 'A')
        || setweight(to_tsvector('english', b), 'B') || to_tsvector('english', d)
        || array_to_tsvector(lexemes)"""
INSERTS = (
    """
    INSERT INTO candidates (candidate_id, version, database_id, source, added_at, updated_at, survivor_id,
        merged_ids, resume_ids, profile, edited, email_key, phone_key, name_key)
    SELECT candidate_id, 1, database_id, source, added_at, added_at, candidate_id, '{}', ARRAY[resume_id],
        profiles.profile::jsonb
            || jsonb_build_object('full_name', full_name, 'email', email, 'phone', phone),
        '{}', email, ltrim(phone, '+'), name_key
    FROM people JOIN profiles ON number = people.profile WHERE is_own""",
    """
    INSERT INTO entries (database_id, candidate_id, is_own, can_view_contact_info, can_download_resume,
        can_submit_to_jobs, source, added_at, full_name, name_key, email, title, location, years, top_skills,
        tags, find_key, search, profile)
    SELECT database_id, candidate_id, is_own, is_own, is_own, true, source, added_at, full_name, name_key,
        email, title, location, years, top_skills, tags, find_key,
        setweight(to_tsvector('english', people.a), 'A') || to_tsvector('english', people.d) || search
            || array_to_tsvector(people.lexemes),
        CASE WHEN NOT is_own THEN profiles.profile::jsonb || jsonb_build_object('full_name', full_name) END
    FROM people JOIN profiles ON number = people.profile""",
    """
    INSERT INTO resumes (resume_id, version, attempt, owner_user_id, database_id, source, filename, status,
        candidate_id, received_at)
    SELECT resume_id, 3, 1, database_id, database_id, source, 'resume.pdf', 'completed', candidate_id,
        added_at
    FROM people WHERE is_own""",
    """
    INSERT INTO access (candidate_id, recruiter_id, database_id, version, is_revoked, can_view_contact_info,
        can_download_resume, can_submit_to_jobs, granted_at)
    SELECT candidate_id, database_id, home_id, 1, false, false, false, true, added_at
    FROM people WHERE NOT is_own""",
    """
    INSERT INTO tags (candidate_id, tagging_database_id, tag, database_id, version, is_removed)
    SELECT candidate_id, database_id, tag, home_id, 1, false FROM people, unnest(tags) AS tag""",
    """
    INSERT INTO views (database_id, candidate_id, last_viewed_at)
    SELECT database_id, candidate_id, added_at FROM people WHERE is_viewed""",
    """
    INSERT INTO notes (note_id, candidate_id, database_id, author_user_id, title, content, is_private,
        is_important, created_at)
    SELECT gen_random_uuid(), candidate_id, home_id, database_id, 'Interview',
        'Spoke for an hour about the last two projects.', false, false, added_at
    FROM people WHERE has_note""",
    """
    INSERT INTO activities (activity_id, candidate_id, database_id, kind, at, resume_id, is_private, fields,
        tags)
    SELECT gen_random_uuid(), candidate_id, home_id, 'resume_added', added_at, resume_id, false, '{}', '{}'
    FROM people WHERE is_own""",
)


def profile_row(number: int, profile: CandidateProfile) -> Row:
    found = document(searchable(profile), database_id=MASTER_DATABASE_ID, tags=(), source="")
    return (
        number,
        msgspec.json.encode(profile).decode(),
        profile.title,
        profile.location,
        profile.total_experience_years,
        profile.top_skills,
        [lexeme for lexeme in found.lexemes if not lexeme.startswith(("d:", "o:"))],
        found.a,
        found.b,
        found.d,
    )


def person_rows(identity: Identity, profile: int) -> list[Row]:
    """One for each database that shows the candidate."""
    rows = [_person_row(identity, profile, is_own=True)]
    if identity.shared_with not in (None, identity.database_id):
        rows.append(_person_row(identity, profile, is_own=False))
    return rows


def _person_row(identity: Identity, profile: int, *, is_own: bool) -> Row:
    database_id = identity.database_id if is_own else identity.shared_with
    assert database_id is not None
    source = identity.source if is_own else "admin_share"
    tags = identity.tags if is_own else ()
    email = identity.email if is_own else None
    person = CandidateProfile(full_name=identity.full_name, email=email)
    found = document(searchable(person), database_id=database_id, tags=tags, source=source)
    return (
        profile,
        identity.candidate_id,
        identity.resume_id,
        database_id,
        identity.database_id,
        is_own,
        source,
        identity.added_at,
        identity.full_name,
        email,
        identity.phone,
        name_key(person),
        find_key(person),
        tags,
        found.lexemes,
        found.a,
        found.d,
        identity.is_viewed,
        identity.has_note and is_own,
    )
