"""Commands that save the house into one file and bring it back."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import flask
import sqlalchemy as sa

from incubator.desk.queries_machine import BACKUP
from incubator.foundation import backup, erased, sightings
from incubator.foundation.age import CannotOpen, Keys
from incubator.foundation.age import new_key as made_key
from incubator.foundation.database import db
from incubator.foundation.later import later
from incubator.journal import operations as journal
from incubator.journal import rules
from incubator.journal.models import Entry
from incubator.journal.rules import Findings
from incubator.privacy import operations_replay
from incubator.projects import queries as projects

flask_migrate = later("flask_migrate")
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def what_does_not_fit(findings: Findings) -> list[str]:
    return [
        *findings.sentences,
        *(f"The reason given with entry {entry} (project {project}) was changed or removed, or put in later."
          for project, entry in projects.altered_reasons()),
    ]


def _passphrase(file: Path | None) -> str:
    return file.read_text().strip() if file else ""


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--recipient", "recipients", multiple=True, help="A public key, age1… or ssh-…, for which to encrypt.")
@click.option("--passphrase-file", type=A_FILE, help="A file with the passphrase to encrypt with, for small cities.")
def save(file: Path, recipients: tuple[str, ...], passphrase_file: Path | None) -> None:
    """Save database and files into one file, while everything runs."""
    config = flask.current_app.config
    keys = Keys(recipients=recipients, passphrase=_passphrase(passphrase_file))

    def note(line: sa.Connection) -> dict[str, Any] | None:
        is_there = sa.inspect(line).has_table(Entry.__tablename__)
        return journal.newest_signed(line, config["RECORD_KEY"], config["BASE_URL"]) if is_there else None

    try:
        size = backup.save(file, Path(config["INSTANCE"]), note, keys if recipients or passphrase_file else None)
    except CannotOpen as refusal:
        raise click.ClickException(str(refusal)) from None
    sightings.note(BACKUP, bytes=size)
    click.echo(f"{file} holds {size // 1024} kB{', encrypted' if recipients or passphrase_file else ''}")


@click.command("backup-key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def new_key(file: Path) -> None:
    """Make a key that opens backups, into a new file, and print the one to encrypt for. Keep the file elsewhere."""
    opens, closes = made_key()
    try:
        file.touch(0o600, exist_ok=False)
    except FileExistsError:
        raise click.ClickException(f"{file} is there already; it may be the only key to older backups.") from None
    file.write_text(f"# public key: {closes}\n{opens}\n")
    click.echo(closes)


@click.command("restore")
@click.argument("file", type=A_FILE)
@click.option("--identity", "identities", multiple=True, type=A_FILE, help="A file with the key that opens the backup.")
@click.option("--passphrase-file", type=A_FILE, help="A file with the passphrase the backup was encrypted with.")
def restore(file: Path, identities: tuple[Path, ...], passphrase_file: Path | None) -> None:
    """Bring a backup back into an empty database; one without any table is migrated first.

    Whoever was forgotten since it was made is forgotten again, else the restore does not succeed.
    """
    instance = Path(flask.current_app.config["INSTANCE"])
    keys = Keys(identities=[each.read_text() for each in identities], passphrase=_passphrase(passphrase_file))
    try:
        with backup.unpacked(file, instance, keys) as saved:
            if not sa.inspect(db.engine).get_table_names():
                flask_migrate.upgrade()
            manifest = backup.bring_back(saved, instance)
    except (backup.CannotRestore, erased.Unreadable) as refusal:
        raise click.ClickException(str(refusal)) from None
    count, wrong = _what_came_back(manifest)
    if again := _forget_again(instance, manifest["made_at"]):
        click.echo(f"{again} who were forgotten since then were forgotten again")
    if wrong:
        raise click.ClickException("restored, but the journal does not hold:\n" + "\n".join(wrong))
    click.echo(f"Restored as of {manifest['made_at']}; {count} journal entries hold")


def _what_came_back(manifest: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Walk the journal that came back, compare its end with what the backup says of it; return what does not fit."""
    findings = journal.verify(flask.current_app.config["RECORD_KEY"])
    newest = db.session.execute(sa.select(Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)).one_or_none()
    wrong = what_does_not_fit(findings)
    if "journal" in manifest:
        wrong += rules.against_backup(manifest["journal"], (newest.id, newest.hash) if newest else None)
    return findings.count, wrong


def _forget_again(instance: Path, made_at: str) -> int:
    try:
        return operations_replay.replay(erased.known(instance), datetime.fromisoformat(made_at))
    except Exception as fault:  # whatever it is: nobody may come back unnoticed
        raise click.ClickException(
            "Restored, but somebody who was forgotten is here again. Let nobody use this house: find out why "
            f"({type(fault).__name__}: {fault}), empty it and restore anew. See {erased.NAME}."
        ) from fault
