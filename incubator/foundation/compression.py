"""Answers are made small before they leave, with Brotli or gzip: phones pay for bytes.

A page made for somebody's session is sent as it is: it holds a token, and the length of compressed secrets beside
words a stranger may choose gives them away, letter by letter (BREACH).
"""

import functools
import gzip
import re
from collections.abc import Callable

import brotli
import flask

LEAST_BYTES = 600
LONGEST_WISH = 300  # what a reader says it understands beyond that is not read
TEXT = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
WORDS = ("+json", "+xml")
OF_ONE = re.compile("no-store|private")
QUICK, PAGE, ONCE = 5, 6, 11  # how hard Brotli tries: for a page of the moment, for one that is kept, for a file


def _brotli(data: bytes, effort: int) -> bytes:
    return bytes(brotli.compress(data, quality=effort, mode=brotli.MODE_TEXT))


def _gzip(data: bytes, effort: int) -> bytes:
    return gzip.compress(data, compresslevel=min(effort, 9), mtime=0)


WAYS: dict[str, Callable[[bytes, int], bytes]] = {"br": _brotli, "gzip": _gzip}


def chosen(accepted: str) -> str:
    """Return the way a reader understands that makes the smallest answer; empty for none."""
    return _chosen(accepted[:LONGEST_WISH])


@functools.lru_cache(256)
def _chosen(accepted: str) -> str:
    offered = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.strip().partition(";")
        offered[name.strip()] = rest.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((way for way in WAYS if offered.get(way)), "")


def for_a_page(body: bytes) -> bytes:
    return _brotli(body, PAGE)


def mark(plain: str, way: str) -> str:
    """Name what a strong mark of plain bytes becomes for the same in fewer: other bytes, and always the same ones."""
    return f'{plain[:-1]}-{way}"' if way else plain


def from_brotli(body: bytes, way: str) -> bytes:
    """Make of what was kept what a reader understands: gzip, or plain where `way` is empty."""
    plain = bytes(brotli.decompress(body))
    return _gzip(plain, PAGE) if way == "gzip" else plain


def is_text(mimetype: str | None) -> bool:
    return bool(mimetype) and (str(mimetype).startswith(TEXT) or str(mimetype).endswith(WORDS))


_files: dict[tuple[str, str], bytes] = {}


def _file(response: flask.Response, mark: str, way: str) -> bytes:
    """Read and compress a file of ours as small as it gets, once in each process; `mark` changes with the file.

    Addresses are no keys: a file has as many as somebody thinks up, with `..` in them.
    """
    if (mark, way) not in _files:
        _files[mark, way] = WAYS[way](response.get_data(), ONCE)
    response.close()
    return _files[mark, way]


def _compress(response: flask.Response) -> flask.Response:
    if not is_text(response.mimetype) or response.status_code not in (200, 304):
        return response
    response.vary.add("Accept-Encoding")
    if flask.g.get("is_kept"):  # the page cache makes it small, once for all
        return response
    way = chosen(flask.request.headers.get("Accept-Encoding", ""))
    if not way or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    if OF_ONE.search(response.headers.get("Cache-Control", "")) or "Set-Cookie" in response.headers:
        return response
    is_file = flask.request.endpoint == "static"
    if response.is_streamed and not is_file:
        return response
    if (response.content_length or 0) < LEAST_BYTES:
        return response
    response.direct_passthrough = False
    plain, is_weak = response.get_etag()
    response.set_data(_file(response, plain or "", way) if is_file else WAYS[way](response.get_data(), QUICK))
    response.headers["Content-Encoding"] = way
    response.headers.pop("Accept-Ranges", None)
    if plain and not is_weak:
        response.headers["ETag"] = mark(f'"{plain}"', way)
        if flask.request.if_none_match.contains_weak(f"{plain}-{way}"):
            response.status_code = 304
    return response


def set_up(app: flask.Flask) -> None:
    app.after_request(_compress)
