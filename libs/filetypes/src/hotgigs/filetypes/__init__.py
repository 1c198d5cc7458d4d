"""What kind of file an upload is, decided by its content and never by its name.

Pure functions over a seekable binary file; every service that takes files in uses these, so that
the same file is accepted, or refused in the same words, wherever it comes from.
"""
