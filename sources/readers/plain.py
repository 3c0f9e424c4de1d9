"""Plain text and Markdown to pages of text."""

from sources.decoding import decode
from sources.documents import DocumentText
from sources.front_matter import split
from sources.readers.pages import pages_of
from sources.readers.version import READER_VERSION


def read_plain(document_id: str, content: bytes) -> DocumentText:
    """Return the text of a plain file, its front matter cut off.

    Raises:
        DocumentUnreadable: With `encoding`, when too much of it is not text.
    """
    body = split(decode(content))[1]
    pages = pages_of(body)
    return DocumentText(
        document_id=document_id,
        media_type="text/plain",
        reader_version=READER_VERSION,
        pages=pages,
        page_count=len(pages),
    )
