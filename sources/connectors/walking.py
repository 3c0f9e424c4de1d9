"""What lies in a folder of dropped files, without opening any of it."""

import os
import stat
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from sources.errors import Reason, unmet
from sources.front_matter import SIDECAR_SUFFIX

State = tuple[int, int, int]

COPY = "Copy the file itself into the folder."


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file of the folder; `refusal` says why it must not be opened.

    `name` is its place below the folder, with `/`, always printable. `state` is size and times
    of change, of the file and of its sidecar: while they stay the same the file is the same.
    """

    name: str
    path: Path
    state: tuple[State, State | None]
    refusal: tuple[str, str] | None = None

    @property
    def sidecar(self) -> Path | None:
        """Return the file that describes this one, if there is one."""
        if self.state[1] is None:
            return None
        return self.path.with_name(self.path.name + SIDECAR_SUFFIX)

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return self.state[0][0]

    @property
    def touched_ns(self) -> int:
        """Return when the file or its sidecar was last touched, in nanoseconds since 1970."""
        return max(max(state[1:]) for state in self.state if state is not None)


def walk(folder: Path, apart: Set[Path] = frozenset()) -> Iterator[FoundFile]:
    """Yield the files of a folder and its subfolders in order; none if it is not there.

    Passed over are the folders in `apart`, names that begin with a dot, and sidecars, which
    belong to their file.
    """
    if not folder.is_dir():
        return
    root = folder.resolve()
    waiting = [root]
    passed_over = {place.resolve() for place in apart}
    while waiting:
        place = waiting.pop()
        entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        names = {entry.name for entry in visible}
        below = [Path(e.path) for e in reversed(visible) if e.is_dir(follow_symlinks=False)]
        waiting += [path for path in below if path not in passed_over]
        for entry in visible:
            if not entry.is_dir(follow_symlinks=False) and not _is_sidecar(entry.name, names):
                yield from _found(entry, root, names)


def _is_sidecar(name: str, names: set[str]) -> bool:
    return name.endswith(SIDECAR_SUFFIX) and name.removesuffix(SIDECAR_SUFFIX) in names


def _found(entry: os.DirEntry[str], root: Path, names: set[str]) -> Iterator[FoundFile]:
    path = Path(entry.path)
    relative = path.relative_to(root).as_posix()
    name = os.fsencode(relative).decode("utf-8", "backslashreplace")
    own = entry.stat(follow_symlinks=False)
    if entry.is_symlink():
        target = path.resolve()
        refusal = _link_refusal(path, target, root)
        if refusal is not None:
            yield FoundFile(name, path, (_state(own), None), refusal)
            return
        if target.is_dir():
            return
        own = target.stat()
    if not stat.S_ISREG(own.st_mode):
        refusal = Reason.UNKNOWN_TYPE, unmet(name, "a file", "a pipe, socket or device")
        yield FoundFile(name, path, (_state(own), None), refusal)
        return
    beside = path.with_name(path.name + SIDECAR_SUFFIX)
    has_sidecar = beside.name in names and beside.is_file() and not beside.is_symlink()
    yield FoundFile(name, path, (_state(own), _state(beside.stat()) if has_sidecar else None))


def _link_refusal(path: Path, target: Path, root: Path) -> tuple[str, str] | None:
    if not target.is_relative_to(root):
        return Reason.SYMLINK_OUTSIDE, unmet(path.name, "a file", "a link out of here", COPY)
    if not target.exists():
        return Reason.DAMAGED, unmet(path.name, "a file", "a link to nothing", COPY)
    return None


def _state(found: os.stat_result) -> State:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
