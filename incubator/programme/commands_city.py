"""Commands that make the program a city's own."""

from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from incubator.foundation.transaction import transaction
from incubator.programme import operations_city, queries, queries_sign
from incubator.programme.rules_shapes import Unfit

city_group = AppGroup("city", help="The city this program works for: name, colour, logo, themes, districts.")


@city_group.command("init")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def init(file: Path) -> None:
    """Take the city from a TOML file and the files it names; run again it changes what is different."""
    try:
        with transaction():
            city = operations_city.take_over(file, operations_city.home_of(flask.current_app))
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or file} cannot be read or written: {fault.strerror}") from None
    except Unfit as unfit:
        raise click.ClickException("\n".join(("nothing was changed.", *unfit.lines))) from None
    click.echo(f"{city.name}: {len(city.themes)} themes, {len(queries.districts())} districts. "
               "Start the program again to see it.")


@city_group.command("example")
def example() -> None:
    """Print a file to begin with."""
    click.echo(operations_city.example(), nl=False)


@city_group.command("show")
def show() -> None:
    """Say which city this is, and what it stands on."""
    config = flask.current_app.config
    click.echo(f"{config['CITY_NAME']} – {config['SITE_NAME']}")
    click.echo(f"colour {config['CITY_COLOUR'] or 'of the house'}, logo {'own' if config['CITY_HAS_LOGO'] else 'none'}")
    for theme in queries.themes():
        click.echo(f"  {theme.key}  {theme.name('de')}")
    click.echo(f"{len(queries.districts())} districts")
    for video in queries_sign.videos(operations_city.home_of(flask.current_app), config["SIGN_LANGUAGE"]):
        beside = ", ".join(name for name, there in (
            ("picture", video.has_poster), ("captions", video.has_captions)) if there)
        click.echo(f"sign language: {video.page} – " + (
            f"video{', ' if beside else ''}{beside}" if video.is_there else f"sign/{video.page}.mp4 is missing"))
