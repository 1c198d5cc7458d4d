"""A bucket as S3 shows it: listed in the order of its keys, by pages, and read by key."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class StandInBucket:
    """Called ``resumes``; anything else is not there. ``refusal`` is an S3 error code to answer with."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.refusal: tuple[int, str] | None = None
        self.listings = 0
        self.url = ""

    def answer(self, target: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(target)
        bucket, _, key = unquote(parts.path).removeprefix("/").partition("/")
        if self.refusal is not None:
            return self._error(*self.refusal)
        if bucket != "resumes":
            return self._error(404, "NoSuchBucket")
        if not key:
            return 200, {"Content-Type": "application/xml"}, self._list(parse_qs(parts.query)).encode()
        if key not in self.objects:
            return self._error(404, "NoSuchKey")
        content = self.objects[key]
        headers = {"ETag": _etag(content), "Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT"}
        return 200, headers, content

    def _list(self, query: dict[str, list[str]]) -> str:
        self.listings += 1
        [prefix], [after] = query.get("prefix", [""]), query.get("start-after", [""])
        [after] = query.get("continuation-token", [after])
        keys = sorted(key for key in self.objects if key.startswith(prefix) and key > after)
        page = keys[: int(query.get("max-keys", ["1000"])[0])]
        more = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if keys != page else ""
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-03-01T12:00:00.000Z</LastModified>"
            f"<ETag>{escape(_etag(self.objects[key]))}</ETag><Size>{len(self.objects[key])}</Size></Contents>"
            for key in page
        )
        is_truncated = "true" if more else "false"
        return (
            f"<ListBucketResult><IsTruncated>{is_truncated}</IsTruncated>{more}{contents}</ListBucketResult>"
        )

    def _error(self, status: int, code: str) -> tuple[int, dict[str, str], bytes]:
        return status, {"Content-Type": "application/xml"}, f"<Error><Code>{code}</Code></Error>".encode()


@contextmanager
def stand_in_bucket() -> Iterator[StandInBucket]:
    bucket = StandInBucket()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = bucket.answer(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        bucket.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield bucket
        server.shutdown()


def _etag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'
