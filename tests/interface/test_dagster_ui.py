"""A person opens the UI, sees the assets and the schedule, runs the job and sees Success."""

import re

import pytest

LOCATION = "/locations/compensation"


@pytest.fixture(scope="module")
def page(chromium, dagster_ui):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(base_url=dagster_ui, viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        yield page
        browser.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_assets_of_a_group_are_shown(page):
    page.goto(f"{LOCATION}/asset-groups/core/lineage")
    page.get_by_text("rate_observations", exact=True).first.wait_for()
    page.get_by_text("restatements", exact=True).first.wait_for()


@pytest.mark.browser
@pytest.mark.slow
def test_each_source_is_an_asset_of_its_own(page):
    page.goto(f"{LOCATION}/asset-groups/raw/lineage")
    page.get_by_text("bundled_reports", exact=True).first.wait_for()
    page.get_by_text("inbox", exact=True).first.wait_for()


@pytest.mark.browser
@pytest.mark.slow
def test_the_daily_schedule_is_running(page):
    page.goto(f"{LOCATION}/schedules/daily_compensation")
    page.get_by_text("Running", exact=True).first.wait_for()
    assert page.locator("input[type=checkbox]").first.is_checked()


@pytest.mark.browser
@pytest.mark.slow
def test_a_run_launched_by_hand_ends_in_success(page):
    page.goto(f"{LOCATION}/jobs/compensation")
    page.get_by_role("button", name="Materialize all").click()
    page.locator("a[href*='/runs/']").first.wait_for()
    run = page.locator("a[href*='/runs/']").first.get_attribute("href")
    page.goto(re.sub(r"\?.*", "", run))
    page.get_by_text("Success", exact=True).first.wait_for(timeout=180_000)
