"""Commands for whoever keeps the keys of bank data."""

import click
from flask.cli import AppGroup

from incubator.foundation.transaction import transaction
from incubator.payments import bank, operations

payments_group = AppGroup("payments", help="Account numbers and their keys.")


@payments_group.command("turn-keys")
def turn_keys() -> None:
    """Encrypt every account number anew with the first key of BANK_KEY; older keys can be taken away after that."""
    try:
        with transaction():
            count = operations.turn_keys()
    except bank.NoBankKey as missing:
        raise click.ClickException(f"Nothing was changed: {missing}.") from None
    click.echo(f"{count} account(s) are encrypted with the first key.")
