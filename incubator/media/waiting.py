"""Files of a form that was refused are kept, so that nobody has to choose them twice.

A form with a `PapersField` gives its files to `receive`, which reads them before anything is locked and stores those
that are good as papers that wait. The operation claims them. When the form is refused, by a rule or because another
answer is wrong, it is drawn again with "Kept: scan.pdf, 1 page" and a box to leave the file out; what nobody claims
within a day is taken away.

The form:

    class ReceiptForm(ActForm):
        amount_cents = MoneyField(_l("Amount"), [Required()])
        files = PapersField(_l("Photo or PDF of the receipt"), [Required(_l("Please choose a file."))])

The route, and the template with `{% call form_to(url, form, multipart=True) %}{{ field(form.files) }}`:

    form = ReceiptForm()
    if waiting.receive(form, me(), project_id=project.id) and form.carry_out(
        operations.add_receipt, project, me(), **form.values()
    ):
        flash(_("Thank you! The receipt is kept."))
        return redirect(url_for("payments.receipts", project_id=project.id), 303)
    return page("payments/add_receipt.html", form, project=project)

`form.values()["files"]` (also `form.files.papers`) is then a list of `Paper`, and the operation claims each:

    def add_receipt(project, by, *, amount_cents: int, files: Sequence[Paper]) -> Receipt:
        ...
        for paper in files:
            receipt.papers.append(operations_papers.claim(paper, by, project_id=project.id))
"""

from typing import Any

from incubator.foundation.errors import RuleBroken
from incubator.foundation.fields import PapersField
from incubator.foundation.transaction import transaction
from incubator.media import operations_papers, papers, queries
from incubator.media.models import Paper
from incubator.media.papers import ReadPaper


def receive(form: Any, by: Any, *, project_id: int | None = None) -> bool:
    """Say whether a form was sent and is all right so far; its good files wait, whatever else is wrong with it.

    Stands where `form.submitted()` would; `by` is who is signed in.
    """
    if not form.is_submitted():
        return False
    fine = form.submitted()
    for field in form:
        if isinstance(field, PapersField):
            _receive(field, by, project_id)
    return fine and not form.errors


def _receive(field: PapersField, by: Any, project_id: int | None) -> None:
    read = [] if field.has_too_many else _read(field)
    field.data = []
    if not read and not field.kept_keys and not field.dropped_keys:
        return
    try:
        with transaction():
            dropped = queries.sent_papers(field.dropped_keys, by)
            operations_papers.hold_waiting(dropped, by)
            for paper in dropped:
                operations_papers.drop_waiting(paper, by)
            field.data = _waiting(field, read, by, project_id)
    except RuleBroken as broken:
        field.data = queries.sent_papers(field.kept_keys, by)
        _refuse(field, broken.sentence)
    field.kept = [paper for paper in field.data if paper.waiting_since is not None]
    if len({paper.key for paper in field.data}.intersection(field.kept_keys)) < len(field.kept_keys):
        _refuse(field, operations_papers.GONE)


def _read(field: PapersField) -> list[ReadPaper]:
    read = []
    for sent in field.sent:
        try:
            read.append(papers.read(sent.data, sent.name, field.name))
        except RuleBroken as broken:
            _refuse(field, broken.sentence)
    return read


def _waiting(field: PapersField, read: list[ReadPaper], by: Any, project_id: int | None) -> list[Paper]:
    """Return what was kept before and is new now; a file that waits already, chosen again, is the same one.

    What a form sent twice has claimed already is among it: the form's key, or `claim`, knows what to do about it.
    """
    found = queries.sent_papers(field.kept_keys, by)
    for each in read:
        if each.original_sha256 not in {paper.original_sha256 for paper in found}:
            found.append(operations_papers.keep_waiting(each, by, project_id=project_id))
    return found


def _refuse(field: PapersField, sentence: Any) -> None:
    field.errors = [*field.errors, sentence]
