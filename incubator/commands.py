"""Commands for operators; each calls one operation and says what it did."""

import re
from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from incubator.accounts import operations as accounts
from incubator.accounts.commands_people import break_glass_command
from incubator.accounts.models import Role
from incubator.commands_backup import new_key, restore, save, what_does_not_fit
from incubator.desk.jobs import note_journal
from incubator.foundation import catalogues, jobs, submission, worker
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import LANGUAGES, in_language
from incubator.foundation.transaction import transaction
from incubator.interchange.commands import round_group, site_group
from incubator.journal import operations as journal
from incubator.letters.queries import newest_to
from incubator.policy import RULES
from incubator.programme import commands as map_commands
from incubator.programme import operations as programme
from incubator.programme.commands_city import city_group
from incubator.programme.operations_city import home_of

DISTRICTS = Path(__file__).parent / "programme" / "districts.csv"


@jobs.every_tick
def forget_old_submissions() -> None:
    with transaction():
        submission.forget_old()


@click.command("tick")
@flask.cli.with_appcontext
def tick_command() -> None:
    """Do all periodic work once."""
    worker.tick()


@click.command("work")
def work() -> None:
    """Run a worker: wake-ups through Redis, and the sweep that needs none. SIGTERM ends it in order."""
    worker.run(flask.current_app._get_current_object())  # type: ignore[attr-defined]


@click.command("policy")
def show_policy() -> None:
    """Print who may do what."""
    for act, rule in RULES.items():
        click.echo(f"{act.value:28} {rule.__name__}")


journal_group = AppGroup("journal", help="The append-only book.")


@journal_group.command("verify")
def verify() -> None:
    """Walk the journal, its checkpoints and the reasons bound to it; say what does not fit, entry by entry."""
    findings = journal.verify(flask.current_app.config["RECORD_KEY"])
    wrong = what_does_not_fit(findings)
    note_journal(findings.count, len(wrong))
    for sentence in wrong:
        click.echo(sentence)
    if wrong:
        raise click.ClickException(f"{len(wrong)} things do not fit in {findings.count} entries")
    click.echo(f"{findings.count} entries hold, {findings.checkpoints} checkpoints fit")


def _refused(broken: RuleBroken) -> click.ClickException:
    """Commands speak English, like their help."""
    with in_language("en"):
        return click.ClickException(str(broken.sentence))


people_group = AppGroup("people", help="Accounts.")
people_group.add_command(break_glass_command)


@people_group.command("invite")
@click.argument("mail")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]))
@click.option("--language", default="de", type=click.Choice([each.code for each in LANGUAGES]))
def invite(mail: str, roles: tuple[str, ...], language: str) -> None:
    """Invite somebody; without a mail server the link is printed instead."""
    try:
        with transaction():
            accounts.invite(mail, None, roles=[Role(role) for role in roles], language=language)
    except RuleBroken as broken:
        raise _refused(broken) from None
    if flask.current_app.config["SMTP_URL"]:
        click.echo(f"A letter goes to {mail}.")
        return
    letter = newest_to(mail.strip().lower())
    link = re.search(r"https?://\S+/invitation/\S+", letter.text) if letter else None
    click.echo("No mail server is set, so hand this link over yourself; it works once:")
    click.echo(link[0] if link else "the link stands in the letter, see the table letter")


districts_group = AppGroup("districts", help="The city's districts.")


@districts_group.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), default=DISTRICTS)
def import_districts(file: Path) -> None:
    """Take districts from a CSV file, the city's own list where none is named."""
    try:
        with transaction():
            added, changed = programme.import_districts(file)
    except RuleBroken as broken:
        raise _refused(broken) from None
    click.echo(f"{added} added, {changed} changed")


programme_group = AppGroup("programme", help="The lists that every programme stands on.")


@programme_group.command("set-up")
def set_up_programme() -> None:
    """Write down themes and districts where they are missing; run again it changes nothing."""
    with transaction():
        programme.set_up(home_of(flask.current_app))
    click.echo("themes and districts are there")


translations_group = AppGroup("translations", help="The catalogues of our own sentences.")


@translations_group.command("extract")
def extract() -> None:
    """Gather every sentence and bring the catalogues in line."""
    click.echo(f"{catalogues.extract()} sentences")


@translations_group.command("compile")
def compile_() -> None:
    """Compile what was changed; the start does it too."""
    click.echo(", ".join(catalogues.compile_newer()) or "nothing was newer")


@translations_group.command("status")
def status() -> None:
    """Say how far each language is."""
    for each in catalogues.standing():
        doubts = [f"{number} {what}" for number, what in (
            (each.missing, "missing"), (each.fuzzy, "fuzzy"), (each.unreviewed, "unreviewed")) if number]
        click.echo(f"{each.code:10} {each.done} of {each.sentences}{': ' if doubts else ''}{', '.join(doubts)}")


@translations_group.command("check")
def check() -> None:
    """Say what is missing in any language."""
    found = list(catalogues.problems())
    for problem in found:
        click.echo(problem)
    if found:
        raise click.ClickException(f"{len(found)} problems")
    click.echo("complete")


def set_up(app: flask.Flask) -> None:
    map_commands.set_up(districts_group)
    groups = (journal_group, people_group, city_group, districts_group, programme_group, translations_group,
              round_group, site_group)
    for command in (tick_command, work, show_policy, save, new_key, restore, *groups):
        app.cli.add_command(command)
