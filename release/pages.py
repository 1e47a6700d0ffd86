"""The installer as a person meets it: every page read, pictured and answered by the keyboard, under Wine."""

from __future__ import annotations

import re

from imc_desktop import __version__
from release import windows, winpython, winroot
from release.installer import next_version, pack
from release.office import Office
from release.tools import FailedError, cache, fresh, say

# What is written on the boxes of the system that are shown now, a line each.
READER = """
import ctypes
from ctypes import wintypes
user = ctypes.windll.user32
visit = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)

def text_of(window):
    buffer = ctypes.create_unicode_buffer(2000)
    user.SendMessageTimeoutW(window, 13, 2000, buffer, 2, 2000, None)
    return " ".join(buffer.value.split())

def show(window, _more):
    if user.IsWindowVisible(window) and text_of(window):
        print(text_of(window))
    return True

def box(window, _more):
    name = ctypes.create_unicode_buffer(100)
    user.GetClassNameW(window, name, 100)
    if name.value == "#32770" and user.IsWindowVisible(window):
        show(window, 0)
        user.EnumChildWindows(window, visit(show), 0)
    return True

user.EnumWindows(visit(box), 0)
"""
# Each page is waited for by words that stand on it, then kept as a picture and as text.
DRIVE = r"""
setup=$1 stick=$2 uninstaller=$3 python=$4 reader=$5 pictures=$6
page() {
  n=0
  until wine "$python" -X utf8 "$reader" | tr -d '\r' > "$pictures/$1.txt" && grep -q "$2" "$pictures/$1.txt"; do
    n=$((n + 1)); [ $n -lt 120 ] || { echo "no page $1"; cat "$pictures/$1.txt"; exit 7; }
    sleep 0.5
  done
  sleep 0.5; import -window root "$pictures/$1.png"
}
program() { xdotool search --onlyvisible --name '^ИМЦ$'; }
opened() { n=0; until program; do n=$((n + 1)); [ $n -lt 240 ] || exit 8; sleep 0.5; done; sleep 3; }
openbox & sleep 1
wine cmd /c rem # two first starts of Wine at once would disturb each other

wine "$setup" & installing=$!
page 1-welcome 'мастер установки'; xdotool key Return
page 2-folder 'Папка установки'; xdotool key Return
page 3-finish 'Открыть программу'; xdotool key Return
wait $installing
opened; import -window root "$pictures/4-program.png"

wine "$setup" /UPDATE & installing=$!
page 5-waiting 'Жду, пока программа закроется'
xdotool windowactivate --sync "$(program | tail -n 1)" key alt+F4
page 6-again 'Открыть программу'; xdotool key Return
wait $installing
opened

xdotool windowactivate --sync "$(program | tail -n 1)" key alt+m; sleep 1
for step in О-программе Проверить Обновить; do xdotool key Up; sleep 0.3; done; xdotool key Return
size=$(stat -c %s "$stick"/*.exe)
whole() { find "$WINEPREFIX" -path '*imc-update-*' -name '*-setup.exe' -size "${size}c" | grep -q .; }
n=0; until whole; do
  n=$((n + 1)); [ $n -lt 60 ] || { import -window root "$pictures/lost.png"; exit 9; }
  sleep 0.5
done
sleep 4; import -window root "$pictures/7-box.png"; xdotool key Return
page 8-updated 'Открыть программу'; xdotool key Return
opened # started by the installer that the program had started
xdotool windowactivate --sync "$(program | tail -n 1)" key alt+F4

wine "$setup" & installing=$!
page 9-older 'более новая версия'; xdotool key Return
wait $installing || [ $? = 3 ] || exit 10

wine "$uninstaller"
page A-remove 'Ваши данные останутся здесь'; xdotool key Return
page B-removed 'Ваши данные сохранены'; xdotool key Return
page C-end 'Удаление завершено'; xdotool key Return
wineserver -w
"""
OUR_WORDS = {"IMC", "Desktop", "Windows"}
PATH = re.compile(r"\b[A-Za-z]:\\.*")
LATIN = re.compile(r"[A-Za-z]{2,}")
PAGES = 10  # and two pictures of the program itself


def drive() -> str:
    """Install, open, install while the program is open, update from its own menu, be refused, remove: by keys alone."""
    older = pack(__version__, fresh(cache() / "older"), quick=True)
    stick = pack(next_version(__version__), fresh(cache() / "stick"), quick=True).parent
    office, pictures = Office(), fresh(cache() / "work" / "windows-pages")
    (pictures / "reader.py").write_text(READER, encoding="utf-8")
    words = (
        winroot.windows_path(older),
        winroot.inside(stick),
        winroot.inside(office.program / "uninstall.exe"),
        *(winroot.windows_path(path) for path in (winpython.prepare() / "python.exe", pictures / "reader.py")),
        winroot.inside(pictures),
    )
    winroot.locked(
        ["timeout", "600", "sh", "-c", winroot.ON_A_SCREEN, "screen", "sh", "-c", DRIVE, "pages", *map(str, words)],
        env={**office.environment, "IMC_STICKS": winroot.windows_path(stick)},
    )
    read = sorted(pictures.glob("*.txt"))
    for page in read:
        foreign = foreign_words(page.read_text(encoding="utf-8"))
        if foreign:
            raise FailedError(f"{page.stem}: not Russian: {', '.join(foreign)}")
    if len(read) != PAGES:
        raise FailedError(f"{len(read)} pages were read instead of {PAGES}")
    if (office.program / windows.PROGRAM).exists():
        raise FailedError("the program is still there after its removal")
    say(f"pictures to look at: {pictures.name} in the cache")
    return f"{PAGES} pages and boxes of the installer read in Russian and answered by the keyboard (Wine 10)"


def foreign_words(text: str) -> list[str]:
    """Latin words that are neither ours nor part of a path."""
    return sorted({word for line in text.splitlines() for word in LATIN.findall(PATH.sub("", line))} - OUR_WORDS)
