"""Two hundred ways to write an address that leads somewhere else, and what a browser makes of each."""

import re
from urllib.parse import quote, urlsplit

EVIL = "evil.example"
BEFORE = (
    "//", "///", "////", "/\\", "\\\\", "\\/", "/\t/", "/\n/", "/\r\n/", "\t//", " //", "/ /", "/%09/", "/%5C", "/%2F",
    "%2F%2F", "https:", "https:/", "https://", "https:///", "http:\\\\", "//\t", "/.//", "/..//", "//;@", "//a@",
    "https://localhost@", "https://localhost.", "//localhost:80@", "/\u2028/", "/\uff0f", "\uff0f\uff0f", "/\u3002/",
    "\x00//", "/\x00/", "//\u00ad", "javascript://", "data:text/html,//", "/de//", "/de/desk//", "/de/\\",
    "/de/desk/..//", "/de/desk/../..//", "/de/desk\\\\", "/de/desk?next=//", "/de/desk/%0d%0aLocation: //",
    "/de/desk/\r\nLocation: //", "/de/desk@", "/de/desk.", "/de/desk:80@",
)
AFTER = ("", "/", "/de/desk/", "?/de/desk/", "#/de/desk/", "%2Fde/desk/", "\\de\\desk", ":443/de/desk/")
PAYLOADS = list(dict.fromkeys(f"{before}{EVIL}{after}" for before in BEFORE for after in AFTER[:5]))
STRIPPED = re.compile(r"[\t\r\n]")  # what browsers take out of an address before they read it


def leads_away(location: str) -> bool:
    """Say whether a browser that is sent there leaves our host."""
    read = STRIPPED.sub("", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    parts = urlsplit(read)
    if read.startswith("//") or (parts.scheme and not parts.netloc):
        return True
    return bool(parts.netloc) and parts.netloc != "localhost"


def in_path(payload: str) -> str:
    """Write a payload so that it can stand in the path of a request."""
    return "/" + quote(payload, safe="/\\:@;?#%.=")
