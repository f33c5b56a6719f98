"""`mock-eloqua ca`: the certificate authority that `serve --tls` and `serve --proxy` have their certificates from."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from mock_eloqua.cli.command import FILE, as_json, commands, option, writing
from mock_eloqua.tls.authority import BadCertificate, authority, default_folder
from mock_eloqua.tls.trust import ways


@commands.command()
@option("--ca-folder", type=FILE, default=None, help="Where the authority is, or is made; else among your data.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write the certificate.")
@as_json
def ca(ca_folder: Path | None, out: Path | None, *, as_json: bool) -> None:
    """Show which certificate authority to trust, and how.

    Each kind of client is told in its own way.
    """
    try:
        certificate = authority(ca_folder or default_folder()).certificate.absolute()
    except BadCertificate as error:
        raise click.ClickException(str(error)) from error
    if out is not None:
        with writing(out):
            out.write_bytes(certificate.read_bytes())
        certificate = out.absolute()
    found = ways(certificate)
    if as_json:
        click.echo(json.dumps({"certificate": str(certificate), "trust": [asdict(each) for each in found]}))
        return
    click.echo(certificate)
    for each in found:
        click.echo(f"\n  {each.clients}")
        for line in each.commands:
            click.echo(f"    {line}")
