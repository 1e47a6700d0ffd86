"""The parts of a zip container, unpacked within limits."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from imc_desktop.exchange.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, RATIO_MATTERS_FROM, UnreadableError

# What the standard library raises on a damaged container.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, KeyError, IndexError,
           NotImplementedError, OverflowError, RuntimeError, MemoryError)  # fmt: skip
_MEGABYTE = 1024 * 1024
_ENCRYPTED = 0x1
_PROLOG = 4096


class ZipParts:
    """The directory of a container; ``unpacked`` gives the wanted parts."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except DAMAGED as problem:
            raise UnreadableError(
                "файл повреждён или передан не целиком; получите или сохраните его заново"
            ) from problem
        self._infos = {info.filename.replace("\\", "/"): info for info in self._zip.infolist()}
        if len(self._infos) > MAX_PARTS:
            raise UnreadableError("внутри слишком много частей: это не обычная книга")

    @property
    def names(self) -> frozenset[str]:
        """Names of all parts, with ordinary slashes."""
        return frozenset(self._infos)

    def unpacked(self, wanted: Callable[[str], bool]) -> dict[str, bytes]:
        """The wanted parts; refuses bombs by the sizes the container declares, which unpacking then enforces."""
        infos = {name: info for name, info in self._infos.items() if wanted(name) and not info.is_dir()}
        self._check(list(infos.values()))
        parts: dict[str, bytes] = {}
        for name, info in infos.items():
            try:
                parts[name] = self._zip.read(info)
            except DAMAGED as problem:
                raise UnreadableError(f"часть «{name}» повреждена; получите или сохраните файл заново") from problem
            if b"<!DOCTYPE" in parts[name][:_PROLOG] or b"<!ENTITY" in parts[name][:_PROLOG]:
                raise UnreadableError(
                    "внутри есть объявления сущностей, каких в обычных книгах не бывает; сохраните её заново"
                )
        return parts

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise UnreadableError("файл защищён паролем; откройте его, снимите защиту и сохраните")
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise UnreadableError(
                f"после распаковки он больше {MAX_UNPACKED // _MEGABYTE} МБ; разделите книгу на части"
            )
        for info in infos:
            if info.file_size > RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
                raise UnreadableError(
                    "содержимое сжато неправдоподобно сильно: файл похож на повреждённый или вредоносный"
                )


def packed(parts: dict[str, bytes]) -> bytes:
    """A plain container with exactly these parts, nothing compressed."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as container:
        for name, data in parts.items():
            container.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()
