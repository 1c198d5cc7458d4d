"""Google Drive as a source of files, through Google's own client library.

The library blocks, and so runs in threads; waiting is done outside of them. It tries again by itself nowhere:
what Google answers is told apart in `error_shapes`, and `client` alone decides what is asked again, and when.
Its exceptions have addresses in their texts and end in `connections`, where they are raised.
"""
