"""A compiled catalogue read where it lies: only sentences that are asked for become ours; all processes share it."""

import bisect
import io
import mmap
import struct
from array import array
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from babel.support import Translations

Key = str | tuple[str, int]  # a sentence, or one of its forms for a number
OURS = struct.pack("=I", Translations.LE_MAGIC)  # begins what was compiled on a machine that writes numbers as this one
HEAD = 28  # bytes before the two tables: where each sentence lies, where its translation does


class Lines(Mapping[Key, str]):
    """What gettext keeps in a dictionary."""

    def __init__(self, file: BinaryIO) -> None:
        self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.read: dict[Key, str] = {}
        _version, number, asked, said = struct.unpack_from("=4I", self.data, 4)
        whole = memoryview(self.data)
        self.asked, self.said = (whole[at:at + 8 * number].cast("I") for at in (asked, said))
        self.order = array("I", sorted(range(number), key=self._asked))

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[Key]:
        for number in self.order:
            one, has_forms, _many = self._asked(number).decode().partition("\0")
            forms = self._said(number).split("\0")
            yield from ((one, each) for each in range(len(forms))) if has_forms else (one,)

    def __getitem__(self, key: Key) -> str:
        if key not in self.read:
            self.read[key] = self._find(key)
        return self.read[key]

    def head(self) -> str:
        """Return what stands where the sentence is empty: the language's rules, a line each."""
        return self._said(self.order[0])

    def _find(self, key: Key) -> str:
        sentence, form = key if isinstance(key, tuple) else (str(key), None)
        wanted = sentence.encode(errors="surrogatepass")
        place = bisect.bisect_left(self.order, wanted, key=self._asked)
        if place == len(self.order):
            raise KeyError(key)
        one, has_forms, _many = self._asked(self.order[place]).partition(b"\0")
        if one != wanted or bool(has_forms) is not (form is not None):
            raise KeyError(key)
        forms = self._said(self.order[place]).split("\0")
        if (form or 0) >= len(forms):
            raise KeyError(key)
        return forms[form or 0]

    def _asked(self, number: int) -> bytes:
        return self._bytes(self.asked, number)

    def _said(self, number: int) -> str:
        return self._bytes(self.said, number).decode()

    def _bytes(self, table: memoryview, number: int) -> bytes:
        length, at = table[2 * number], table[2 * number + 1]
        return self.data[at:at + length]


class Catalogue(Translations):
    """Knows what its head says, such as which number takes which form; sentences stay in the file."""

    def _parse(self, file: Any) -> None:
        if file.read(4) != OURS:
            raise OSError(0, "Bad magic number", file.name)
        lines = Lines(file)
        head = lines.head().encode()
        alone = struct.pack("=7I2I2I", Translations.LE_MAGIC, 0, 1, HEAD, HEAD + 8, 0, 0, 0, HEAD + 16,
                            len(head), HEAD + 16)
        super()._parse(io.BytesIO(alone + head + b"\0"))
        self._catalog: Any = lines
