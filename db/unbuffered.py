"""Reading a file from its medium instead of the system's memory: a stick that lies about writing is found out by it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import mmap
    from ctypes import wintypes

    _CHUNK = 1 << 20  # a multiple of every sector size
    _GENERIC_READ, _SHARE_READ, _OPEN_EXISTING, _NO_BUFFERING = 0x80000000, 1, 3, 0x20000000
    _INVALID = ctypes.c_void_p(-1).value

    def read_unbuffered(path: Path) -> bytes:
        """The bytes of a file past the cache (an unbuffered handle); the plain way where the volume knows no other."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        kernel.ReadFile.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p, ctypes.c_void_p)
        handle = kernel.CreateFileW(str(path), _GENERIC_READ, _SHARE_READ, None, _OPEN_EXISTING, _NO_BUFFERING, None)
        if handle == _INVALID:
            return path.read_bytes()  # raises the reason when there is one
        found = bytearray()
        with mmap.mmap(-1, _CHUNK) as page:  # unbuffered reads want aligned memory
            place = ctypes.c_char.from_buffer(page)
            read = wintypes.DWORD()
            try:
                while kernel.ReadFile(handle, ctypes.addressof(place), _CHUNK, ctypes.byref(read), None) and read.value:
                    found += page[: read.value]
            finally:
                kernel.CloseHandle(handle)
                del place
        return bytes(found) if len(found) == path.stat().st_size else path.read_bytes()

else:

    def read_unbuffered(path: Path) -> bytes:
        """The bytes of a file past the cache: its synced pages are dropped first, where the system has that call."""
        with path.open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return file.read()
