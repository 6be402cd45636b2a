"""How the hook, the builder and whoever takes a site live speak to each other over a socket.

A line of JSON is a message; where it says ``size``, so many bytes follow it.  A question is one
message; answers are as many as there are to give, the last with ``exit``.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

LONGEST = 2**16
"""Bytes that a message may have."""
PIECE = 2**20


class Broken(Exception):
    """The other side has ended before its time, or says what can't be understood."""


def say(to: IO[bytes], **message: object) -> None:
    """Send a message."""
    to.write(json.dumps(message, ensure_ascii=True).encode("ascii") + b"\n")
    to.flush()


def heard(source: IO[bytes]) -> Mapping[str, Any]:
    """The next message.

    Raises:
        Broken: none comes.

    """
    line = source.readline(LONGEST + 1)
    if not line.endswith(b"\n"):
        raise Broken
    try:
        message = json.loads(line)
    except ValueError as error:
        raise Broken from error
    if not isinstance(message, dict):
        raise Broken
    return message


def copied(source: IO[bytes], to: IO[bytes], size: int) -> None:
    """Bring so many bytes from one side to the other.

    Raises:
        Broken: there are fewer.

    """
    while size:
        piece = source.read(min(size, PIECE))
        if not piece:
            raise Broken
        to.write(piece)
        size -= len(piece)


class Bounded:
    """So many bytes of a stream and no more, for who reads until nothing comes."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self.source = source
        self.left = size

    def read(self, size: int = -1) -> bytes:
        """Read at most so many bytes."""
        wanted = self.left if size < 0 else min(size, self.left)
        piece = self.source.read(wanted)
        if len(piece) < wanted:
            raise Broken
        self.left -= len(piece)
        return piece


def asked(
    at: Path, question: Mapping[str, object], content: IO[bytes] | None, size: int, patience: float
) -> Iterator[tuple[Mapping[str, Any], IO[bytes]]]:
    """Put a question to a socket; gives each answer, with the stream its bytes are to be read from.

    Raises:
        OSError: nobody is there, or takes too long.
        Broken: as the others.

    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(patience)
        connection.connect(str(at))
        with connection.makefile("rwb", buffering=-1) as made:
            stream = cast("IO[bytes]", made)
            # Who refuses at once does not hear it out, but answers.
            with suppress(BrokenPipeError, ConnectionResetError):
                say(stream, **question, size=size)
                if content is not None:
                    copied(content, stream, size)
                    stream.flush()
            while True:
                message = heard(stream)
                yield message, stream
                if "exit" in message:
                    return
