"""Renew what we carry of others: KERN and the fonts. For maintainers with Node; users of the program never run it.

    python tools/vendor_assets.py        fetches, mirrors, subsets, writes static/vendor, static/fonts,
                                         templates/documents/fonts and the checksums
    python tools/vendor_assets.py check  only compares the checksums
"""

import hashlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
PRINTED = ROOT / "templates" / "documents" / "fonts"
KERN = "2.7.2"
PACKAGES = {
    "@kern-ux/native": KERN,
    "rtlcss": "4.3.0",
    "@fontsource-variable/noto-sans": "5.3.0",
    "@fontsource-variable/noto-sans-arabic": "5.3.0",
    "@expo-google-fonts/noto-sans": "0.4.2",
    "@expo-google-fonts/vazirmatn": "0.4.1",
}
# Arabic of a font that draws each letter with one glyph: in others, dots are glyphs too and are copied and read twice
PRINTED_FONTS = {"noto-sans": "NotoSans", "vazirmatn": "Vazirmatn"}
PRINTED_WEIGHTS = ("400Regular", "700Bold")
LATIN = "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+304,U+308,U+2000-206F,U+20AC,U+2122,U+2212,U+2215"
LATIN_EXT = "U+100-130,U+132-151,U+154-17F,U+18F,U+192,U+218-21B,U+259,U+1E80-1E85,U+1E9E,U+1EF2-1EF3"
CYRILLIC = "U+301,U+400-45F,U+490-491,U+4B0-4B1,U+2116"
ARABIC = "U+600-60F,U+61B-6D5,U+6EE-6FF,U+200C-200F,U+25CC,U+FDFC"
FONTS = {
    "noto-sans-latin": ("noto-sans", "noto-sans-latin-wght-normal.woff2", LATIN),
    "noto-sans-latin-ext": ("noto-sans", "noto-sans-latin-ext-wght-normal.woff2", LATIN_EXT),
    "noto-sans-cyrillic": ("noto-sans", "noto-sans-cyrillic-wght-normal.woff2", CYRILLIC),
    "noto-sans-arabic": ("noto-sans-arabic", "noto-sans-arabic-arabic-wght-normal.woff2", ARABIC),
}
FEATURES = ["tnum", "lnum", "locl", "case"]
CHECK_MARK = re.compile(r"(?<=\})(?=\.kern-form-check__checkbox(?:--error)?:checked[^{}]*:before\{)")
KERN_NOTE = """# KERN UX {version}, and what we changed

`kern.min.css` is `dist/kern.min.css` of the npm package `@kern-ux/native` {version}, byte for byte. It is licensed \
under
the EUPL-1.2 (LICENSE.md).

`kern.rtl.min.css` is a modified version of the same file for languages written from right to left, under the same
licence: rtlcss {rtlcss} mirrored every rule except those that draw the check mark of a ticked box, because a check mark
is not mirrored. Made by `tools/vendor_assets.py`; nothing was edited by hand. Our own look, and what we mend in KERN,
stands in `static/css/app.css`.
"""


PRINTED_NOTE = """# Fonts of our PDFs

The TrueType files are those of these packages, byte for byte. The fonts are licensed under the SIL Open Font License
1.1 (the LICENSE files here).

{packages}
`coverage.txt` lists, in hexadecimal, the characters that regular and bold can both draw. Made by
`tools/vendor_assets.py`; checksums stand in `SHA256SUMS`.
"""


def fetch(folder: Path) -> Path:
    """Install the pinned packages without running any of their scripts."""
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), *wanted]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "node_modules"


def vendor_kern(modules: Path) -> None:
    source = modules / "@kern-ux" / "native"
    target = STATIC / "vendor" / "kern" / KERN
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "dist" / "kern.min.css", target / "kern.min.css")
    shutil.copyfile(source / "LICENSE.md", target / "LICENSE.md")
    marked = modules / "kern.marked.css"
    marked.write_text(CHECK_MARK.sub("/*rtl:ignore*/", (target / "kern.min.css").read_text()))
    rtlcss = modules / ".bin" / "rtlcss"
    subprocess.run([str(rtlcss), str(marked), str(target / "kern.rtl.min.css")], check=True, capture_output=True)
    (target / "CHANGES.md").write_text(KERN_NOTE.format(version=KERN, rtlcss=PACKAGES["rtlcss"]))


