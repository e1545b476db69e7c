"""The documents of a project: what there is, what is being made, and the files themselves."""

import flask
from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from incubator.access import guard
from incubator.documents import operations, queries, routes_cooperation, routes_panel, store
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.foundation import folders
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.foundation.language import named
from incubator.policy import Act
from incubator.projects.models import Project
from incubator.projects.queries import project as load

bp = Blueprint("documents", __name__)
blueprints = (bp, routes_cooperation.bp, routes_panel.bp)


@bp.get("/desk/projects/<int:project_id>/documents")
@guard(Act.SEE_DOCUMENT, project=load)
def show(project: Project) -> ResponseReturnValue:
    return _listed(project)


def _listed(project: Project, form: Form | None = None) -> ResponseReturnValue:
    documents = queries.of_project(project.id)
    kinds = {kind: [each for each in documents if each.kind is kind] for kind in DocumentKind}
    possible = {kind for kind, _about in queries.subjects(project)}
    return page(
        "documents/show.html", form or ActForm(), project=project, named=named,
        kinds={kind: rows for kind, rows in kinds.items() if rows or kind in possible}, possible=possible,
        numbers=queries.request_numbers(project.id),
        is_waiting=any(each.state is DocumentState.WAITING for each in documents),
    )


@bp.post("/desk/projects/<int:project_id>/documents/<string:kind>")
@guard(Act.ASK_DOCUMENT, project=load)
def ask(project: Project, kind: str) -> ResponseReturnValue:
    if kind not in list(DocumentKind):
        flask.abort(404)
    form = ActForm()
    if form.submitted() and form.carry_out(operations.ask_again, project, DocumentKind(kind), me()):
        made = len(form.outcome) if isinstance(form.outcome, list) else 1
        flash(ngettext("%(num)s document is being made.", "%(num)s documents are being made.", made))
        return redirect(url_for("documents.show", project_id=project.id), 303)
    return _listed(project, form)


@bp.get("/desk/documents/<int:document_id>.pdf")
@guard(Act.SEE_DOCUMENT, document=queries.document)
def download(document: Document) -> ResponseReturnValue:
    if document.state is not DocumentState.READY or document.key is None:
        flask.abort(404)
    name = f"{document.project.slug}-{document.kind.value.replace('_', '-')}-{document.language}.pdf"
    return folders.send(store.place(document.key), mimetype="application/pdf", as_attachment=True, download_name=name)
