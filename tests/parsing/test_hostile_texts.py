"""Twice the hostile text takes about twice the work, counted in calls and steps."""

import re
import sys
from importlib import import_module
from pathlib import Path
from re import _constants as op
from re import _parser

import pytest

import pipelines.parsing
from pipelines.parsing import read, windows

FOLDER = Path(pipelines.parsing.__file__).parent
SOURCES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.py"))}
# fmt: off
FAMILIES = [
    "- $", "$1,", "1,1,1,", "1,,", "1..", "1''", "1\u00a0\u00a0", "1 ", "(((( ", "(", "7", "a",
    "A", "&#&#", "&#36;", "`", "`$5`", "[1](", "](./a", "$5[1]", "|", "|$5", "|$5|\n", "\t",
    "\t$5", "# $5\n", "Pay:\n", "A\n", "$5\nA\n", "a\n", "\n", "$5\n", "$5, a\n", "a. b. c. ",
    "$5. ", "$5 a. ", "http://", "http://a ", "www.", "<", "<a>", "<a>5", "\u5186",
    "\u51865", "\u6642\u7d665\u5186", "\u0301", "e\u0301$5", " ", "$5      ", "a   b   ",
    "$5...... ", "--- ", "--- ---\n", "$5 --- ===\n", "$a=", "$\\a^", "five ", "five-",
    "five dollars ", "six figures ", "USD ", "USD:5 ", "Rs. ", "5 to ", "$5 to ", "$5/", "$5k-",
    "$5%", "of trainers $5 ", "$5 average ", "bonus $5 ", "$5 Canada ", "$5 and ", "per hour ",
    "$5 an hour ", "amounts are in USD. ", "\uff04\uff15", "\u0665", "\u0e3f\u0e55", "a'", "1'",
    "\u2019", "\u00ad$5", "\ud800", "\x00", "\u00c2\u00a35",
]
# fmt: on
# Searched for only in so many characters before a full stop or a number.
REACH = {"blocks._LAST_WORD": 24, "windows._LAST_MARK": 16, "windows._AFTER_LABEL": 16}
# Where cleaning looks ahead a bounded way, but further than any other pattern.
NOISE = {"text._PLAIN_NOISE", "text._ANY_NOISE"}
LOOKS_FAR = {"](./a": 700, "http://": 700, "www.": 700, "`": 200, "<": 200, "$a=": 200}


