"""List every part of what runs: packages with version, licence and what needs them, styles and fonts of others.

    python -m tools.sbom      writes build/sbom.json (CycloneDX 1.6)

Packages are those installed here that the program itself needs, not those of its tests.
"""

import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.vendor_assets import PACKAGES, PRINTED, STATIC

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "sbom.json"
LICENCES = {"@kern-ux/native": "EUPL-1.2"}  # all others we carry are fonts under one licence
FONT_LICENCE = "OFL-1.1"
READ = {"pysqlite3": "Zlib", "pyrage": "MIT"}  # their metadata says none; read in the file that lies beside it


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def needs(lines: list[str], extras: frozenset[str] = frozenset()) -> list[Requirement]:
    """Return what applies on this machine."""
    found = [Requirement(line) for line in lines]
    return [each for each in found if each.marker is None
            or any(each.marker.evaluate({"extra": extra}) for extra in (extras or {""}))]


def closure() -> dict[str, tuple[Distribution, set[str]]]:
    """Return every installed package the program needs, with the names of those it needs itself."""
    found: dict[str, tuple[Distribution, set[str]]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = needs(list(project()["dependencies"]))
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        package = distribution(name)
        own = needs(package.requires or [], extras | {""})
        found.setdefault(name, (package, set()))[1].update(canonicalize_name(each.name) for each in own)
        waiting += own
    return found


def licence(package: Distribution) -> list[LicenseExpression | DisjunctiveLicense]:
    said = package.metadata
    if told := said.get("License-Expression") or READ.get(canonicalize_name(said["Name"])):
        return [LicenseExpression(told)]
    named = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
    named = named or [(said.get("License") or "").strip().partition("\n")[0]]
    return [DisjunctiveLicense(name=each) for each in named if each]


def package_part(name: str, package: Distribution) -> Component:
    return Component(
        type=ComponentType.LIBRARY, name=name, version=package.version, bom_ref=name, licenses=licence(package),
        purl=PackageURL("pypi", None, name, package.version), description=package.metadata.get("Summary"),
    )


def carried() -> dict[str, list[tuple[str, str]]]:
    """Return what we carry of others: for each package its files here, each with its checksum."""
    found: dict[str, list[tuple[str, str]]] = {}
    for folder in (STATIC, PRINTED):
        for line in (folder / "SHA256SUMS").read_text().splitlines():
            checksum, _, file = line.partition("  ")
            path = f"{folder.relative_to(ROOT).as_posix()}/{file}"
            found.setdefault(origin(path), []).append((path, checksum))
    return found


def origin(path: str) -> str:
    """Name the package a carried file was made of."""
    if "/kern/" in path:
        return "@kern-ux/native"
    if path.startswith("templates"):
        return "@expo-google-fonts/vazirmatn" if "vazirmatn" in path.lower() else "@expo-google-fonts/noto-sans"
    return "@fontsource-variable/noto-sans-arabic" if "arabic" in path else "@fontsource-variable/noto-sans"


def carried_part(name: str, files: list[tuple[str, str]]) -> Component:
    group, _, short = name.rpartition("/")
    inside = [
        Component(type=ComponentType.FILE, name=path, bom_ref=path,
                  hashes=[HashType(alg=HashAlgorithm.SHA_256, content=checksum)])
        for path, checksum in files
    ]
    return Component(
        type=ComponentType.LIBRARY, group=group, name=short, version=PACKAGES[name], bom_ref=name, components=inside,
        licenses=[LicenseExpression(LICENCES.get(name, FONT_LICENCE))],
        purl=PackageURL("npm", group, short, PACKAGES[name]),
    )


def bom() -> Bom:
    """Put the list together, with what needs what."""
    told, packages = project(), closure()
    listed = Bom()
    itself = Component(type=ComponentType.APPLICATION, name=str(told["name"]), version=str(told["version"]),
                       bom_ref="program", licenses=[LicenseExpression("EUPL-1.2")])
    listed.metadata.component = itself
    parts = {name: package_part(name, package) for name, (package, _) in packages.items()}
    others = [carried_part(name, files) for name, files in carried().items()]
    for part in (*parts.values(), *others):
        listed.components.add(part)
    asked = {canonicalize_name(each.name) for each in needs(list(told["dependencies"]))}
    listed.register_dependency(itself, [*(parts[name] for name in sorted(asked)), *others])
    for name, (_, needed) in packages.items():
        listed.register_dependency(parts[name], [parts[each] for each in sorted(needed)])
    return listed


def written() -> str:
    return make_outputter(bom(), OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)


def main() -> int:
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(written())
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
