"""What Dagster loads."""

import dagster as dg

from pipelines.definitions import defs
from pipelines.schedules import inbox_sensor
from sources.registry import load_registry


def groups():
    graph = defs.resolve_asset_graph()
    found = {}
    for key in graph.get_all_asset_keys():
        found.setdefault(graph.get(key).group_name, set()).add(key.to_user_string())
    return found


def test_the_definitions_load():
    dg.Definitions.validate_loadable(defs)


def test_every_enabled_source_is_an_asset():
    assert groups()["raw"] == {source.id for source in load_registry() if source.enabled}


def test_the_core_is_named_after_the_published_tables():
    assert {"documents", "postings", "rate_observations", "rates", "restatements"} <= groups()[
        "core"
    ]


def test_every_core_table_has_a_blocking_check_of_its_schema():
    checks = {
        check.asset_key.to_user_string()
        for check in defs.resolve_asset_graph().asset_check_keys
    }
    assert groups()["core"] <= checks


def test_the_daily_schedule_runs_by_default():
    schedule = defs.resolve_schedule_def("daily_compensation")
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING


def test_the_sensor_asks_for_a_run_once_per_change_of_the_inbox(tmp_path, monkeypatch):
    monkeypatch.setenv("COMPENSATION_DATA", str(tmp_path))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    assert isinstance(inbox_sensor(dg.build_sensor_context()), dg.SkipReason)
    (inbox / "report.txt").write_text("Raters get $15 an hour.")
    asked = inbox_sensor(dg.build_sensor_context())
    assert len(asked.run_requests) == 1
    assert isinstance(inbox_sensor(dg.build_sensor_context(cursor=asked.cursor)), dg.SkipReason)
