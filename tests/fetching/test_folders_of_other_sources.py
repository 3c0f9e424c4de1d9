"""A folder of the inbox that belongs to another source is left to it."""

from sources.archive import Archive
from sources.connectors.fetching import fetch
from sources.registry import load_registry


def test_a_file_goes_to_the_source_whose_folder_it_lies_in(tmp_path):
    inbox_source = next(source for source in load_registry() if source.id == "inbox")
    own = inbox_source.model_copy(
        update={
            "id": "zebra_exports",
            "config": inbox_source.config.model_copy(update={"path": "zebra"}),
        }
    )
    inbox = tmp_path / "inbox"
    (inbox / "zebra").mkdir(parents=True)
    (inbox / "zebra" / "jobs.csv").write_text("title,company\nRater,Zebra\n")
    (inbox / "memo.txt").write_text("Raters get $15 an hour.")
    archive = Archive(tmp_path / "archive")
    for source in (inbox_source, own):
        fetch(source, archive, inbox=inbox, others=(inbox_source, own))
    assert archive.file_names("inbox") == {"memo.txt"}
    assert archive.file_names("zebra_exports") == {"jobs.csv"}