def calls_made(text):
    """How many functions, in Python and in C, reading a text calls."""
    made = 0

    def count(_frame, event, _argument):
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text, include_all=True)
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize("seed", FAMILIES)
def test_twice_the_text_takes_about_twice_the_calls(seed):
    read(f"$5 an hour {seed} five dollars\t|")
    # Headings and rules of tables are looked for some sixty lines up.
    text = seed * (200 if "\n" in seed else 600 // len(seed))
    assert calls_made(text + text) <= 2.2 * calls_made(text) + 200


def patterns():
    """Every regular expression of the package, and whether it is only tried at one place."""
    found = {}
    for module, source in SOURCES.items():
        for name, value in vars(import_module(f"pipelines.parsing.{module}")).items():
            if isinstance(value, re.Pattern):
                uses = set(re.findall(rf"\b{name}\.(\w+)\(", source))
                found[f"{module}.{name}"] = value, bool(uses) and uses <= {"match", "fullmatch"}
    for number, (_, signs) in enumerate(made_once("_foreign_signs")):
        found[f"windows._foreign_signs {number}"] = signs, False
    found["windows._followers"] = made_once("_followers")[0], False
    found["windows._after_number"] = made_once("_after_number"), True
    found["windows._spelled_signs"] = made_once("_spelled_signs"), False
    return found


def made_once(name):
    """What a function of the windows makes of the lists."""
    return getattr(windows, name)()


PATTERNS = patterns()


@pytest.fixture
def deep():
    """Room for a call of the counting matcher at every character."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("deep")
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_twice_the_text_takes_a_pattern_about_twice_the_steps(name):
    pattern, is_anchored = PATTERNS[name]
    for seed in FAMILIES:
        size = LOOKS_FAR.get(seed, 90) if name in NOISE else 90
        text = (seed * size)[:size]
        once, twice = (
            Steps(pattern).scan(
                like(pattern, part[-REACH.get(name, len(part)) :]), is_anchored=is_anchored
            )
            for part in (text, text + text)
        )
        assert twice <= 2.3 * once + 400, (name, seed)


def test_the_count_of_steps_tells_a_slow_pattern():
    slow, fast = re.compile(r"\d+:"), re.compile(r"(?<!\d)\d++:")
    assert Steps(slow).scan("7" * 200) > 3.5 * Steps(slow).scan("7" * 100)
    assert Steps(fast).scan("7" * 200) < 2.2 * Steps(fast).scan("7" * 100)


@pytest.mark.usefixtures("deep")
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_the_steps_find_what_the_pattern_finds(name):
    pattern, _ = PATTERNS[name]
    for seed in FAMILIES[::4]:
        text = like(pattern, f"{seed * 3} at $5,000-6 per hour. Rs 20! {seed}")
        steps = Steps(pattern)
        steps.scan(text)
        assert steps.found == [one.span() for one in pattern.finditer(text)], (name, seed)


def like(pattern, text):
    """A text as what the pattern is for: itself, or encoded."""
    is_text = isinstance(pattern.pattern, str)
    return text if is_text else text.encode("utf-8", "surrogatepass")


class Steps:
    """A pattern matched by plain backtracking, as `re` does, counting the characters tried."""

    def __init__(self, pattern):
        self.classes = re.ASCII if isinstance(pattern.pattern, bytes) else 0
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self.folds = bool(pattern.flags & re.IGNORECASE)
        self.taken = 0
        self.found = []
        self.groups = {}
        self.answers = {}

    def scan(self, text, *, is_anchored=False):
        """The steps of finding every match, or one at the start."""
        self.text = text.decode("latin-1") if isinstance(text, bytes) else text
        place = 0
        while place <= (0 if is_anchored else len(text)):
            end = self.run(self.tree, 0, place, self.folds, lambda end: end)
            if end is not None:
                self.found.append((place, end))
            place = place + 1 if end is None or end == place else end
        return self.taken

    def run(self, nodes, at, place, folds, then):
        """Where a match of the nodes from one on, and of what comes then, ends; or None."""
        if at == len(nodes):
            return then(place)
        kind, value = nodes[at]
        if kind in SINGLE:
            if not self.fits(kind, value, place, folds):
                return None
            return self.run(nodes, at + 1, place + 1, folds, then)
        return getattr(self, str(kind).lower())(
            value, place, folds, lambda end: self.run(nodes, at + 1, end, folds, then)
        )

    def fits(self, kind, value, place, folds):
        self.taken += 1
        if place >= len(self.text):
            return False
        asked = id(value), kind, self.text[place], folds
        if asked not in self.answers:
            forms = {self.text[place]}
            if folds:
                forms |= {self.text[place].lower()[:1], self.text[place].upper()[:1]}
            self.answers[asked] = any(
                is_in(kind, value, ord(one), self.classes) for one in forms
            )
        return self.answers[asked]

    def branch(self, value, place, folds, then):
        ends = (self.run(nodes, 0, place, folds, then) for nodes in value[1])
        return next((end for end in ends if end is not None), None)

    def subpattern(self, value, place, folds, then):
        group, add, remove, nodes = value
        folds = (folds or bool(add & re.IGNORECASE)) and not remove & re.IGNORECASE

        def close(end):
            self.groups[group] = self.text[place:end]
            return then(end)

        return self.run(nodes, 0, place, folds, close)

    def groupref(self, value, place, _folds, then):
        self.taken += 1
        said = self.groups.get(value, "\x00")
        return then(place + len(said)) if self.text.startswith(said, place) else None

    def atomic_group(self, nodes, place, folds, then):
        end = self.run(nodes, 0, place, folds, lambda end: end)
        return None if end is None else then(end)

    def at(self, where, place, _folds, then):
        self.taken += 1
        text = self.text
        is_end = place == len(text) or (place == len(text) - 1 and text[place] == "\n")
        holds = {
            op.AT_BEGINNING: place == 0,
            op.AT_BEGINNING_STRING: place == 0,
            op.AT_END: is_end,
            op.AT_BOUNDARY: self.word_at(place - 1) != self.word_at(place),
        }
        return then(place) if holds[where] else None

    def word_at(self, place):
        text = self.text
        return 0 <= place < len(text) and bool(re.match(r"\w", text[place], self.classes))

    def looks(self, value, place, folds):
        direction, nodes = value
        start = place - nodes.getwidth()[0] if direction < 0 else place
        return start >= 0 and self.run(nodes, 0, start, folds, lambda end: end) is not None

    def assert_(self, value, place, folds, then):
        return then(place) if self.looks(value, place, folds) else None

    def assert_not(self, value, place, folds, then):
        return None if self.looks(value, place, folds) else then(place)

    def ends_of(self, value, place, folds):
        """The places that repeating, with no regard to what comes then, stops at."""
        least, most, nodes = value
        ends = [place]
        while len(ends) <= most:
            end = self.run(nodes, 0, ends[-1], folds, lambda end: end)
            if end is None or end == ends[-1]:
                break
            ends.append(end)
        return ends[least:]

    def possessive_repeat(self, value, place, folds, then):
        ends = self.ends_of(value, place, folds)
        return then(ends[-1]) if ends else None

    def max_repeat(self, value, place, folds, then):
        if len(value[2]) == 1 and value[2][0][0] in SINGLE:
            ends = (then(end) for end in reversed(self.ends_of(value, place, folds)))
            return next((end for end in ends if end is not None), None)
        return self.repeat(value, place, folds, then, is_greedy=True)

    def min_repeat(self, value, place, folds, then):
        return self.repeat(value, place, folds, then, is_greedy=False)

    def repeat(self, value, place, folds, then, *, is_greedy, count=0):
        least, most, nodes = value

        def again(end):
            if end == place:
                return None
            return self.repeat(value, end, folds, then, is_greedy=is_greedy, count=count + 1)

        def more():
            return self.run(nodes, 0, place, folds, again) if count < most else None

        def stop():
            return then(place) if count >= least else None

        tries = (more, stop) if is_greedy else (stop, more)
        ends = (one() for one in tries)
        return next((end for end in ends if end is not None), None)


setattr(Steps, "assert", Steps.assert_)
SINGLE = {op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY}
CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def is_in(kind, value, code, classes):
    """Whether a character belongs to a literal, range, class or set of these."""
    if kind is op.IN:
        is_other = value[0][0] is op.NEGATE
        return is_other != any(is_in(*one, code, classes) for one in value[is_other:])
    tests = {
        op.LITERAL: lambda: code == value,
        op.NOT_LITERAL: lambda: code != value,
        op.ANY: lambda: code != 10,
        op.RANGE: lambda: value[0] <= code <= value[1],
        op.CATEGORY: lambda: re.match(CATEGORIES[value], chr(code), classes) is not None,
    }
    return tests[kind]()
