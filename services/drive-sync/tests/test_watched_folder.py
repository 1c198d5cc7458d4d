"""A watched folder as a source, wherever it is: in the file system, in a bucket, in memory."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.store import MemoryStore
from support.stand_in_bucket import StandInBucket, stand_in_bucket

from hotgigs.chassis.blobs import open_blobs
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.sources import places
from hotgigs.drive_sync.sources.entries import Entry, PassedOver, SourceFile, SourceFolder
from hotgigs.drive_sync.sources.errors import CursorLost, FileGone, FolderUnavailable, SourceAway
from hotgigs.drive_sync.sources.places import Found
from hotgigs.drive_sync.sources.watched_folder import WatchedFolder, WatchedFolders, entry_of

MOST_BYTES = 3 * 2**20
PDF = b"%PDF-1.7\n%%EOF\n"

Put = Callable[[str, bytes], None]


def settings(**folders: str) -> DriveSyncSettings:
    return DriveSyncSettings(encryption_key="k" * 43, watched_folders=folders, upload_max_bytes=MOST_BYTES)


class Stage:
    """One folder called ``inbox``."""

    def __init__(self, provider: WatchedFolders, put: Put) -> None:
        self.provider = provider
        self.put = put

    async def open(self, stack: AsyncExitStack) -> WatchedFolder:
        return await stack.enter_async_context(self.provider.open("inbox", None, owner="o"))


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInBucket]:
    with stand_in_bucket() as bucket:
        for name, value in {
            "AWS_ENDPOINT_URL": bucket.url,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }.items():
            monkeypatch.setenv(name, value)
        yield bucket


@pytest.fixture(params=["local folder", "bucket", "bucket with a prefix", "memory"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    match request.param:
        case "local folder":
            folder = tmp_path / "in box"
            folder.mkdir()

            def write(path: str, content: bytes) -> None:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)

            return Stage(WatchedFolders(settings(inbox=folder.as_uri())), write)
        case "memory":
            store = MemoryStore()

            def put(path: str, content: bytes) -> None:
                store.put(path, content)

            return Stage(WatchedFolders(settings(inbox="memory:///"), open_store=lambda url: store), put)
    bucket: StandInBucket = request.getfixturevalue("bucket")
    prefix = "hr/new" if request.param == "bucket with a prefix" else ""
    bucket.objects["hr/newer/another.pdf"] = bucket.objects["aside.pdf"] = PDF
    if not prefix:
        bucket.objects.clear()

    def add(path: str, content: bytes) -> None:
        bucket.objects[f"{prefix}/{path}" if prefix else path] = content

    return Stage(WatchedFolders(settings(inbox=f"s3://resumes/{prefix}")), add)


async def swept(source: WatchedFolder) -> tuple[list[Entry], int]:
    """All that is in the folder and those in it, and on how many pages."""
    entries, folders, pages = list[Entry](), ["inbox"], 0
    while folders:
        folder, page = folders.pop(), None
        while True:
            answer = await source.children(folder, page)
            pages += 1
            entries += [each for each in answer.entries if not isinstance(each, SourceFolder)]
            folders += [each.folder_id for each in answer.entries if isinstance(each, SourceFolder)]
            page = answer.next_page
            if page is None:
                break
    return entries, pages


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def test_files_in_the_folder_and_those_in_it_are_found_and_read(
    stage: Stage, stack: AsyncExitStack
) -> None:
    files = {
        "cv.pdf": PDF,
        'Ada\'s "résumé" 100%.DOCX': b"docx",
        "2025/May/a+b.doc": b"doc",
        "2025/large.rtf": bytes(range(256)) * 4096 * 2,
    }
    for path, content in files.items():
        stage.put(path, content)
    source = await stage.open(stack)
    found, _ = await swept(source)
    assert {each.file_id for each in found} == files.keys()
    for file in found:
        assert isinstance(file, SourceFile)
        assert (file.name, file.size_bytes) == (file.file_id.rpartition("/")[2], len(files[file.file_id]))
        parts = [part async for part in source.content(file)]
        assert b"".join(parts) == files[file.file_id]
        assert max(map(len, parts)) <= 2 * 2**20


async def test_a_revision_is_what_it_was_until_the_file_changes(stage: Stage, stack: AsyncExitStack) -> None:
    async def revisions() -> dict[str, str]:
        found, _ = await swept(source)
        return {each.file_id: each.revision for each in found if isinstance(each, SourceFile)}

    source = await stage.open(stack)
    stage.put("a.pdf", PDF)
    stage.put("b.pdf", PDF)
    before = await revisions()
    assert await revisions() == before
    stage.put("a.pdf", PDF.replace(b"7", b"6"))
    after = await revisions()
    assert after["a.pdf"] != before["a.pdf"]
    assert after["b.pdf"] == before["b.pdf"]


async def test_a_large_folder_comes_page_by_page_with_nothing_twice(
    stage: Stage, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2500):
        stage.put(f"{n}.pdf", b"x")
    source = await stage.open(stack)
    found, pages = await swept(source)
    assert sorted(each.file_id for each in found) == sorted(f"{n}.pdf" for n in range(2500))
    assert pages == 3
    first = await source.children("inbox", None)
    assert len(first.entries) == places.PAGE
    assert await source.children("inbox", None) == first, "a page may be asked for again"


async def test_a_file_that_has_gone_is_told_so(stage: Stage, stack: AsyncExitStack) -> None:
    source = await stage.open(stack)
    for path in ("gone.pdf", "no/such/folder.pdf"):
        with pytest.raises(FileGone):
            async for _ in source.content(SourceFile(file_id=path, name="x.pdf", revision="1")):
                pass


async def test_it_has_no_changes_to_ask_for_and_no_grant(stage: Stage, stack: AsyncExitStack) -> None:
    source = await stage.open(stack)
    assert (await source.cursor(), source.grant) == (None, None)
    with pytest.raises(CursorLost):
        await source.changes("1", None)
    assert stage.provider.resume_source == "bulk_upload"


async def test_a_folder_that_the_operator_names_no_longer_is_unavailable() -> None:
    with pytest.raises(FolderUnavailable):
        async with WatchedFolders(settings()).open("inbox", None, owner="o"):
            pass


@pytest.mark.parametrize("refusal", [(403, "AccessDenied"), (404, "NoSuchBucket")])
async def test_a_bucket_that_is_not_there_or_lets_nobody_in_is_unavailable(
    bucket: StandInBucket, refusal: tuple[int, str]
) -> None:
    bucket.refusal = refusal
    async with WatchedFolders(settings(inbox="s3://resumes/")).open("inbox", None, owner="o") as source:
        with pytest.raises(FolderUnavailable):
            await source.children("inbox", None)


async def test_a_store_that_does_not_answer_is_away(bucket: StandInBucket) -> None:
    bucket.refusal = (400, "Confused")
    async with WatchedFolders(settings(inbox="s3://resumes/")).open("inbox", None, owner="o") as source:
        with pytest.raises(SourceAway):
            await source.children("inbox", None)
        with pytest.raises(SourceAway):
            async for _ in source.content(SourceFile(file_id="a.pdf", name="a.pdf", revision="1")):
                pass


def found(path: str, **changes: object) -> Found:
    return Found(path, "file", "1", 100)._replace(**changes)


@pytest.mark.parametrize(
    "path",
    [
        ".hidden.pdf",
        ".git/cv.pdf",
        "a/.Trash/cv.pdf",
        "~$cv.docx",
        "cv.pdf~",
        "cv.pdf.part",
        "cv.tmp",
        "cv.txt",
        "cv",
        "pdf",
        "all.zip",
        "cv.pdf.exe",
    ],
)
def test_hidden_and_unfinished_files_and_those_of_other_types_are_passed_over(path: str) -> None:
    name = path.rpartition("/")[2]
    entry = PassedOver(file_id=path, name=name, reason="wrong_type")
    assert entry_of(found(path), most_bytes=100) == entry


def test_what_is_of_no_size_or_too_large_or_no_file_is_passed_over_with_the_reason() -> None:
    def reason(**changes: object) -> str:
        entry = entry_of(found("cv.pdf", **changes), most_bytes=100)
        assert isinstance(entry, PassedOver)
        return entry.reason

    assert reason(size_bytes=0) == "empty"
    assert reason(size_bytes=101) == "too_large"
    assert reason(kind="link") == "shortcut"
    assert reason(kind="other") == "wrong_type"


def test_hidden_folders_are_not_looked_into() -> None:
    assert entry_of(found("a/.b", kind="folder"), most_bytes=1) is None
    assert entry_of(found("a/b", kind="folder"), most_bytes=1) == SourceFolder(folder_id="a/b/")


@given(st.sampled_from([".pdf", ".DOCX", ".doc", ".Rtf"]), st.text(min_size=1))
def test_a_name_is_kept_as_it_is(suffix: str, stem: str) -> None:
    name = f"a{stem.replace('/', '')}{suffix}"
    entry = entry_of(found(f"x/{name}"), most_bytes=100)
    assert entry == SourceFile(file_id=f"x/{name}", name=name, revision="1", size_bytes=100)


def test_the_chassis_opens_a_bucket_with_its_prefix(bucket: StandInBucket) -> None:
    bucket.objects["hr/new/a.pdf"] = PDF
    store = open_blobs("s3://resumes/hr/new")
    assert [each["path"] for page in store.list() for each in page] == ["a.pdf"]
