"""The matcher: jobs, candidates' features and vectors, and the matches of both."""
