#!/bin/sh
# Sets the program up on a fresh machine and runs one job. Repeating it is quick: what is ready is left alone.
#   sh setup.sh            only set up
#   sh setup.sh demo       the invented district: import, deadlines, printed plan, window (or pictures of the tabs)
#   sh setup.sh test       style, types and all tests
#   sh setup.sh run ...    the program itself with any arguments
set -u
cd "$(dirname "$0")" || exit 1

LIBRARIES="libgl1 libegl1 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libxkbcommon0 libgssapi-krb5-2 \
libbrotli1 libatomic1 libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxcb-xfixes0 libcups2 fonts-dejavu-core fonts-liberation2"
HARNESS="xvfb"
VENV=.venv
PYTHON=$VENV/bin/python

say() { printf '%s\n' "$*" >&2; }

# install_packages NAME...: with apt-get as root or by sudo without a question; 1 when it may not.
install_packages() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    say "Installing system packages: $*"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >&2 || say "apt-get update failed; trying with what is known"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2
}

ask_for() {
    say "These system packages are missing and cannot be installed from here. Run as administrator:"
    say "  apt-get install --no-install-recommends $*"
    exit 1
}

find_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

make_venv() {
    if [ -x "$PYTHON" ] && "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$PYTHON" -c 'import pip' 2>/dev/null && return 0
        "$PYTHON" -m ensurepip -q >/dev/null 2>&1 && return 0
    fi
    base=$(find_python) || { install_packages python3 python3-venv && base=$(find_python); } ||
        { say "Python 3.11 or newer is needed."; ask_for python3 python3-venv; }
    rm -rf "$VENV"
    "$base" -m venv "$VENV" >/dev/null 2>&1 && return 0
    # Debian keeps ensurepip in a package of its own.
    rm -rf "$VENV"
    version=$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    { install_packages "$version" || install_packages python3-venv; } && "$base" -m venv "$VENV" >&2 && return 0
    # The last way: an environment without pip, filled by the pip of the system.
    rm -rf "$VENV"
    "$base" -m pip --version >/dev/null 2>&1 && "$base" -m venv --without-pip "$VENV" >&2 &&
        "$base" -m pip --python "$PYTHON" install -q pip >&2 && return 0
    rm -rf "$VENV"
    ask_for "$version"
}

# install_lock FILE: exactly the locked versions with their hashes.
install_lock() {
    stamp=$VENV/$1.installed
    sum=$(cksum <"$1")
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return 0
    say "Installing the libraries of $1 ..."
    "$PYTHON" -m pip install -q --disable-pip-version-check --no-input --only-binary :all: --require-hashes \
        -r "$1" </dev/null >&2 || { say "The libraries of $1 could not be installed."; exit 1; }
    printf '%s\n' "$sum" >"$stamp"
}

qt_works() {
    QT_QPA_PLATFORM=offscreen LANG=C.UTF-8 "$PYTHON" - <<'PROBE' >/dev/null 2>&1 || return 1
import sys
from PySide6 import QtGui, QtPdf, QtPrintSupport, QtSvg, QtWidgets
app = QtWidgets.QApplication([])
sys.exit(not QtGui.QFontDatabase.families())
PROBE
    # A window on a screen needs more libraries than one without.
    for plugin in "$VENV"/lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so; do
        if command -v ldd >/dev/null 2>&1 && ldd "$plugin" 2>/dev/null | grep -q 'not found'; then return 1; fi
    done
    return 0
}

prepare_libraries() {
    ready=$VENV/system.ready
    [ -f "$ready" ] && return 0
    # shellcheck disable=SC2086 # lists of words
    qt_works || install_packages $LIBRARIES $HARNESS
    # shellcheck disable=SC2086
    qt_works || ask_for $LIBRARIES
    : >"$ready"
}

can_freeze() {
    command -v objcopy >/dev/null 2>&1 && command -v objdump >/dev/null 2>&1 && "$PYTHON" - <<'PROBE' >/dev/null 2>&1
import sys
from PyInstaller.depend.bindepend import get_python_library_path
sys.exit(not get_python_library_path())
PROBE
}

# The tests freeze the program; without these packages that one test is skipped and says so.
prepare_freezing() {
    can_freeze && return 0
    version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_packages binutils "libpython$version" || say "binutils and libpython$version are missing: the frozen program is not tested."
    return 0
}

prepare() {
    make_venv
    install_lock "$1"
    prepare_libraries
}

run_tests() {
    status=0
    export CI="${CI:-true}" LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen
    "$PYTHON" -m ruff check . </dev/null || status=1
    "$PYTHON" -m ruff format --check . </dev/null || status=1
    "$PYTHON" -m mypy </dev/null || status=1
    "$PYTHON" -m pytest "$@" </dev/null || status=1
    return $status
}

job=${1:-}
[ $# -gt 0 ] && shift
case $job in
    "") prepare requirements.lock && say "Ready: sh setup.sh demo, sh setup.sh test" ;;
    demo)
        prepare requirements.lock
        [ $# -eq 0 ] && set -- --output demo-out
        exec "$PYTHON" -m imc_desktop demo "$@"
        ;;
    run) prepare requirements.lock && exec "$PYTHON" -m imc_desktop "$@" ;;
    test) prepare requirements-dev.lock && prepare_freezing && run_tests "$@" ;;
    *) say "Unknown job: $job (demo, test, run)"; exit 2 ;;
esac
