"""Files in S3-compatible storage, with the few words of `Path` that the house asks of a file.

An object is put whole or not at all, and whoever reads finds it at once. This file loads the client, so it is imported
only where FILES_URL names a bucket.
"""

import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from incubator.foundation.folders import Away as Away

PATIENCE: dict[str, Any] = {"connect_timeout": "3s", "timeout": "60s"}
TRIES: dict[str, Any] = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}
A_PART = 256 * 1024


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BaseError as fault:
        raise Away(f"{type(fault).__name__}: {str(fault).partition(chr(10))[0][:200]}") from None


@dataclass(frozen=True)
class Found:
    """A file in a listing."""

    place: "Remote"
    size: int
    at: datetime


@dataclass(frozen=True)
class Remote:
    """A file or a folder in a bucket; folders come and go with what lies in them."""

    store: S3Store = field(hash=False)
    path: str

    def __truediv__(self, more: str) -> "Remote":
        return Remote(self.store, f"{self.path}/{more}")

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def parent(self) -> "Remote":
        return Remote(self.store, str(PurePosixPath(self.path).parent))

    def with_suffix(self, suffix: str) -> "Remote":
        return Remote(self.store, str(PurePosixPath(self.path).with_suffix(suffix)))

    def mkdir(self, **_how: Any) -> None:
        """Do nothing: there are no folders."""

    def is_file(self) -> bool:
        return self.about() is not None

    exists = is_file

    def about(self) -> Any:
        """Return size, moment and tag of the file, None where it is not there."""
        try:
            with _told():
                return obstore.head(self.store, self.path)
        except FileNotFoundError:
            return None

    def read_bytes(self) -> bytes:
        with _told():
            return bytes(obstore.get(self.store, self.path).bytes())

    def read_text(self) -> str:
        return self.read_bytes().decode()

    def write_bytes(self, data: bytes | Path) -> None:
        """Put bytes, or a file of this machine; large ones go in parts and appear with the last of them."""
        try:
            with _told():
                obstore.put(self.store, self.path, data)
        except FileNotFoundError:
            raise Away("the bucket is not there") from None

    def write_text(self, text: str) -> None:
        self.write_bytes(text.encode())

    def unlink(self, missing_ok: bool = False) -> None:
        with _told():
            obstore.delete(self.store, self.path)

    def files(self) -> Iterator[Found]:
        """List everything below; in no order that could be relied on."""
        with _told():
            for part in obstore.list(self.store, f"{self.path}/", chunk_size=1000):
                for each in part:
                    yield Found(Remote(self.store, each["path"]), each["size"], each["last_modified"])


@functools.lru_cache
def opened(url: str, key_id: str | None, secret: str | None) -> S3Store:
    """Open `s3://bucket/folder?endpoint=https://…&region=…`; without keys the client looks for those of its machine."""
    address = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    given: dict[str, Any] = {"region": asked.get("region", "us-east-1")}
    if "endpoint" in asked:
        given["endpoint"] = asked["endpoint"]
    if key_id and secret:
        given |= {"access_key_id": key_id, "secret_access_key": secret}
    given |= {"retry_config": TRIES, "client_options": PATIENCE | {"allow_http": _is_plain(asked.get("endpoint", ""))}}
    return S3Store(address.netloc, prefix=address.path.strip("/") or None, **given)


def _is_plain(endpoint: str) -> bool:
    return endpoint.startswith("http://")


def sweep(mark: Remote, names: re.Pattern[str], known: Callable[[Iterable[str]], set[str]], day: str,
          oldest: float) -> int:
    """Remove what `folders.sweep` would, beside its mark; ages are told by the storage's own clock."""
    if mark.exists() and mark.read_text() == day:
        return 0
    mark.write_text(day)
    now = mark.about()["last_modified"]
    old = [each.place for each in mark.parent.files()
           if each.place != mark and (now - each.at).total_seconds() > oldest]
    gone = 0
    for begin in range(0, len(old), 500):
        some = old[begin:begin + 500]
        keys = {each: match.group(1) for each in some if (match := names.fullmatch(each.name))}
        kept = known(set(keys.values())) if keys else set()
        for each in some:
            if keys.get(each) not in kept:
                each.unlink()
                gone += 1
    return gone


def send(place: Remote, *, conditional: bool = True, etag: bool = True, **how: Any) -> flask.Response | None:
    """Answer with a file, passed on piece by piece; None where it is not there."""
    try:
        with _told():
            got = obstore.get(place.store, place.path)
    except FileNotFoundError:
        return None
    answer = flask.send_file(io.BytesIO(), conditional=False, etag=False, **how)
    answer.response = map(bytes, got.stream(A_PART))
    answer.direct_passthrough = False
    answer.content_length = size = got.meta["size"]
    answer.last_modified = got.meta["last_modified"]
    if etag and (tag := got.meta["e_tag"]):
        answer.set_etag(tag.strip('"'))
    if conditional:
        answer.make_conditional(flask.request.environ, accept_ranges=True, complete_length=size)
    return answer
