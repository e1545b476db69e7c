"""What the tests of documents share."""

from datetime import datetime
from typing import Any

import pytest

from incubator.documents import contents, operations, press, queries, store
from incubator.documents.models import Document, DocumentKind
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from tests.documents.reading import Structure


class Office:
    """Asks for documents and has them made, as operations and worker do."""

    def subjects(self, project: Any, kind: str) -> list[Any]:
        return [about for each, about in queries.subjects(project) if each.value == kind]

    def ask(self, project: Any, kind: str, by: Any = None, languages: Any = None) -> list[Document]:
        with transaction():
            return [document for about in self.subjects(project, kind) for document in operations.ask(
                project, DocumentKind(kind), by, about=about, languages=languages)]

    def made(self, project: Any, kind: str, language: str = "de") -> bytes:
        """Return the bytes of a document that was asked for and made."""
        documents = self.ask(project, kind, languages=[language])
        operations.make()
        document = next(each for each in documents if each.language == language)
        return store.place(document.key or "").read_bytes()

    def set(self, project: Any, kind: str, language: str = "de", /, **changed: Any) -> bytes:
        """Return a document without keeping it; `changed` replaces parts of its content."""
        about = self.subjects(project, kind)[0]
        content = contents.content(project, DocumentKind(kind), about[1], language)
        db.session.rollback()
        return press.pdf(kind, (content or {}) | changed, self.moment)

    @property
    def moment(self) -> datetime:
        return clock.now()


@pytest.fixture
def office(app) -> Office:
    return Office()


@pytest.fixture
def structure():
    return Structure


@pytest.fixture
def awarded(make):
    """A project with an award of 5,000.00 EUR whose lead speaks German."""
    project = make.project(status="awarded", lead=make.person("lead", language="de"),
                           mentor=make.person("mentor"), title="Küche der Nachbarn")
    make.award(project, grant=5_000_00)
    return project
