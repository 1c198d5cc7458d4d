"""The parser reads resumes of any format into structured data."""
