"""What drafts were judged before, so that one that hasn't changed needn't be judged again.

A draft's findings are sealed with a key that only its very text and the user's own secret give, in
a file that only the user can read. Without the draft nobody can tell what was found in it, and
without the secret nobody can tell whether a draft was checked: nothing here can be guessed at.
What isn't whole isn't believed, so that a damaged cache only costs time.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from hashlib import blake2b, shake_256
from hmac import compare_digest
from pathlib import Path
from typing import Protocol

from postcheck.cachefolder import cache_folder, make_private

_MOST = 50_000
"""How many drafts' findings are kept, the latest."""

_FAILURES = (sqlite3.Error, UnicodeDecodeError, OSError)
"""What can be raised where the file is in use, damaged (be it in a message that quotes the damage) or out of reach."""

_TAG = 16
_SECRET = 32


class Answers(Protocol):
    """Keeps answers to questions, both bytes, as long as it likes."""

    def recall(self, questions: Iterable[bytes]) -> dict[bytes, bytes]:
        """The answers to those of the questions that were answered before."""

    def remember(self, answers: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep the answers to questions."""


class ResultCache:
    """Answers to questions about drafts, both bytes. It never fails: what it can't give has to be found out."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._file = folder / "results.sqlite"
        self._secret = secret

    @classmethod
    def of_user(cls) -> "ResultCache | None":
        """The user's own, if there can be one."""
        try:
            folder = cache_folder()
            make_private(folder)
            return cls(folder, _secret(folder / "secret"))
        except (OSError, RuntimeError):
            return None

    def recall(self, questions: Iterable[bytes]) -> dict[bytes, bytes]:
        """The answers to those of the questions that were answered before."""
        found: dict[bytes, bytes] = {}
        with suppress(*_FAILURES), closing(self._open()) as database:
            for question in questions:
                row = database.execute("SELECT sealed FROM results WHERE name = ?", (self._name(question),)).fetchone()
                if row and isinstance(row[0], bytes) and (answer := self._opened(question, row[0])) is not None:
                    found[question] = answer
        return found

    def remember(self, answers: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep the answers to questions."""
        rows = [(self._name(question), self._sealed(question, answer)) for question, answer in answers]
        with suppress(*_FAILURES), closing(self._open()) as database, database:
            database.executemany("INSERT OR REPLACE INTO results (name, sealed) VALUES (?, ?)", rows)
            database.execute(
                "DELETE FROM results WHERE rowid <= (SELECT rowid FROM results ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
                (_MOST,),
            )

    def _open(self) -> sqlite3.Connection:
        """The database. One that can't be read is made anew."""
        with suppress(FileExistsError):
            os.close(os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        database = sqlite3.connect(self._file, timeout=1)
        try:
            database.execute("CREATE TABLE IF NOT EXISTS results (name BLOB PRIMARY KEY, sealed BLOB NOT NULL)")
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            database.close()
            if not isinstance(error, sqlite3.OperationalError):  # it's no database, not one that is in use
                self._file.unlink(missing_ok=True)
            raise
        return database

    def _name(self, question: bytes) -> bytes:
        return blake2b(question, key=self._secret, digest_size=32, person=b"name").digest()

    def _sealed(self, question: bytes, answer: bytes) -> bytes:
        hidden = self._masked(question, answer)
        return self._tag(question, hidden) + hidden

    def _opened(self, question: bytes, sealed: bytes) -> bytes | None:
        tag, hidden = sealed[:_TAG], sealed[_TAG:]
        return self._masked(question, hidden) if compare_digest(tag, self._tag(question, hidden)) else None

    def _masked(self, question: bytes, content: bytes) -> bytes:
        """Content under a stream of bytes that follows from the secret and the question alone.

        A question has one answer, so that no stream masks two contents.
        """
        key = blake2b(question, key=self._secret, digest_size=64, person=b"mask").digest()
        stream = shake_256(key).digest(len(content))
        return bytes(a ^ b for a, b in zip(content, stream, strict=True))

    def _tag(self, question: bytes, hidden: bytes) -> bytes:
        return blake2b(question + hidden, key=self._secret, digest_size=_TAG, person=b"tag").digest()


def clear() -> None:
    """Forget everything, and the secret. Raises `OSError` if that can't be done."""
    for name in ("results.sqlite", "results.sqlite-journal", "secret"):
        (cache_folder() / name).unlink(missing_ok=True)


def _secret(path: Path) -> bytes:
    """The user's secret, made where there is none. Raises `OSError` if it could be known to others."""
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        os.write(descriptor, os.urandom(_SECRET))
        os.close(descriptor)
    with path.open("rb") as file:
        state = os.fstat(file.fileno())
        secret = file.read()
    if len(secret) != _SECRET or (hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o077)):
        raise OSError("the secret of the cache isn't the user's own")
    return secret
