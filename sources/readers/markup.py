"""HTML to the text that a person sees.

Blocks are lines, list items begin with `• `, rows of tables are lines with tabs between cells.
The tree is walked without recursion, and tags nested absurdly deep are dropped with their text
kept, since building such a tree takes time that grows with the square of its depth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from sources.decoding import tidy

DEEPEST = 1_000

INVISIBLE = frozenset({
    "audio", "canvas", "datalist", "defs", "desc", "embed", "iframe", "metadata", "noframes",
    "noscript", "object", "script", "select", "style", "symbol", "template", "textarea",
    "title", "video",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "option", "section",
    "summary", "tbody", "td", "text", "tfoot", "th", "thead", "tr",
})  # fmt: skip
PARAGRAPHS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul",
})  # fmt: skip
UNCLOSED = frozenset({
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
    "meta", "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr",
})  # fmt: skip

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
MARKUP = re.compile(
    r"<(?:p|br|div|ul|ol|li|h[1-6]|span|strong|b|em|table)\b[^<>]*>", re.IGNORECASE
)
ESCAPED = re.compile("&(?:amp;)?lt;")
FORMATTING = re.compile(
    r"<(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b([^<>]+)>", re.IGNORECASE
)
HIDDEN_TAG = re.compile(r"\bhidden\b|display\s*:\s*none", re.IGNORECASE)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SPACES = re.compile(r"[ \t\n\f\r]+")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

BULLET = "• "

# A table whose cells are longer than this is there for the layout, not for data.
LONGEST_CELL = 400
LARGEST_SPAN = 100


def parse(html: str) -> LexborHTMLParser:
    """Return the tree of a page.

    Raises:
        MemoryError: The tree does not fit; by the standard there is no page without a tree.
    """
    try:
        return LexborHTMLParser(flattened(FORMATTING.sub(_bare, html)))
    except SelectolaxError as problem:
        raise MemoryError(str(problem)) from problem


def _bare(tag: re.Match[str]) -> str:
    """Return a formatting tag without attributes.

    By the standard, such tags are opened anew in every paragraph until they are closed, up to
    three alike: told apart by attributes, a few of them fill any memory.
    """
    return f"<{tag[1]} hidden>" if HIDDEN_TAG.search(tag[2]) else f"<{tag[1]}>"


def flattened(html: str) -> str:
    """Return HTML without the tags that stand more than a thousand levels deep."""
    depth = deepest = 0
    kept: list[str] = []
    done = 0
    for tag in TAG.finditer(html):
        if tag[2].lower() in UNCLOSED:
            continue
        is_too_deep = depth > DEEPEST or (depth == DEEPEST and not tag[1])
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
        if is_too_deep:
            end = html.find(">", tag.end())
            end = len(html) if end < 0 else end + 1
            kept += (html[done : max(done, tag.start())], "\n")
            done = max(done, end)
    return "".join([*kept, html[done:]]) if deepest > DEEPEST else html


def text_of_fragment(text: str) -> str:
    """Return the visible text of a fragment that may be HTML, escaped at most twice, or not."""
    for _ in range(2):
        if "<" not in text and ESCAPED.search(text):
            text = unescape(text)
    if MARKUP.search(text):
        return visible_text(parse(text).root)
    return unescape(text) if "&" in text else text


def visible_text(root: LexborNode | None) -> str:
    """Return the text that a person sees of a node and everything below it."""
    if root is None:
        return ""
    lines = Lines()
    _walk(root, lines)
    return tidy(lines.text())


@dataclass(slots=True)
class Lines:
    """Text that grows word by word into lines, with at most one blank line between two.

    `items` counts the list items that are open: a list has no blank lines.
    """

    done: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    mark: str = ""
    items: int = 0
    has_gap: bool = False

    def add(self, text: str) -> None:
        """Add words to the line."""
        self.open.append(text)

    def end(self, *, gap: bool = False) -> None:
        """End the line; a gap asks for a blank line before the next."""
        line = SPACES.sub(" ", "".join(self.open)).strip(" ")
        self.open.clear()
        if line.strip():
            if len(line) > LONGEST_CELL:
                self.end_term()
            self.put(self.mark + line)
            self.mark = ""
        self.has_gap = self.has_gap or (gap and bool(self.done) and not self.items)

    def begin_definition(self) -> None:
        """Take the line as a term that its definition follows in the same row."""
        term = SPACES.sub(" ", "".join(self.open)).strip()
        self.open.clear()
        self.mark = f"{term}\t" if term else ""

    def end_term(self) -> None:
        """Write a term that no definition followed, or one too long for a row."""
        if self.mark.endswith("\t"):
            self.put(self.mark.rstrip())
            self.mark = ""

    def put(self, line: str) -> None:
        """Add a whole line as it is."""
        if self.has_gap:
            self.done.append("")
        self.has_gap = False
        self.done.append(line)

    def text(self) -> str:
        """Return all lines."""
        self.end()
        return "\n".join(self.done)


def _walk(root: LexborNode, lines: Lines) -> None:
    """Go through the tree in reading order; what is entered is left, the rest passed over."""
    node: LexborNode = root
    is_entering = True
    while True:
        if is_entering and _enter(node, lines):
            below = node.child
            if below is not None:
                node = below
                continue
            _leave(node, lines)
        elif not is_entering:
            _leave(node, lines)
        if node.mem_id == root.mem_id:
            return
        beside = node.next
        is_entering = beside is not None
        node = beside or _above(node)


def _above(node: LexborNode) -> LexborNode:
    parent = node.parent
    if parent is None:
        message = "a node below the root has a parent"
        raise ValueError(message)
    return parent


def _enter(node: LexborNode, lines: Lines) -> bool:
    """Begin a node; return whether what is below it should be seen too."""
    tag = node.tag or ""
    if node.is_text_node:
        lines.add(node.text_content or "")
        return False
    if not node.is_element_node or tag in INVISIBLE or _is_hidden(node):
        return False
    if tag in ENTERED:
        return ENTERED[tag](node, lines)
    if tag in BLOCKS or tag in PARAGRAPHS:
        lines.end(gap=tag in PARAGRAPHS)
    return True


def _leave(node: LexborNode, lines: Lines) -> None:
    tag = node.tag or ""
    if tag == "dt":
        lines.begin_definition()
    if tag == "dl":
        lines.end_term()
    if tag in BLOCKS or tag in PARAGRAPHS:
        lines.end(gap=tag in PARAGRAPHS)
        if tag == "li":
            lines.mark = ""
            lines.items -= 1


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(HIDDEN_STYLE.search(attributes.get("style") or ""))


def _break(_node: LexborNode, lines: Lines) -> bool:
    lines.end()
    return False


def _item(_node: LexborNode, lines: Lines) -> bool:
    lines.end()
    lines.mark = BULLET
    lines.items += 1
    return True


def _preformatted(node: LexborNode, lines: Lines) -> bool:
    lines.end(gap=True)
    for line in node.text().split("\n"):
        lines.put(line.rstrip())
    lines.end(gap=True)
    return False


def _superscript(node: LexborNode, lines: Lines) -> bool:
    """Write raised digits as such: `18<sup>1</sup>` is eighteen with a footnote, not 181."""
    said = node.text().strip()
    if not said.isdecimal():
        return True
    lines.add(said.translate(SUPERSCRIPTS))
    return False


def _table(node: LexborNode, lines: Lines) -> bool:
    """Write a table of data row by row; one made for the layout is read as blocks."""
    rows = list(_rows(node))
    lines.end(gap=True)
    if not _is_data(rows):
        return True
    for caption in node.css("caption"):
        lines.put(_one_line(caption))
    for cells in _grid(rows):
        lines.put("\t".join(cells).rstrip("\t"))
    lines.end(gap=True)
    return False


def _rows(table: LexborNode) -> Iterator[list[LexborNode]]:
    for part in table.iter():
        for row in [part] if part.tag == "tr" else part.iter():
            if row.tag == "tr" and not _is_hidden(row):
                yield [cell for cell in row.iter() if cell.tag in {"td", "th"}]


def _is_data(rows: list[list[LexborNode]]) -> bool:
    cells = [cell for row in rows for cell in row]
    return max(map(len, rows), default=0) > 1 and not any(
        cell.css_first("table") is not None or len(cell.text()) > LONGEST_CELL for cell in cells
    )


def _grid(rows: list[list[LexborNode]]) -> Iterator[list[str]]:
    """Yield the texts of each row with merged cells taken apart.

    Every part of a merged heading has its words. A merged cell's words are repeated downwards
    when they name something; a figure is written once.
    """
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: dict[int, str] = {}
        for column, (_, text) in hanging.items():
            line[column] = text
        hanging = {c: (left - 1, text) for c, (left, text) in hanging.items() if left > 1}
        column = 0
        for cell in row:
            while column in line:
                column += 1
            text = "" if _is_hidden(cell) else _one_line(cell)
            is_heading = cell.tag == "th"
            down = text if is_heading or not any(map(str.isdigit, text)) else ""
            for place in range(column, column + _span(cell, "colspan")):
                is_first = place == column
                line[place] = text if is_first or is_heading else ""
                if _span(cell, "rowspan") > 1:
                    hanging[place] = _span(cell, "rowspan") - 1, down if is_first else ""
        width = max(line, default=-1) + 1
        if any(line.values()):
            yield [line.get(place, "") for place in range(width)]


def _span(cell: LexborNode, name: str) -> int:
    said = cell.attributes.get(name) or ""
    return min(max(int(said), 1), LARGEST_SPAN) if said.isascii() and said.isdecimal() else 1


def _one_line(node: LexborNode) -> str:
    lines = Lines()
    for child in node.iter(include_text=True):
        _walk(child, lines)
    return " ".join(lines.text().split("\n"))


def _term(_node: LexborNode, lines: Lines) -> bool:
    lines.end()
    lines.end_term()
    return True


ENTERED = {
    "br": _break,
    "dt": _term,
    "li": _item,
    "pre": _preformatted,
    "sup": _superscript,
    "table": _table,
}
