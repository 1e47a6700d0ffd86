"""The folder for Linux, and the proof that it needs no Python: its self-test in a root with libraries only."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from release.tools import (
    ROOT,
    FailedError,
    cache,
    digest_of,
    folder_size,
    fresh,
    megabytes,
    need,
    need_root,
    put_stamp,
    run,
    say,
    stamped,
)

SUITE = "bookworm"
PACKAGES = "libgl1,libegl1,fonts-dejavu-core"


def build() -> Path:
    """Freeze the program on this machine; returns the folder."""
    place = cache() / "linux"
    place.mkdir(exist_ok=True)
    say("Freezing for Linux ...")
    run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", place / "dist",
            "--workpath", place / "work", ROOT / "build.spec",
        ],
        log=place / "build.log", cwd=ROOT, words="PyInstaller",
    )  # fmt: skip
    return place / "dist" / "imc-desktop"


def clean_root() -> Path:
    """A Debian without Python, bootstrapped once."""
    need("debootstrap", "unshare", "chroot")
    need_root("to bootstrap a Debian root")
    root = cache() / "clean"
    stamp = digest_of(SUITE, PACKAGES)
    if not stamped(root, stamp):
        say(f"Bootstrapping a clean Debian {SUITE} ...")
        run(
            ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, fresh(root)],
            minutes=20,
            words="debootstrap",
        )
        put_stamp(root, stamp)
    if list((root / "usr/bin").glob("python*")):
        raise FailedError("the clean root holds a Python")
    return root


def check_folder() -> str:
    """Build, then run the self-test in the clean root; returns the sizes and the protocol's last line."""
    root = clean_root()
    built = build()
    step = f"""
        root={shlex.quote(str(root))}
        mkdir -p "$root/opt/program"
        mount -t proc proc "$root/proc"
        mount --bind {shlex.quote(str(built))} "$root/opt/program"
        exec chroot "$root" env -i HOME=/tmp LANG=C.UTF-8 PATH=/usr/bin:/bin /opt/program/imc-desktop-cli self-test
    """
    told = run(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "sh", "-ec", step],
        words="self-test in a clean root",
    )
    say(told)
    return f"Linux folder {megabytes(folder_size(built))}, self-test passed without Python on the machine"
