"""Keys of copies: the office's age identity, the boxes passwords open, the identity on paper, what is open now.

An age identity (X25519) opens copies; a copy is written to two of them, the office's and the one on paper. The
office's identity lies in the database and in every copy in boxes: Argon2id makes a key of a password, ChaCha20-Poly1305
closes the box. A password that changes makes a new box of a hundred bytes; the data are never written anew for it.
This lowers the harm of a lost stick; it is no certified means of protection and no text may say it is.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pyrage import x25519

GROUP = 6  # letters of a group on the paper sheet
KDF: Mapping[str, int | str] = {"name": "argon2id", "memory_kib": 65536, "passes": 3, "lanes": 1}
# A box says how dear its key is: a hostile file must not ask for all memory and an hour.
_MOST = {"memory_kib": 1_048_576, "passes": 12, "lanes": 8}
_AS_DATA = b"imc office identity"
_IDENTITY = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")


class Slot(NamedTuple):
    """The office's identity in a box that one password opens; bytes are base64 text. ``user_id`` "" = the office."""

    user_id: str
    kdf: Mapping[str, Any]
    salt: str
    nonce: str
    box: str


class KeyPair(NamedTuple):
    """An age identity (secret) and its recipient (public)."""

    identity: str
    recipient: str


def new_pair() -> KeyPair:
    """A fresh identity from the system's randomness."""
    made = x25519.Identity.generate()
    return KeyPair(str(made), str(made.to_public()))


def key_id(recipient: str) -> str:
    """The short name of a key, printed on the paper sheet and written in every copy: eight hex digits."""
    return hashlib.sha256(recipient.encode()).hexdigest()[:8]


def recipient_of(identity: str) -> str:
    """The public half; ValueError when the text is no identity."""
    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError as error:
        raise ValueError("identity") from error


def grouped(identity: str) -> list[str]:
    """The identity in groups of six letters for paper; the fixed beginning is left out."""
    body = identity.removeprefix("AGE-SECRET-KEY-1")
    return [body[start : start + GROUP] for start in range(0, len(body), GROUP)]


def read_paper(text: str) -> str:
    """The identity as typed from paper, with or without groups and the fixed beginning; ValueError when it is none.

    The text may hold comment lines (``#``), as files of age do.
    """
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    plain = re.sub(r"[\s.\u2013\u2014_]", "", "".join(lines)).upper()
    body = plain.removeprefix("AGE-SECRET-KEY-1").replace("-", "")
    identity = f"AGE-SECRET-KEY-1{body}"
    if not _IDENTITY.fullmatch(identity):
        raise ValueError("identity")
    recipient_of(identity)  # the checksum of its letters
    return identity


def close_box(identity: str, password: str, user_id: str = "") -> Slot:
    """A box for one password."""
    salt, nonce = os.urandom(16), os.urandom(12)
    box = ChaCha20Poly1305(_stretched(password, salt, KDF)).encrypt(nonce, identity.encode(), _AS_DATA)
    return Slot(user_id, KDF, *(base64.b64encode(part).decode() for part in (salt, nonce, box)))


def open_box(slot: Slot, password: str) -> str | None:
    """The identity in a box; None when the password is another one or the box is damaged."""
    try:
        salt, nonce, box = (base64.b64decode(part, validate=True) for part in (slot.salt, slot.nonce, slot.box))
        identity = ChaCha20Poly1305(_stretched(password, salt, slot.kdf)).decrypt(nonce, box, _AS_DATA).decode()
        recipient_of(identity)
    except (InvalidTag, ValueError, KeyError, TypeError, binascii.Error, MemoryError):
        return None
    return identity


def open_any(slots: Iterable[Slot], password: str) -> str | None:
    """The identity in the first box the password opens."""
    return next((found for slot in slots if (found := open_box(slot, password)) is not None), None)


def encrypt(data: bytes, recipients: Sequence[str]) -> bytes:
    """An age file that each of the recipients opens."""
    return bytes(pyrage.encrypt(data, [x25519.Recipient.from_str(one) for one in recipients]))


def decrypt(data: bytes, identities: Iterable[str]) -> bytes | None:
    """What an age file holds; None when none of the identities opens it or it was changed."""
    known = [x25519.Identity.from_str(one) for one in identities]
    if not known:
        return None
    try:
        return bytes(pyrage.decrypt(data, known))
    except pyrage.DecryptError:
        return None


def handed_over(identity: str, recipient: str) -> str:
    """A former identity, closed for the new key: the office goes on opening its old copies (base64 text)."""
    return base64.b64encode(encrypt(identity.encode(), [recipient])).decode()


def taken_over(text: str, identities: Iterable[str]) -> str | None:
    """The former identity, when one of the open ones may have it."""
    try:
        found = decrypt(base64.b64decode(text), identities)
    except (ValueError, binascii.Error):
        return None
    return found.decode() if found else None


def _stretched(password: str, salt: bytes, kdf: Mapping[str, Any]) -> bytes:
    numbers = {name: int(kdf[name]) for name in _MOST}
    if kdf["name"] != "argon2id" or any(not 1 <= numbers[name] <= most for name, most in _MOST.items()):
        raise ValueError("kdf")
    made = Argon2id(
        salt=salt, length=32, iterations=numbers["passes"], lanes=numbers["lanes"], memory_cost=numbers["memory_kib"]
    )
    return made.derive(password.encode("utf-8", "surrogatepass"))
