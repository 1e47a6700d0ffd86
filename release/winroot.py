"""A Debian 13 root with Wine 10, the Windows compiler and the installer maker; everything of Windows runs in there.

Debian 12's Wine 8 cannot show a window of Qt 6.5 and later. Each call has its own mount and process space: nothing
stays mounted, and when the call ends no process of it lives on.
"""

from __future__ import annotations

import fcntl
import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from release.tools import ROOT, cache, digest_of, fresh, need, need_root, put_stamp, run, say, stamped

SUITE = "trixie"
PACKAGES = (
    "wine wine64 xvfb xauth nsis gcc-mingw-w64-x86-64-win32 mingw-w64-tools "
    "xdotool openbox xclip imagemagick fonts-dejavu-core fonts-liberation"
)
LOCALES = "en_US.UTF-8 UTF-8\nru_RU.UTF-8 UTF-8\n"
# Inside the root: the repository (read only) and the cache. Wine's drive Z: is the root.
REPOSITORY, STORE = Path("/imc/repository"), Path("/imc/cache")
# A screen for one call; it ends with the call's process space. (xvfb-run fails now and then when it tidies up.)
ON_A_SCREEN = """
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>/tmp/display 2>/dev/null &
n=0; until [ -s /tmp/display ] || [ $n -gt 300 ]; do sleep 0.1; n=$((n + 1)); done
DISPLAY=:$(cat /tmp/display) "$@"
"""
# Wine writes its registry when its server ends, and what a program has started may outlive it.
WINE_AND_WAIT = 'wine "$@"; code=$?; wineserver -w; exit $code'
PLAIN, RUSSIAN = "C.UTF-8", "ru_RU.UTF-8"  # Wine's code pages: 1252, 1251


def folder() -> Path:
    return cache() / SUITE


def prepare() -> None:
    """Make the root, once: about a minute and 2.5 GB."""
    need("debootstrap", "unshare", "chroot")
    need_root("to bootstrap a Debian root")
    stamp = digest_of(SUITE, PACKAGES, LOCALES)
    root = folder()
    if stamped(root, stamp):
        return
    say(f"Bootstrapping Debian {SUITE} with Wine ...")
    run(
        ["debootstrap", "--variant=minbase", "--include=ca-certificates,locales", SUITE, fresh(root)],
        minutes=20,
        words="debootstrap",
    )
    (root / "etc/locale.gen").write_text(LOCALES, encoding="ascii")
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    linux(["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES.split()], minutes=20)
    linux(["locale-gen"])
    put_stamp(root, stamp)


def inside(path: Path) -> Path:
    """Where a path of the cache or of the repository lies inside the root."""
    for outside, own in ((cache(), STORE), (ROOT, REPOSITORY)):
        if path.is_relative_to(outside):
            return own / path.relative_to(outside)
    return path


def windows_path(path: Path) -> str:
    """The same place as a Windows path."""
    return "Z:" + str(inside(path)).replace("/", "\\")


def linux(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    minutes: float = 10,
    log: Path | None = None,
    expect: int = 0,
) -> str:
    """Run a program of the root; paths of the cache and of the repository are translated."""
    words = [str(inside(part)) if isinstance(part, Path) else part for part in command]
    environment = {
        "HOME": "/root",
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": PLAIN,
        "DEBIAN_FRONTEND": "noninteractive",
        **(env or {}),
    }
    given = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
    # Not by exec: Xvfb tells its parent that it is ready, but never tells process 1.
    step = f"cd {shlex.quote(str(inside(cwd) if cwd else Path('/')))}; {shlex.join(words)}; exit 0"
    return run(
        [
            "unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "sh", "-ec",
            f"""
            root={shlex.quote(str(folder()))}
            mkdir -p "$root{REPOSITORY}" "$root{STORE}"
            mount -t proc proc "$root/proc"
            mount -t tmpfs tmpfs "$root/tmp"
            mount --rbind /dev "$root/dev"
            mount --bind {shlex.quote(str(ROOT))} "$root{REPOSITORY}"
            mount -o remount,bind,ro "$root{REPOSITORY}"
            mount --bind {shlex.quote(str(cache()))} "$root{STORE}"
            exec chroot "$root" env -i {given} sh -ec {shlex.quote(step)}
            """,
        ],
        minutes=minutes,
        log=log,
        words=words[0],
        expect=expect,
    )  # fmt: skip


def wine(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    locale: str = RUSSIAN,
    env: Mapping[str, str] | None = None,
    minutes: float = 10,
    log: Path | None = None,
    expect: int = 0,
) -> str:
    """Run a Windows program on a screen of its own; a path in ``command`` becomes a Windows path.

    ``locale`` chooses the code page: RUSSIAN is Windows 1251, PLAIN is 1252.
    """
    words = [windows_path(part) if isinstance(part, Path) else part for part in command]
    return locked(
        ["sh", "-c", ON_A_SCREEN, "screen", "sh", "-c", WINE_AND_WAIT, "wine", *words],
        cwd=cwd,
        env={**wine_environment(locale), **(env or {})},
        minutes=minutes,
        log=log,
        expect=expect,
    )


def locked(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    minutes: float = 10,
    log: Path | None = None,
    expect: int = 0,
) -> str:
    """``linux``, but one at a time: two calls of Wine at once would share one server, and end with it."""
    with (cache() / "wine.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return linux(command, cwd=cwd, env=env, minutes=minutes, log=log, expect=expect)


def wine_environment(locale: str) -> dict[str, str]:
    """Variables of Wine: its own disk per code page, no searching for debuggers and browsers."""
    prefix = cache() / f"prefix-{locale.partition('.')[0]}"
    prefix.mkdir(exist_ok=True)
    return {
        "WINEPREFIX": str(inside(prefix)),
        "WINEARCH": "win64",
        "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
        "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d",
        "LC_ALL": locale,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
