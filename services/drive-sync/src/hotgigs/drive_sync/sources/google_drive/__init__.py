"""Google Drive as a source of files, through Google's own client library.

The library blocks, and so runs in threads; waiting is done outside of them. Beyond a connection that it finds
closed, it tries nothing again by itself: what Google answers is told apart in `error_shapes`, and `client`
decides what is asked again, and when. The library's exceptions have addresses in their texts, and end in the
threads.
"""
