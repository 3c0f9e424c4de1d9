"""Web pages to text, with the postings that their markup declares."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from sources.decoding import decode
from sources.documents import DocumentText, Page, RawPosting
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.jsonld import FoundPosting, load_lenient, postings_in, published_on
from sources.readers.markup import BULLET, parse, visible_text
from sources.readers.pages import pages_of
from sources.readers.values import day, words
from sources.readers.version import READER_VERSION

DECLARED_ENCODING = re.compile(rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)

# Put behind the page before it is read: if it is not found after, text was swallowed.
END = "end-of-page-5b1f"

# What browsers read in place of what pages declare.
MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def read_html(document_id: str, content: bytes) -> DocumentText:
    """Return the visible text of a page and the postings of its JSON-LD.

    A page about one posting is that posting's text, with its description added if the page
    itself does not show it. Of several postings each has a page of its own behind the first.

    Raises:
        DocumentUnreadable: With `encoding`; or with `text_lost` when the file ends within a
            script, comment or tag, so that text may be missing.
    """
    tree = parse(f"{decode(content, _declared(content))}<wbr id={END}>")
    if tree.css_first(f"#{END}") is None:
        got = "one that ends within a script, comment or tag"
        raise DocumentUnreadable(Reason.TEXT_LOST, unmet("HTML", "a whole page", got))
    text = visible_text(tree.root)
    blocks, warnings = _blocks(tree)
    found = postings_in(blocks, page_number=1)
    if len(found) == 1:
        text = _with_own(text, found[0])
    pages = pages_of(text)
    postings = tuple(one.posting for one in found)
    if len(found) > 1:
        pages, postings = _pages_each(pages, found)
    return DocumentText(
        document_id=document_id,
        media_type="text/html",
        reader_version=READER_VERSION,
        pages=pages,
        postings=postings,
        title=_title(tree),
        published_date=published_on(blocks) or _published(tree),
        page_count=len(pages),
        warnings=warnings,
    )


def _declared(content: bytes) -> str | None:
    found = DECLARED_ENCODING.search(content[:1024])
    name = found[1].decode("ascii").lower() if found else None
    return MEANT.get(name, name) if name else None


def _blocks(tree: LexborHTMLParser) -> tuple[list[tuple[str, Any]], tuple[str, ...]]:
    """Return the JSON-LD blocks with the path of each; one that is broken costs no other."""
    scripts = [
        script.text()
        for script in tree.css("script[type]")
        if (script.attributes["type"] or "").strip().lower().startswith("application/ld+json")
    ]
    blocks = []
    warnings = []
    for place, script in enumerate(scripts):
        path = "$" if len(scripts) == 1 else f"$[{place}]"
        try:
            blocks.append((path, load_lenient(script)))
        except ValueError:
            warnings.append(f"{path}: JSON-LD that cannot be read")
    return blocks, tuple(warnings)


def _with_own(text: str, found: FoundPosting) -> str:
    """Return the text of a page with the lines that only its markup says of the posting."""
    shown = " ".join(text.split())
    added = [line for line in found.description.split("\n") if _plain(line) not in shown]
    return "\n".join([text, "", *added]).strip()


def _plain(line: str) -> str:
    return " ".join(line.removeprefix(BULLET).split())


def _pages_each(
    pages: tuple[Page, ...], found: list[FoundPosting]
) -> tuple[tuple[Page, ...], tuple[RawPosting, ...]]:
    own = []
    postings = []
    for place, one in enumerate(found, len(pages) + 1):
        head = [f"Title: {one.posting.title}"] if one.posting.title else []
        head += [f"Location: {one.posting.location}"] if one.posting.location else []
        own.append(Page(place, "\n".join([*head, "", one.description]).strip()))
        postings.append(replace(one.posting, page_number=place))
    return (*pages, *own), tuple(postings)


def _title(tree: LexborHTMLParser) -> str | None:
    title = tree.css_first("head title")
    return words(" ".join(title.text().split())) if title is not None else None


def _published(tree: LexborHTMLParser) -> date | None:
    for name in ("article:published_time", "datePublished", "date"):
        for key in ("property", "itemprop", "name"):
            meta = tree.css_first(f'meta[{key}="{name}"]')
            found = day(words(meta.attributes.get("content"))) if meta is not None else None
            if found:
                return found
    return None
