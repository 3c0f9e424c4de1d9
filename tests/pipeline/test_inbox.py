"""Files dropped into the inbox, from bytes to rows."""

from decimal import Decimal

MEMO = """\
---
title: What reviewers are paid
publisher: Example Institute
url: https://example.org/memo
published_date: "2025-03"
evidence_kind: worker_survey
---
# What reviewers are paid

Contract attorneys who review answers in the United States earn between $62 and $95 an hour.

- Biology PhDs: $48/hour or more
- One in five reviewers makes more than $70 an hour
"""


def by_amount(tables):
    return {row["amount_min"]: row for row in tables["rate_observations"]}


def test_a_dropped_memo_becomes_rows_that_say_who_said_it_and_where(desk):
    desk.drop("memo.md", MEMO)
    tables = desk.run()
    document = tables["documents"][0]
    assert document["status"] == "accepted"
    assert (document["publisher"], document["date_precision"]) == ("Example Institute", "month")
    rows = by_amount(tables)
    attorneys = rows[Decimal(62)]
    assert (attorneys["amount_max"], attorneys["currency"]) == (Decimal(95), "USD")
    assert (attorneys["pay_period"], attorneys["statistic"]) == ("hour", "range")
    assert (attorneys["domain_code"], attorneys["country_code"]) == ("law", "US")
    assert attorneys["matched_text"] == "between $62 and $95 an hour"
    assert (rows[Decimal(48)]["domain_code"], rows[Decimal(48)]["is_max_open"]) == (
        "science",
        True,
    )
    assert (rows[Decimal(70)]["statistic"], rows[Decimal(70)]["share_percent"]) == ("share", 20)
    assert len(tables["rate_observations"]) == 3


def test_a_file_without_front_matter_keeps_title_publisher_and_date_empty(desk):
    desk.drop("note.txt", "Raters get $15 an hour.")
    tables = desk.run()
    document = tables["documents"][0]
    assert document["title"] is document["publisher"] is document["published_date"] is None
    assert len(tables["rate_observations"]) == 1


def test_a_text_without_pay_is_accepted_as_empty(desk):
    desk.drop("note.txt", "Eighty percent of the 40 raters hold a degree.")
    tables = desk.run()
    assert [row["status"] for row in tables["documents"]] == ["accepted_empty"]
    assert tables["rate_observations"] == []


def test_the_same_bytes_under_another_name_are_a_duplicate_and_count_once(desk):
    desk.drop("a.txt", "Raters get $15 an hour.")
    desk.drop("b.txt", "Raters get $15 an hour.")
    tables = desk.run()
    first, second = sorted(tables["documents"], key=lambda row: row["file_name"])
    assert (first["status"], second["status"]) == ("accepted", "duplicate")
    assert second["duplicate_of"] == first["document_id"] != second["document_id"]
    assert len(tables["rate_observations"]) == 1


def test_two_fields_in_one_statement_give_two_rows_of_one_statement(desk):
    desk.drop("note.txt", "In engineering and law, experts are paid $80 to $150 an hour.")
    rows = desk.run()["rate_observations"]
    assert sorted(row["domain_code"] for row in rows) == ["engineering", "law"]
    assert len({row["statement_id"] for row in rows}) == 1
    assert len({row["observation_id"] for row in rows}) == 2


def test_a_figure_said_twice_is_linked_to_its_first_mention(desk):
    desk.drop(
        "note.txt",
        "Key points: contract nurses earn $41 to $57 an hour.\n\n"
        "The survey reached 900 people. Contract nurses, it found, earn $41 to $57 an hour.\n",
    )
    tables = desk.run()
    first, second = sorted(tables["rate_observations"], key=lambda row: row["char_start"])
    links = tables["restatements"]
    assert [(row["observation_id"], row["origin_observation_id"]) for row in links] == [
        (second["observation_id"], first["observation_id"])
    ]
    assert links[0]["is_within_document"]


def test_nothing_new_reads_nothing(desk):
    desk.drop("memo.md", MEMO)
    desk.run()
    assert desk.newly_read == 1
    desk.run()
    assert desk.newly_read == 0


def test_a_second_file_leaves_the_first_unread(desk):
    desk.drop("memo.md", MEMO)
    desk.run()
    desk.drop("note.txt", "Raters get $15 an hour.")
    tables = desk.run()
    assert desk.newly_read == 1
    assert len(tables["documents"]) == 2


def test_a_file_that_cannot_be_read_is_set_aside_with_its_reason(desk):
    desk.drop("empty.txt", b"")
    desk.drop("photo.pdf", b"\x89PNG\r\n\x1a\n" + bytes(64))
    tables = desk.run()
    reasons = {row["file_name"]: row["reason_code"] for row in tables["quarantine"]}
    assert reasons == {"empty.txt": "empty_file", "photo.pdf": "wrong_type"}
    assert {row["status"] for row in tables["documents"]} == {"quarantined"}
