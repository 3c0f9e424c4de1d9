"""Bytes to text, by one rule for every kind of file.

The rule: a byte order mark decides; else UTF-16 if every other byte is zero; else UTF-8 if the
bytes are UTF-8; else what the file itself declares; else what the detector is sure of; else
windows-1252. A text of which more than one character in a hundred is lost is not read.
"""

import codecs
import re
import unicodedata
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from sources.errors import DocumentUnreadable, Reason, unmet

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

SAMPLE = 64_000
LAST_BYTE = 0xFF
LARGEST_LOSS = 0.01
LOST = "\ufffd"

# Encodings that people's files really have; the detector chooses among these only.
CANDIDATES = [
    "big5", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "cp949",
    "euc_jp", "gb18030", "koi8_r", "mac_roman",
]  # fmt: skip

# What UTF-8 looks like when somebody once read it as windows-1252 and saved the result.
_CONTINUATION = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "\x81\x8d\x8f\x90\x9d"
TWICE_ENCODED = re.compile(f"[\u00c2\u00c3\u00e2][{_CONTINUATION}]")

CONTROL_BYTES = bytes([*range(9), 11, *range(13, 32), 127])
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
RARE_NEWLINES = "\u0085\u2028\u2029"
NEWLINES = re.compile("\r\n?|[\u0085\u2028\u2029]")


def decode(content: bytes, declared: str | None = None) -> str:
    """Return the text of some bytes, in NFC, with Unix newlines and no control characters.

    Args:
        content: The whole file.
        declared: The encoding that the file or its transport names, if any.

    Raises:
        DocumentUnreadable: With `encoding`, when too much of the text would be lost.
    """
    encoding, start = encoding_of(content, declared)
    text = content[start:].decode(encoding, "replace")
    check_loss(text, content, encoding)
    return tidy(repaired(text))


def encoding_of(content: bytes, declared: str | None = None) -> tuple[str, int]:
    """Return the encoding of some bytes and how many bytes its mark takes."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    sample = content[:SAMPLE]
    wide = _wide_encoding(sample)
    if wide:
        return wide, 0
    if is_utf8(content):
        return "utf-8", 0
    if declared and _knows(declared, sample):
        return declared, 0
    return _detected(sample), 0


def encoding_of_file(path: Path) -> str:
    """Return the encoding of a file that may be too long to hold.

    Raises:
        DocumentUnreadable: With `encoding`, when too much of its beginning would be lost.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        if len(sample) == SAMPLE:
            sample = sample[: sample.rfind(b"\n") + 1] or sample
        encoding, mark = encoding_of(sample)
        if encoding == "utf-8" and not mark and not _is_utf8_throughout(file):
            encoding = "cp1252"
    check_loss(sample.decode(encoding, "replace"), sample, encoding)
    return encoding


def check_loss(text: str, content: bytes, encoding: str) -> None:
    """Refuse a text of which too much was lost in decoding.

    Raises:
        DocumentUnreadable: With `encoding`.
    """
    lost = text.count(LOST) - content.count(LOST.encode())
    if lost > LARGEST_LOSS * max(len(text), 1):
        got = f"{lost} of {len(text)} characters that are none"
        message = unmet("text", encoding, got, "Save the file as UTF-8 and drop it again.")
        raise DocumentUnreadable(Reason.ENCODING, message)


def _is_utf8_throughout(file: IO[bytes]) -> bool:
    """Return whether a file is UTF-8 to its end, read in pieces."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1_000_000):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def is_utf8(content: bytes) -> bool:
    """Return whether the bytes are UTF-8 throughout."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def tidy(text: str) -> str:
    """Return text in NFC, with Unix newlines; what cannot be kept becomes U+FFFD."""
    if not _is_plain(text):
        text = CONTROLS.sub(LOST, NEWLINES.sub("\n", text))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _is_plain(text: str) -> bool:
    """Return whether there are no control characters; ten times as fast as looking for one."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return False
    if len(raw.translate(None, CONTROL_BYTES)) != len(raw):
        return False
    return not any(newline in text for newline in RARE_NEWLINES)


def _as_browsers_do(problem: UnicodeError) -> tuple[bytes, int]:
    """Encode the five bytes that windows-1252 leaves open as browsers read them: unchanged."""
    if isinstance(problem, UnicodeEncodeError):
        code = ord(problem.object[problem.start])
        if code <= LAST_BYTE:
            return bytes([code]), problem.start + 1
    raise problem


codecs.register_error("as-browsers-do", _as_browsers_do)


def repaired(text: str) -> str:
    """Return text that was encoded twice as it was meant, if the whole of it round-trips."""
    if text.isascii() or not TWICE_ENCODED.search(text):
        return text
    try:
        return text.encode("cp1252", "as-browsers-do").decode("utf-8")
    except UnicodeError:
        return text


def _wide_encoding(sample: bytes) -> str | None:
    """Return the UTF-16 without a mark that mostly Latin text shows by its zero bytes."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.4 and sample[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if half and sample[::2].count(0) > half * 0.4 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _knows(encoding: str, sample: bytes) -> bool:
    try:
        sample.decode(encoding, "replace")
    except LookupError:
        return False
    return True


def _detected(sample: bytes) -> str:
    """Return what the detector is sure of; Western text is windows-1252 unless it is not."""
    strange = sum(byte >= 0x80 for byte in sample)
    if strange < len(sample) * 0.1:
        return "cp1252"
    best = from_bytes(sample, cp_isolation=CANDIDATES).best()
    return best.encoding if best else "cp1252"
