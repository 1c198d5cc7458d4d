"""``hotgigs parse``: resumes to JSON files, without any service."""

from pathlib import Path

import click

# What parsing needs is imported when it runs, so that `hotgigs --help` does not wait for it.


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "out_dir", required=True, metavar="DIR", type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--evidence", is_flag=True, help="Say where each value came from and how sure it is.")
@click.pass_context
def parse(ctx: click.Context, files: tuple[Path, ...], out_dir: Path, *, evidence: bool) -> None:
    """Parse each FILE into DIR/<file name>.json, in the shape of GET /api/resumes/{id}/data.

    A file that cannot be parsed is named on standard error with the reason, the others are done all
    the same, and the exit status is then 1.
    """
    import uvloop  # noqa: PLC0415

    from hotgigs.chassis import logs  # noqa: PLC0415
    from hotgigs.parser.parse_files import parse_files  # noqa: PLC0415
    from hotgigs.parser.settings import ParserSettings  # noqa: PLC0415

    settings = ParserSettings()
    logs.configure(settings)
    out_dir.mkdir(parents=True, exist_ok=True)
    failures = uvloop.run(parse_files(files, out_dir, settings, evidence=evidence))
    for file, reason in failures:
        click.echo(f"{file}: {reason}", err=True)
    ctx.exit(1 if failures else 0)