def vendor_fonts(modules: Path) -> None:
    target = STATIC / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for name, (package, file, characters) in FONTS.items():
        folder = modules / "@fontsource-variable" / package
        cut(folder / "files" / file, target / f"{name}.woff2", characters)
        shutil.copyfile(folder / "LICENSE", target / f"LICENSE-{package}.txt")


def cut(source: Path, target: Path, characters: str) -> None:
    """Keep the weights from regular to bold and the characters we speak."""
    font = TTFont(source)
    instancer.instantiateVariableFont(font, {"wght": (400, 700)}, inplace=True)
    limited = io.BytesIO()
    font.save(limited)
    font = TTFont(limited)
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.layout_features = [*options.layout_features, *FEATURES]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(characters.replace("U+", "")))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def vendor_printed_fonts(modules: Path) -> None:
    """Carry the fonts of our PDFs byte for byte, and write down which characters all their weights can draw."""
    PRINTED.mkdir(parents=True, exist_ok=True)
    can_draw: set[int] = set()
    for package, family in PRINTED_FONTS.items():
        folder = modules / "@expo-google-fonts" / package
        for weight in PRINTED_WEIGHTS:
            shutil.copyfile(folder / weight / f"{family}_{weight}.ttf", PRINTED / f"{family}_{weight}.ttf")
        drawn = [set(TTFont(PRINTED / f"{family}_{weight}.ttf").getBestCmap()) for weight in PRINTED_WEIGHTS]
        can_draw |= set.intersection(*drawn)
        shutil.copyfile(folder / "LICENSE_FONT", PRINTED / f"LICENSE-{package}.txt")
    (PRINTED / "coverage.txt").write_text("".join(f"{low:X}-{high:X}\n" for low, high in ranges(can_draw)))
    named = "".join(f"- npm package `{name}` {PACKAGES[name]}\n" for name in PACKAGES if "google-fonts" in name)
    (PRINTED / "SOURCES.md").write_text(PRINTED_NOTE.format(packages=named))


def ranges(numbers: set[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def name_fonts() -> None:
    """Write each font's fingerprint into its address, as `asset()` does, so that browsers may keep it for ever."""
    sheet = STATIC / "css" / "app.css"
    text = sheet.read_text()
    for name in FONTS:
        fingerprint = hashlib.sha256((STATIC / "fonts" / f"{name}.woff2").read_bytes()).hexdigest()[:12]
        text = re.sub(rf"({name}\.woff2)(\?v=\w*)?", rf"\g<1>?v={fingerprint}", text)
    sheet.write_text(text)


def checksums() -> str:
    files = [*(STATIC / "vendor").rglob("*"), *(STATIC / "fonts").iterdir()]
    named = sorted((path.relative_to(STATIC).as_posix(), path) for path in files if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}" for name, path in named]
    return "\n".join(lines) + "\n"


def printed_checksums() -> str:
    files = sorted(path for path in PRINTED.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def main(arguments: list[str]) -> None:
    listing, printed = STATIC / "SHA256SUMS", PRINTED / "SHA256SUMS"
    if arguments == ["check"]:
        if checksums() != listing.read_text() or printed_checksums() != printed.read_text():
            raise SystemExit("The vendored files differ from their SHA256SUMS.")
        return
    with tempfile.TemporaryDirectory() as folder:
        modules = fetch(Path(folder))
        vendor_kern(modules)
        vendor_fonts(modules)
        vendor_printed_fonts(modules)
    name_fonts()
    listing.write_text(checksums())
    printed.write_text(printed_checksums())
    click.echo(listing.read_text())


if __name__ == "__main__":
    main(sys.argv[1:])
