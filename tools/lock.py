"""Write the lock files: every package the program needs, in one version, with the checksums of all its files.

    python tools/lock.py            keeps the versions that are locked, adds and drops what pyproject.toml asks for
    python tools/lock.py upgrade    takes the newest versions that pyproject.toml allows

The checksums are those of the files for every system, so that one lock serves Linux on both processors and macOS.
Nothing in them says where packages come from: each machine is set up for its own index.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
HOME = ROOT / "build" / "lock"
LOCKER = "uv==0.13.9"
SAYS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet",
        "--custom-compile-command", "make lock"]
WANTED = {  # in this order: each keeps the versions of those before it
    "build": ["requirements/build.in"],
    "run": ["pyproject.toml"],
    "otel": ["pyproject.toml", "--extra", "otel"],
    "test": ["pyproject.toml", "--extra", "test"],
}


def locker() -> Path:
    """Return the program that resolves, in a virtual environment of its own."""
    program = HOME / "bin" / "uv"
    mark = HOME / LOCKER
    if not mark.exists():
        venv.create(HOME, clear=True, with_pip=True)
        subprocess.run([str(HOME / "bin" / "python"), "-m", "pip", "install", "--quiet", LOCKER], check=True)
        mark.touch()
    return program


def write(name: str, upgrade: bool) -> None:
    before = list(WANTED)[:list(WANTED).index(name)]
    kept = [part for each in before for part in ("--constraint", f"requirements/{each}.txt")]
    into = ["--output-file", f"requirements/{name}.txt"]
    command = [str(locker()), "pip", "compile", *WANTED[name], *kept, *SAYS, *into]
    settings = {"UV_NO_CONFIG": "1", "UV_CACHE_DIR": str(HOME / "cache")}
    subprocess.run([*command, *(["--upgrade"] if upgrade else [])], check=True, cwd=ROOT, stdout=subprocess.DEVNULL,
                   env={**os.environ, **settings})


def main(arguments: list[str]) -> int:
    for name in WANTED:
        write(name, upgrade=arguments == ["upgrade"])
        sys.stdout.write(f"requirements/{name}.txt\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
