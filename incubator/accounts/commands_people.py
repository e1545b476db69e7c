"""The way in for who has lost everything; only on the machine itself."""

import click
import flask

from incubator.accounts.operations_proofs import break_glass
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language
from incubator.foundation.transaction import transaction

REASONS = ("lost", "broken", "stolen", "other")


@click.command("break-glass")
@click.argument("mail")
@click.option("--reason", required=True, type=click.Choice(REASONS), help="What happened to the second proofs.")
@flask.cli.with_appcontext
def break_glass_command(mail: str, reason: str) -> None:
    """Remove somebody's second proofs and print a link that signs them in once; all administrators are told."""
    try:
        with transaction():
            token, until = break_glass(mail, reason)
    except RuleBroken as broken:
        with in_language("en"):
            raise click.ClickException(str(broken.sentence)) from None
    click.echo(f"Second proofs are removed, sign-ins ended. Until {until:%H:%M} UTC this link signs in, once:")
    click.echo(f"{flask.current_app.config['BASE_URL']}/sign-in/link/{token}")
