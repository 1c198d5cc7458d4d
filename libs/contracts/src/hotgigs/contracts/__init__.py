"""The messages that HotGigs services exchange: one frozen Struct per message version.

The folder a message lies in names its only publisher. A version, once published, never changes: a
changed field is a new version beside the old one, and consumers of both.
"""
