"""Commands about what is kept of people."""

import click
from flask.cli import AppGroup

from incubator.foundation.language import LANGUAGES, in_language
from incubator.privacy import operations_retention, processing, queries_retention

privacy_group = AppGroup("privacy", help="What is kept of people, and what goes.")


@privacy_group.command("due")
def due() -> None:
    """Say what is over today, by which rule; nothing is taken away."""
    with in_language("en"):
        for each in queries_retention.dues():
            oldest = f", the oldest of {each.oldest.isoformat()}" if each.oldest else ""
            click.echo(f"{each.key:12} {len(each.ids):6}{oldest}  ({each.what}: {each.words})")


@privacy_group.command("forget")
def forget() -> None:
    """Take away what is over today; every night does it too."""
    done = operations_retention.forget_due()
    click.echo(", ".join(f"{number} {key}" for key, number in done.items()) or "nothing is over")


@privacy_group.command("register")
@click.option("--language", default="en", type=click.Choice([each.code for each in LANGUAGES]))
@click.option("--json", "for_programs", is_flag=True, help="For programs, with tables and columns.")
def register(language: str, for_programs: bool) -> None:
    """Print the record of processing activities (Art. 30 GDPR)."""
    with in_language(language):
        said = processing.content()
        text = processing.machine(said) if for_programs else processing.markdown(said, processing.words())
    click.echo(text, nl=False)
