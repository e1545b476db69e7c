"""Commands for the map of the districts."""

from pathlib import Path

import click

from incubator.foundation.transaction import transaction
from incubator.programme import operations_shapes
from incubator.programme.rules_shapes import LARGEST_FILE, Unfit


@click.command("import-shapes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Who made the shapes, as it stands under the map.")
@click.option("--licence", required=True, help="Under which licence they may be shown.")
@click.option("--licence-url", default="", help="Where the licence can be read.")
@click.option("--property", "named_by", help="Which property names or numbers the districts; names are found alone.")
def import_shapes(file: Path, source: str, licence: str, licence_url: str, named_by: str | None) -> None:
    """Draw the real map: take the districts' shapes from a GeoJSON file (WGS84, or plain metres)."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
        with transaction():
            drawing = operations_shapes.import_shapes(
                data, None, source=source, licence=licence, licence_url=licence_url, named_by=named_by
            )
    except OSError:
        raise click.ClickException(f"{file} cannot be read.") from None
    except Unfit as unfit:
        raise click.ClickException("\n".join(("nothing was changed.", *unfit.lines))) from None
    click.echo(f"{len(drawing.outlines)} shapes, {drawing.size // 1000} kB, in a box of "
               f"{drawing.width} × {drawing.height}")


@click.command("drop-shapes")
def drop_shapes() -> None:
    """Go back to the schematic map of tiles."""
    with transaction():
        count = operations_shapes.drop_shapes(None)
    click.echo(f"{count} shapes dropped")


def set_up(group: click.Group) -> None:
    group.add_command(import_shapes)
    group.add_command(drop_shapes)
