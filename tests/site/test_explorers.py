"""The explorer of the reference pages, in a real browser."""

from __future__ import annotations

import gzip
import itertools
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import oneflow as flow
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from lrdoc import register, trace
from lrdoc.describe.schedule import Schedule
from tests.site.browsing import LAPTOP, PHONE, lent, opened, violations
from tests.site.exploring import (
    FRAMES,
    MOVE_AT_ONCE,
    TYPE_AT_ONCE,
    Work,
    box,
    changes,
    code,
    counted_runs,
    explore,
    move,
    picture,
    saved,
    slide,
    type_number,
    until,
    values,
)
from tests.site.known import SCHEMES

STEP_LR = "en/reference/step_lr.html"
SCRIPTS = ("loader.js", "explorer-strings.js", "explorer.js")
NAMES = sorted(register.entries())
RUN = "run"
"""The method of the engine's class ``Script``, the only one of that name: it goes through the code that ``Script`` has parsed."""


@pytest.fixture
def page(each_browser: Browser, server: str) -> Iterator[Page]:
    """Open the explorer of StepLR in Chromium, then in Firefox; fail if anything goes wrong in it."""
    with lent(each_browser) as (page, trouble):
        yield explore(page, f"{server}/{STEP_LR}")
        assert not trouble


# What it costs


def test_all_scripts_that_are_loaded_for_it_are_100_kilobytes_at_most(site: Path) -> None:
    static = site / "en" / "_static"
    assert sum(len(gzip.compress((static / name).read_bytes())) for name in SCRIPTS) <= 100 * 1024


def test_only_the_pages_of_schedulers_have_the_script_that_knows_no_recipes(site: Path) -> None:
    pages = {path: re.findall('data-lr-script="([^"]+)"', path.read_text("utf-8")) for path in site.rglob("*.html")}
    small = {path.relative_to(site).as_posix() for path, scripts in pages.items() if scripts == ["explorer"]}
    assert small == {f"{language}/reference/{name}.html" for language in ("en", "zh") for name in NAMES}
    assert {name for path, scripts in pages.items() if path.parent.name == "recipes" for name in scripts} == {
        "recipe",
        "chooser",
    }


def test_without_javascript_the_page_says_so_and_shows_its_figures(browser: Browser, server: str) -> None:
    with opened(browser, java_script_enabled=False) as (page, _):  # type: ignore[arg-type]
        page.goto(f"{server}/{STEP_LR}")
        assert page.get_by_text("This needs JavaScript.").is_visible()
        assert page.locator("article img").first.is_visible()
        assert not page.get_by_text("Move a slider").is_visible()


def test_it_works_from_a_folder_without_a_server(each_browser: Browser, site: Path) -> None:
    with lent(each_browser) as (page, trouble):
        explore(page, f"{site.as_uri()}/{STEP_LR}")
        assert changes(page, lambda: move(page, "gamma", 0.9))
        assert not trouble


def test_asking_for_it_at_the_console_loads_it(browser: Browser, server: str) -> None:
    with lent(browser) as (page, _):
        page.goto(f"{server}/{STEP_LR}")
        until(page, "window.lrdoc")
        traced = page.evaluate("lrdoc.trace('StepLR(optimizer, step_size=2, gamma=0.5)', {lr: 1, steps: 4})")
        assert traced["curves"][0]["lr"] == [1, 1, 0.5, 0.5]
        assert traced["errors"] == []


# Controls, code and curve move together


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_with_the_example_of_the_page_as_oneflow_computes_it(browser: Browser, server: str, name: str) -> None:
    preset = register.get(name).presets[0]
    real = trace.eager(
        Schedule.preset(register.get(name)).build(trace.sgd(preset.base_lr)), preset.steps, preset.metrics
    )[:, 0]
    with lent(browser) as (page, _):
        explore(page, f"{server}/en/reference/{name}.html")
        assert float(box(page, "lr").input_value()) == preset.base_lr
        assert int(box(page, "steps").input_value()) == preset.steps
        head, *rows = values(page)
        assert head[0] == "step"
        assert [float(row[1]) for row in rows] == pytest.approx(real.tolist(), rel=1e-9, abs=1e-18)


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_that_shapes_the_curve_has_a_control(browser: Browser, server: str, name: str) -> None:
    with lent(browser) as (page, _):
        explore(page, f"{server}/en/reference/{name}.html")
        for parameter in [*register.get(name).domains, "lr", "steps"]:
            page.get_by_label(parameter, exact=True).last.wait_for()


def valued(page: Page, label: str) -> str | None:
    """Return the value of the slider with this label, as it is announced."""
    return page.get_by_role("slider", name=label, exact=True).get_attribute("aria-valuetext")


def test_moving_a_slider_moves_the_curve_the_number_and_the_code(page: Page) -> None:
    assert changes(page, lambda: move(page, "gamma", 0.9))
    assert box(page, "gamma").input_value() == "0.9"
    assert "gamma=0.9" in code(page).input_value()


def test_a_movement_of_a_slider_has_the_code_parsed_and_run_once(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        work = Work(page)
        explore(page, f"{server}/{STEP_LR}")
        runs = counted_runs(page)
        work.calls_since_last(RUN)
        for count, position in enumerate((90, 80, 70), start=1):
            slide(page, "gamma", position)
            assert work.calls_since_last(RUN) == 1
            assert runs() == count


def test_typing_a_number_moves_the_curve_the_slider_and_the_code(page: Page) -> None:
    assert changes(page, lambda: type_number(page, "step_size", 7))
    assert valued(page, "step_size") == "7"
    assert "step_size=7" in code(page).input_value()


def test_the_keys_move_a_slider_from_a_typed_rate_to_its_neighbours(page: Page) -> None:
    for typed, key, reached in (
        ("0.0003", "ArrowRight", "0.0005"),
        ("0.0003", "ArrowLeft", "0.0002"),
        ("0.07", "ArrowUp", "0.1"),
    ):
        type_number(page, "lr", typed)
        expect(code(page)).to_have_value(re.compile(rf"lr={re.escape(typed)}\)"))
        page.get_by_role("slider", name="lr", exact=True).focus()
        page.keyboard.press(key)
        expect(box(page, "lr")).to_have_value(reached)
    type_number(page, "lr", "0.0003")
    page.keyboard.press("ArrowUp")
    expect(box(page, "lr")).to_have_value("0.0004")


def test_a_typed_number_is_never_rounded(page: Page) -> None:
    for typed in ("0.123456789012345", "0.30000000000000004", "0.9999999"):
        type_number(page, "gamma", typed)
        expect(code(page)).to_have_value(re.compile(rf"gamma={re.escape(typed)}\)"))
        page.get_by_role("slider", name="gamma", exact=True).focus()
        page.evaluate(FRAMES)
        assert f"gamma={typed})" in code(page).input_value()
        assert box(page, "gamma").input_value() == typed


@pytest.mark.parametrize("label", ["gamma", "lr"])
def test_keys_that_come_faster_than_the_page_draws_are_all_kept(page: Page, label: str) -> None:
    box(page, label).evaluate(TYPE_AT_ONCE, "0.123456789012345")
    page.evaluate(FRAMES)
    expect(box(page, label)).to_have_value("0.123456789012345")
    expect(code(page)).to_have_value(re.compile(rf"{label}=0.123456789012345\b"))


def test_movements_that_come_faster_than_the_page_draws_end_at_the_last(page: Page) -> None:
    slider = page.get_by_role("slider", name="gamma", exact=True)
    slider.evaluate(MOVE_AT_ONCE, [50])
    page.evaluate(FRAMES)
    meant = box(page, "gamma").input_value()
    slider.evaluate(MOVE_AT_ONCE, [10, 20, 30, 40, 50])
    page.evaluate(FRAMES)
    expect(box(page, "gamma")).to_have_value(meant)
    slider.evaluate(MOVE_AT_ONCE, [10, 20, 30, 40])
    page.evaluate(FRAMES)
    assert box(page, "gamma").input_value() != meant


def test_controls_that_are_set_in_one_frame_all_hold(page: Page) -> None:
    values = {"step_size": "8", "gamma": "0.25", "lr": "0.5", "steps": "90"}
    boxes = [box(page, label).element_handle() for label in values]
    page.evaluate(
        f"([boxes, values]) => boxes.forEach((box, at) => ({TYPE_AT_ONCE})(box, values[at]))",
        [boxes, list(values.values())],
    )
    page.evaluate(FRAMES)
    expect(code(page)).to_have_value(re.compile(r"lr=0.5\).*step_size=8, gamma=0.25\)", re.DOTALL))
    expect(box(page, "steps")).to_have_value("90")


def test_a_slider_that_the_pointer_drags_goes_through_its_notches(page: Page) -> None:
    slider = page.get_by_role("slider", name="gamma", exact=True)
    slider.scroll_into_view_if_needed()
    place = slider.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    seen = set()
    for share in (0.6, 0.7, 0.8, 0.9):
        page.mouse.move(place["x"] + place["width"] * share, place["y"] + place["height"] / 2)
        page.evaluate(FRAMES)
        seen.add(float(box(page, "gamma").input_value()))
    page.mouse.up()
    assert len(seen) == 4
    assert all(len(str(value)) <= len("0.9995") for value in seen)


def test_editing_the_code_moves_the_curve_and_the_sliders(page: Page) -> None:
    edited = code(page).input_value().replace("step_size=10", "step_size=25")
    assert changes(page, lambda: code(page).fill(edited))
    assert valued(page, "step_size") == "25"
    assert box(page, "step_size").input_value() == "25"


def test_other_schedulers_in_the_code_get_controls_of_their_own(page: Page) -> None:
    code(page).fill("scheduler = WarmupLR(ExponentialLR(optimizer, gamma=0.9), warmup_factor=0.1, warmup_iters=5)")
    page.evaluate(FRAMES)
    move(page, "gamma", 0.5)
    assert "gamma=0.5" in code(page).input_value()
    assert page.get_by_role("group", name="scheduler_or_optimizer: ExponentialLR").is_visible()


def test_the_base_learning_rate_and_the_number_of_steps_are_set_likewise(page: Page) -> None:
    type_number(page, "lr", 0.4)
    type_number(page, "steps", 5)
    assert "lr=0.4" in code(page).input_value()
    assert values(page) == [["step", "scheduler"], *([str(step), "0.4"] for step in range(5))]


def test_a_flag_is_a_switch_and_a_choice_of_words_a_list(browser: Browser, server: str) -> None:
    with lent(browser) as (page, _):
        explore(page, f"{server}/en/reference/warmup_lr.html")
        page.get_by_role("switch", name="warmup_prefix").check()
        page.get_by_label("warmup_method").select_option("constant")
        assert "warmup_prefix=True" in code(page).input_value()
        assert 'warmup_method="constant"' in code(page).input_value()


def test_milestones_are_a_list_of_numbers(browser: Browser, server: str) -> None:
    with lent(browser) as (page, _):
        explore(page, f"{server}/en/reference/multi_step_lr.html")
        page.get_by_label("milestones").fill("3, 6, 12")
        assert "milestones=[3, 6, 12]" in code(page).input_value()
        page.get_by_label("milestones").fill("3, x")
        assert page.get_by_text("Numbers with commas between them are expected.").is_visible()
        assert "milestones=[3, 6, 12]" in code(page).input_value()


def test_a_lambda_is_a_line_of_code_and_half_of_one_waits(browser: Browser, server: str) -> None:
    with lent(browser) as (page, _):
        explore(page, f"{server}/en/reference/lambda_lr.html")
        line = page.get_by_label("lr_lambda")
        assert changes(page, lambda: line.fill("lambda step: 1 / (1 + step)"))
        before = code(page).input_value()
        assert "lambda step: 1 / (1 + step)" in before
        line.fill("lambda step: (1 /")
        assert code(page).input_value() == before


def test_a_lambda_that_fails_in_training_is_told_with_the_step_at_its_field(browser: Browser, server: str) -> None:
    with lent(browser) as (page, _):
        explore(page, f"{server}/en/reference/lambda_lr.html")
        page.get_by_label("lr_lambda").fill("lambda step: 1 / (step - 3)")
        field = page.locator(".lr-field", has=page.get_by_label("lr_lambda"))
        expect(field.locator(".lr-problem")).to_have_text("At step 3: ZeroDivisionError: division by zero")
        assert len(values(page)) == 1 + 3


def joined(code: str) -> str:
    """Return code without what it is laid out by: spaces, ends of lines and commas before a bracket."""
    return re.sub(r",(?=[)\]])", "", re.sub(r"\s", "", code))


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_the_page_can_be_chosen(browser: Browser, server: str, name: str) -> None:
    presets = register.get(name).presets
    with lent(browser) as (page, _):
        explore(page, f"{server}/en/reference/{name}.html")
        examples = page.get_by_label("Example", exact=True)
        assert examples.is_visible() is (len(presets) > 1)  # a single one is what Reset brings back
        for index, preset in enumerate(presets if len(presets) > 1 else []):
            examples.select_option(str(index))
            page.evaluate(FRAMES)
            assert joined(code(page).input_value()).endswith(
                joined(Schedule(register.get(name), preset.arguments).code())
            )
            assert len(values(page)) == preset.steps + 1


# What OneFlow rejects


def test_a_rejected_value_shows_oneflows_message_at_the_parameter_and_the_last_curve_stays_marked(page: Page) -> None:
    with pytest.raises(AssertionError) as refused:
        flow.optim.lr_scheduler.StepLR(trace.sgd(0.1), step_size=-3, gamma=0.5)
    before = values(page)
    type_number(page, "step_size", -3)
    field = page.locator(".lr-field", has=box(page, "step_size"))
    expect(field.locator(".lr-problem")).to_have_text(re.compile(re.escape(str(refused.value))))
    assert box(page, "step_size").get_attribute("aria-invalid") == "true"
    assert page.locator(".lr-stale").count() == 1
    assert page.get_by_text("This is the last one that it gave.").is_visible()
    assert values(page) == before
    type_number(page, "step_size", 3)
    assert page.locator(".lr-stale").count() == 0
    assert field.locator(".lr-problem").is_hidden()


def test_code_that_is_not_understood_is_named_with_its_line(page: Page) -> None:
    code(page).fill("import os\nscheduler = os.system('ls')")
    expect(page.locator(".lr-problems li").first).to_have_text(re.compile(r"^Line \d+: .+"))
    assert page.locator(".lr-stale").count() == 1


@pytest.mark.parametrize(("language", "name"), [("en", "Open in the playground"), ("zh", "在演练场中打开")])
def test_code_that_is_left_to_the_playground_has_a_link_that_opens_it_there(
    browser: Browser, server: str, language: str, name: str
) -> None:
    with lent(browser) as (page, trouble):
        explore(page, f"{server}/{language}/reference/step_lr.html")
        for steps in (4, 7):
            code(page).fill(f"import functools\nscheduler = StepLR(optimizer, {steps})")
            link = page.locator(".lr-problems").get_by_role("link", name=name)
            expect(link).to_have_attribute("href", re.compile(f"playground.html#.*StepLR%28optimizer%2C\\+{steps}%29"))
        link.click()
        page.wait_for_url("**/playground.html#*")
        expect(page.locator(".lr-readout").first).to_be_attached()
        expect(page.locator(".cm-content")).to_contain_text("StepLR(optimizer, 7)")
        expect(page.locator(".lr-problems li")).to_have_count(0)
        assert not trouble


# Looking closely


def test_what_a_finger_points_at_stays_when_it_is_lifted(browser: Browser, server: str) -> None:
    with opened(browser, PHONE, has_touch=True) as (page, _):
        explore(page, f"{server}/en/reference/step_lr.html")
        page.locator(".lr-area").first.tap()
        page.evaluate(FRAMES)
        expect(page.locator(".lr-readout")).to_have_text(re.compile(r"step \d+.*lr 0\.\d+"))


def test_a_pinned_curve_stays_to_compare_with_the_next(page: Page) -> None:
    page.get_by_role("button", name="Pin curve").click()
    move(page, "gamma", 0.9)
    head, first, *rest = values(page)
    assert head == ["step", "scheduler", "pinned"]
    assert first[1] == first[2]
    assert [float(value) for value in rest[-1][1:]] == pytest.approx([0.1 * 0.9**4, 0.1 * 0.5**4])
    page.get_by_role("button", name="Remove pinned").click()
    page.evaluate(FRAMES)
    assert values(page)[0] == ["step", "scheduler"]


def test_several_curves_are_compared_with_their_parameters_in_a_table(each_browser: Browser, page: Page) -> None:
    for gamma in (0.6, 0.7, 0.8, 0.9):
        page.get_by_role("button", name="Pin curve").click()
        move(page, "gamma", gamma)
    expect(page.get_by_role("button", name="Pin curve")).to_be_disabled()  # one more has no look of its own
    table = page.locator(".lr-compared table")
    assert table.locator("thead th").all_inner_texts() == ["curve", "scheduler", "lr", "step_size", "gamma"]
    assert table.locator("tbody tr td:last-child").all_inner_texts() == ["0.9", "0.5", "0.6", "0.7", "0.8"]
    svg = saved(page, "SVG").decode()
    assert all(f"gamma={gamma}" in svg for gamma in (0.5, 0.6, 0.7, 0.8, 0.9))
    until(page, "location.hash.includes('pin4=')")
    with opened(each_browser) as (other, _):
        other.goto(page.url)
        other.locator(".lr-area canvas").wait_for()
        assert values(other) == values(page)


def height(page: Page) -> float:
    """Return how far above the horizontal axis the first level stands in the picture that the page saves."""
    svg = ElementTree.fromstring(saved(page, "SVG"))
    frame, curve = (path.get("d", "") for path in svg.iterfind(".//{*}path") if "V" in path.get("d", ""))
    return float(frame.split("V")[1].split("H")[0]) - float(curve.split("H")[0].split()[1])


def test_the_axes_can_be_held_on_the_page_and_in_what_it_saves(page: Page) -> None:
    hold = page.get_by_role("button", name="Hold axes")
    before = height(page)
    hold.click()
    move(page, "lr", 0.05)
    held = picture(page)
    assert height(page) == pytest.approx(before / 2, abs=0.02)
    hold.click()
    assert picture(page) != held
    assert height(page) == pytest.approx(before, abs=0.02)


def drag(page: Page, start: float, end: float) -> None:
    """Drag over the chart from one share of its width to another."""
    area = page.locator(".lr-area .u-over").bounding_box()
    assert area is not None
    for share, act in ((start, page.mouse.down), (end, page.mouse.up)):
        page.mouse.move(area["x"] + area["width"] * share, area["y"] + 30, steps=4)
        act()
    page.evaluate(FRAMES)


def test_dragging_over_the_chart_shows_these_steps_alone_until_all_are_asked_for(page: Page) -> None:
    whole = picture(page)
    all_steps = page.get_by_role("button", name="Show all steps")
    assert all_steps.is_hidden()
    drag(page, 0.41, 0.59)
    assert picture(page) != whole
    assert "steps 20 to 29 are shown" in str(all_steps.get_attribute("aria-label"))
    all_steps.click()
    page.mouse.move(0, 0)
    assert picture(page) == whole
    assert all_steps.is_hidden()


def test_the_keys_zoom_around_the_step_that_is_pointed_at(page: Page) -> None:
    chart = page.get_by_role("slider", name="Learning rate by step")
    chart.focus()
    page.keyboard.press("Home")
    page.keyboard.press("+")
    shown = page.get_by_role("button", name="Show all steps")
    assert "steps 0 to 24 are shown" in str(shown.get_attribute("aria-label"))
    page.keyboard.press("End")
    assert "steps 25 to 49 are shown" in str(shown.get_attribute("aria-label"))
    page.keyboard.press("0")
    assert shown.is_hidden()


def fingers(page: Page, *places: tuple[float, float]) -> None:
    """Put two fingers on the chart at the first shares of its width, move them to the others in turn, and lift them."""
    area = page.locator(".lr-area .u-over").bounding_box()
    assert area is not None
    touch = page.context.new_cdp_session(page)

    def tell(kind: str, shares: tuple[float, ...]) -> None:
        low = area["y"] + 0.8 * area["height"]  # below the button that shows all steps
        points = [{"x": area["x"] + area["width"] * share, "y": low, "id": at} for at, share in enumerate(shares)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.evaluate(FRAMES)

    first, *others = places
    tell("touchStart", first[:1])
    tell("touchStart", first)
    for place in others:
        tell("touchMove", place)
    tell("touchEnd", ())


def test_two_fingers_spread_and_move_the_steps_and_one_scrolls_the_page(browser: Browser, server: str) -> None:
    with opened(browser, PHONE, has_touch=True) as (page, _):
        explore(page, f"{server}/{STEP_LR}")
        whole = page.get_by_role("button", name="Show all steps")
        fingers(page, (0.4, 0.6), (0.3, 0.7), (0.2, 0.8))
        spread = re.search(r"steps (\d+) to (\d+) are", str(whole.get_attribute("aria-label")))
        assert spread is not None
        # The steps 20 and 30, which the fingers hold, stand at a fifth and at four fifths.
        assert [int(step) for step in spread.groups()] == pytest.approx([16.7, 33.3], abs=1.5)
        fingers(page, (0.4, 0.6), (0.1, 0.3))
        moved = re.search(r"steps (\d+) to (\d+) are", str(whole.get_attribute("aria-label")))
        assert moved is not None
        assert [int(step) for step in moved.groups()] == pytest.approx([21.7, 38.3], abs=2.5)
        whole.tap()
        assert whole.is_hidden()
        fingers(page, (0.1, 0.9), (0.4, 0.6))
        assert whole.is_hidden()  # there is no more than all
        assert page.locator(".lr-area").evaluate("area => getComputedStyle(area).touchAction") == "pan-y"
        assert page.evaluate("visualViewport.scale") == 1


def test_a_million_steps_are_drawn_and_saved_while_the_page_stays_alive(browser: Browser, server: str) -> None:
    with opened(browser) as (page, trouble):
        explore(page, f"{server}/en/reference/cosine_annealing_warm_restarts.html")
        type_number(page, "steps", 1_000_000)
        move(page, "T_0", 1000)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Save as CSV").click()
        rows = [line.split(",") for line in waiting.value.path().read_text().splitlines()]
        assert len(rows) == 1 + 1_000_000
        assert page.get_by_text("holds all 1000000 steps").is_visible()
        scheduler = flow.optim.lr_scheduler.CosineAnnealingWarmRestarts(
            trace.sgd(0.1), T_0=int(box(page, "T_0").input_value())
        )
        scheduler.last_step = 999_998
        scheduler.step()
        assert float(rows[-1][1]) == pytest.approx(scheduler.optimizer.param_groups[0]["lr"], rel=1e-9)
        assert not trouble


def test_the_number_of_steps_follows_the_code_until_somebody_sets_it(page: Page) -> None:
    code(page).fill("scheduler = StepLR(optimizer, step_size=2000)")
    page.evaluate(FRAMES)
    assert box(page, "steps").input_value() == "10000"
    type_number(page, "steps", 300)
    code(page).fill("scheduler = StepLR(optimizer, step_size=3000)")
    page.evaluate(FRAMES)
    assert box(page, "steps").input_value() == "300"


def test_what_is_saved_has_the_colours_that_are_chosen(page: Page) -> None:
    page.get_by_label("Colours of pictures that are saved").select_option("dark")
    assert "#131416" in saved(page, "SVG").decode()
    page.get_by_label("Colours of pictures that are saved").select_option("light")
    page.evaluate("document.body.dataset.theme = 'dark'")
    assert "#ffffff" in saved(page, "SVG").decode()


def test_reset_can_be_undone(page: Page) -> None:
    move(page, "gamma", 0.9)
    page.get_by_role("button", name="Pin curve").click()
    before = values(page)
    page.get_by_role("button", name="Reset", exact=True).click()
    assert values(page) != before
    page.get_by_role("button", name="Undo reset").click()
    assert values(page) == before
    page.get_by_role("button", name="Reset", exact=True).click()
    move(page, "gamma", 0.7)
    assert page.get_by_role("button", name="Undo reset").count() == 0


def test_what_reset_takes_away_comes_back_with_the_number_of_steps_that_was_set(page: Page) -> None:
    type_number(page, "steps", 300)
    page.get_by_role("button", name="Reset", exact=True).click()
    page.get_by_role("button", name="Undo reset").click()
    code(page).fill("scheduler = StepLR(optimizer, step_size=3000)")
    page.evaluate(FRAMES)
    assert box(page, "steps").input_value() == "300"


def test_the_example_and_more_steps_are_seen_whole_where_some_steps_were_shown_alone(page: Page) -> None:
    all_steps = page.get_by_role("button", name="Show all steps")
    drag(page, 0.41, 0.59)
    assert all_steps.is_visible()
    page.get_by_role("button", name="Reset", exact=True).click()
    assert all_steps.is_hidden()
    drag(page, 0.41, 0.59)
    assert all_steps.is_visible()
    code(page).fill("scheduler = StepLR(optimizer, step_size=2000)")
    page.evaluate(FRAMES)
    assert box(page, "steps").input_value() == "10000"
    assert all_steps.is_hidden()


def test_the_embedded_view_shows_the_curve_and_its_sliders_alone(browser: Browser, server: str) -> None:
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (page, trouble):  # type: ignore[arg-type]
        explore(page, f"{server}/{STEP_LR}")
        move(page, "gamma", 0.9)
        page.get_by_role("button", name="Copy embed").click()
        page.get_by_role("button", name="Copied").wait_for()
        html = page.evaluate("navigator.clipboard.readText()")
        mine = values(page)
        assert re.fullmatch(
            r'<iframe src="http://[^"]+/step_lr\.html\?embed#explore\?[^"]+" title="[^"]+" [^>]+></iframe>', html
        )
        page.goto(html.split('"')[1].replace("&amp;", "&"))
        page.locator(".lr-area canvas").wait_for()
        assert box(page, "gamma").input_value() == "0.9"
        for hidden in ("h1", ".sidebar-drawer", ".toc-drawer", ".lr-toolbar", "textarea.lr-code"):
            assert page.locator(hidden).first.is_hidden(), hidden
        page.set_viewport_size({"width": 720, "height": 480})  # the size that the frame has
        ends = "selector => document.querySelector(selector).getBoundingClientRect()"
        assert page.evaluate(f"({ends})('.lr-stage').bottom <= ({ends})('.lr-bound').top")
        page.evaluate("document.documentElement.classList.remove('lr-embedded')")
        assert values(page) == mine
        assert not trouble


def test_a_base_learning_rate_that_oneflow_refuses_is_told_at_its_field(page: Page) -> None:
    type_number(page, "lr", -0.1)
    field = page.locator(".lr-field").filter(has=box(page, "lr"))
    expect(field.locator(".lr-problem")).to_have_text(re.compile("Invalid learning rate: -0.1"))
    expect(page.locator(".lr-problems li")).to_have_count(0)
    type_number(page, "lr", 0.2)
    expect(field.locator(".lr-problem")).to_be_hidden()


def test_the_scale_can_be_logarithmic(page: Page) -> None:
    button = page.get_by_role("button", name="Log scale")
    assert changes(page, button.click)
    assert button.get_attribute("aria-pressed") == "true"


def reading(page: Page) -> list[str]:
    return page.locator(".lr-reading b").all_inner_texts()


def test_the_pointer_reads_out_step_and_learning_rate(page: Page) -> None:
    area = page.locator(".lr-area .u-over").bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] * 0.51, area["y"] + 20)
    assert reading(page) == ["25", "0.025"]  # between steps 25 and 26 the level of step 25 holds


def test_the_arrow_keys_walk_from_step_to_step_and_are_announced(page: Page) -> None:
    chart = page.get_by_role("slider", name="Learning rate by step")
    chart.focus()
    page.keyboard.press("Home")
    assert reading(page) == ["0", "0.1"]
    for _step in range(10):
        page.keyboard.press("ArrowRight")
    assert reading(page) == ["10", "0.05"]
    assert chart.get_attribute("aria-valuetext") == "step 10: lr 0.05"
    page.keyboard.press("End")
    assert reading(page) == ["49", "0.00625"]


def test_what_is_announced_is_in_the_language_of_the_page(browser: Browser, server: str) -> None:
    with lent(browser) as (page, trouble):
        explore(page, f"{server}/zh/reference/step_lr.html")
        chart = page.get_by_role("slider", name="每一步的学习率")
        chart.focus()
        page.keyboard.press("Home")
        assert chart.get_attribute("aria-valuetext") == "第 0 步：学习率 0.1"
        assert not trouble


def test_the_curve_is_put_into_words_after_each_change(page: Page) -> None:
    words = page.locator(".lr-summary")
    expect(words).to_have_text(
        "Starts at 0.1, is highest at step 0 with 0.1, and ends at 0.00625 at step 49. It changes at step 10, 20, 30, 40 and at no other."
    )
    assert words.get_attribute("aria-live") == "polite"
    move(page, "step_size", 30)
    expect(words).to_contain_text("It changes at step 30 and at no other.")


def test_play_draws_the_curve_step_by_step(page: Page) -> None:
    whole = picture(page)
    page.get_by_role("button", name="Play").click()
    until(page, "document.querySelector('.lr-reading b').textContent === '5'")
    assert picture(page) != whole
    seen = reading(page)[0]
    until(page, f"document.querySelector('.lr-reading b').textContent > {seen}")
    page.get_by_role("button", name="Stop").click()
    assert page.get_by_role("button", name="Play").is_visible()


def test_play_moves_little_where_the_reader_asked_for_less_motion(browser: Browser, server: str) -> None:
    with opened(browser, reduced_motion="reduce") as (page, _):
        explore(page, f"{server}/{STEP_LR}")
        page.evaluate(
            "window.seen = new Set(); new MutationObserver(() => seen.add(document.querySelector('.lr-reading b').textContent))"
            ".observe(document.querySelector('.lr-readout'), {subtree: true, childList: true, characterData: true})"
        )
        page.get_by_role("button", name="Play").click()
        page.get_by_role("button", name="Play").wait_for()
        assert page.evaluate("seen.size") <= 6


# The address


def test_the_address_shows_a_colleague_the_same(each_browser: Browser, page: Page) -> None:
    page.get_by_role("button", name="Pin curve").click()
    move(page, "gamma", 0.9)
    type_number(page, "steps", 80)
    page.get_by_role("button", name="Log scale").click()
    until(page, "location.hash.includes('log=1')")
    mine, my_values = picture(page), values(page)
    with opened(each_browser) as (other, _):
        other.goto(page.url)
        other.locator(".lr-area canvas").wait_for()
        assert values(other) == my_values
        assert picture(other) == mine
        assert box(other, "gamma").input_value() == "0.9"


def test_a_link_opens_at_the_explorer(browser: Browser, server: str) -> None:
    with lent(browser) as (page, _):
        page.goto(f"{server}/{STEP_LR}#explore?steps=70")
        page.locator(".lr-area canvas").wait_for()
        expect(page.locator(".lr-stage")).to_be_in_viewport()
        assert box(page, "steps").input_value() == "70"


def test_what_a_link_asked_for_in_vain_is_told_until_something_is_set(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{server}/{STEP_LR}#explore?steps=1e9")
        page.locator(".lr-area canvas").wait_for()
        problems = page.locator(".lr-problems li")
        expect(problems).to_have_text("The number of steps must be an integer between 1 and 1000000.")
        assert box(page, "steps").input_value() == "50"
        move(page, "gamma", 0.9)
        expect(problems).to_have_count(0)


def test_reset_leads_back_to_the_example_and_clears_the_address(page: Page) -> None:
    before, address = picture(page), page.url
    page.get_by_role("button", name="Pin curve").click()
    move(page, "gamma", 0.9)
    until(page, "location.hash !== ''")
    page.get_by_role("button", name="Reset").click()
    until(page, "location.hash === ''")
    page.mouse.move(0, 0)
    assert picture(page) == before
    assert page.url == address


def test_the_link_and_the_code_can_be_copied(browser: Browser, server: str) -> None:
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (page, _):  # type: ignore[arg-type]
        explore(page, f"{server}/{STEP_LR}")
        move(page, "gamma", 0.9)
        page.get_by_role("button", name="Copy code").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert str(page.evaluate("navigator.clipboard.readText()")).endswith(f"\n\n{code(page).input_value()}")
        page.get_by_role("button", name="Copy link").click()
        until(page, "navigator.clipboard.readText().then(text => text === location.href)")
        assert "#explore?" in page.url


# Files


def test_the_curve_is_saved_as_svg(page: Page) -> None:
    page.get_by_role("button", name="Pin curve").click()
    root = ElementTree.fromstring(saved(page, "SVG"))
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"step", "lr", "pinned"} <= texts
    curves = [path for path in root.iter("{http://www.w3.org/2000/svg}path") if path.get("stroke-width") == "2"]
    assert len(curves) == 2
    assert str(curves[0].get("d")).count("V") == 49


def test_a_file_is_handed_to_the_reader_under_the_name_of_the_page(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        explore(page, f"{server}/{STEP_LR}")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Save as CSV").click()
        assert waiting.value.suggested_filename == "step_lr.csv"
        assert waiting.value.path().read_bytes() == saved(page, "CSV")


def test_the_curve_is_saved_as_png(page: Page) -> None:
    content = saved(page, "PNG")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (2 * 960, 2 * 400)
    assert len(content) > 3000


# Hands, eyes and keys


def test_everything_can_be_reached_and_set_by_keyboard(page: Page) -> None:
    page.get_by_role("slider", name="Learning rate by step").focus()
    reached = set()
    for _control in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('.lr-explorer') && document.activeElement.outerHTML"))
    total = page.locator(".lr-explorer :is(button, input, select, textarea, [tabindex='0']):visible").count()
    assert len(reached - {None}) == total - 1  # the chart, from where it went
    page.get_by_role("slider", name="gamma").focus()
    page.keyboard.press("ArrowRight")
    assert "gamma=0.51" in code(page).input_value()


@pytest.mark.parametrize("name", ["step_lr", "warmup_lr", "reduce_lr_on_plateau"])
def test_targets_are_large_enough_for_a_finger(browser: Browser, server: str, name: str) -> None:
    small = """[...document.querySelectorAll('.lr-explorer :is(button, input, select, textarea)')].filter(control => {
        const {width, height} = control.getBoundingClientRect();
        const around = getComputedStyle(control, '::after');
        const more = around.content === 'none' ? 0 : -2 * parseFloat(around.top);
        return width > 0 && (width + more < 44 || height + more < 44);
    }).map(control => control.outerHTML)"""
    with opened(browser, PHONE, has_touch=True) as (page, _):
        explore(page, f"{server}/en/reference/{name}.html")
        assert page.evaluate(small) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_curve_changes_its_colours_with_the_theme(page: Page) -> None:
    assert changes(page, lambda: page.evaluate("document.body.dataset.theme = 'dark'"))


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_curve_stays_in_sight_while_the_last_control_is_used(
    browser: Browser, server: str, size: ViewportSize
) -> None:
    with lent(browser, size) as (page, _):
        explore(page, f"{server}/en/reference/reduce_lr_on_plateau.html")
        page.get_by_role("slider", name="steps").scroll_into_view_if_needed()
        expect(page.locator(".lr-stage")).to_be_in_viewport(ratio=0.9)


# The metric


@pytest.fixture
def plateau(browser: Browser, server: str) -> Iterator[Page]:
    """Open the explorer of ReduceLROnPlateau."""
    with lent(browser) as (page, trouble):
        yield explore(page, f"{server}/en/reference/reduce_lr_on_plateau.html")
        assert not trouble


def plateau_lrs(metrics: list[float], steps: int) -> list[float]:
    built = Schedule.preset(register.get("reduce_lr_on_plateau")).build(trace.sgd(0.1))
    held = metrics + metrics[-1:] * (steps - len(metrics))
    return list(trace.eager(built, steps, held)[:, 0])


def test_a_metric_can_be_typed_and_its_last_number_repeats(plateau: Page) -> None:
    plateau.get_by_label("numbers, the last one repeats").fill("3, 2, 1")
    plateau.evaluate(FRAMES)
    assert [float(row[1]) for row in values(plateau)[1:]] == pytest.approx(plateau_lrs([3, 2, 1], 20))


def test_a_metric_can_be_chosen(plateau: Page) -> None:
    plateau.get_by_label("series").select_option("flat")
    plateau.evaluate(FRAMES)
    assert [float(row[1]) for row in values(plateau)[1:]] == pytest.approx(plateau_lrs([1], 20))


def test_a_metric_can_be_drawn_with_the_pointer(plateau: Page) -> None:
    plateau.locator(".lr-pad").scroll_into_view_if_needed()
    area = plateau.locator(".lr-pad .u-over").bounding_box()
    assert area is not None
    plateau.mouse.move(area["x"] + 2, area["y"] + 10)
    plateau.mouse.down()
    plateau.mouse.move(area["x"] + area["width"] - 2, area["y"] + area["height"] - 10, steps=12)
    plateau.mouse.up()
    plateau.evaluate(FRAMES)
    drawn = [float(value) for value in plateau.get_by_label("numbers, the last one repeats").input_value().split(",")]
    assert len(drawn) == 20
    assert all(later < earlier for earlier, later in itertools.pairwise(drawn))
    assert [float(row[1]) for row in values(plateau)[1:]] == pytest.approx(plateau_lrs(drawn, 20))


JOINS = """() => {
    const path = document.querySelector('.lr-joins path');
    const origin = document.querySelector('.lr-charts').getBoundingClientRect();
    const numbers = [...(path?.getAttribute('d') ?? '').matchAll(/-?[\\d.]+/g)].map(Number);
    return numbers.map((number, at) => number + (at % 2 === 0 ? origin.left : origin.top));
}"""


def joins(page: Page) -> list[tuple[float, float, float, float]]:
    """Return the lines that join the charts: where each begins and ends in the window."""
    numbers = iter(page.evaluate(JOINS))
    return list(zip(numbers, numbers, numbers, numbers, strict=True))


def drops(page: Page) -> list[int]:
    """Return the steps with a lower learning rate than the step before, of the curve that is saved."""
    rates = [float(row[1]) for row in values(page)[1:]]
    return [step for step in range(1, len(rates)) if rates[step] < rates[step - 1]]


def test_each_drop_is_joined_to_the_metric_that_caused_it_by_step_and_level(plateau: Page) -> None:
    rows = [[float(value) for value in row] for row in values(plateau)[1:]]
    boxes = [plateau.locator(f"{chart} .u-over").bounding_box() for chart in (".lr-pad", ".lr-area")]
    above, below = boxes
    assert above is not None
    assert below is not None
    assert (above["x"], above["width"]) == (below["x"], below["width"])
    found = joins(plateau)
    assert len(found) == len(drops(plateau)) == 3
    unit = below["width"] / 20
    for (x, y, to, height), step in zip(found, drops(plateau), strict=True):
        assert x == pytest.approx(above["x"] + (step - 1) * unit, abs=1)
        assert to == pytest.approx(below["x"] + step * unit, abs=1)
        assert above["y"] <= y <= above["y"] + above["height"]
        assert below["y"] <= height <= below["y"] + below["height"]
    # A level stands the lower, the smaller it is.
    for place, column in ((1, 2), (3, 1)):
        levels = [rows[step - 1][column] for step in drops(plateau)]
        heights = [join[place] for join in found]
        assert [heights[at] for at in range(3)] == sorted(heights)
        assert levels == sorted(levels, reverse=True)


def test_the_joins_follow_the_curve_and_the_steps_that_are_shown(plateau: Page) -> None:
    move(plateau, "patience", 0)
    assert len(joins(plateau)) == len(drops(plateau)) > 3
    chart = plateau.get_by_role("slider", name="Learning rate by step")
    chart.focus()
    plateau.keyboard.press("Home")
    plateau.keyboard.press("+")
    plateau.evaluate(FRAMES)
    seen = [step for step in drops(plateau) if step < 10]
    assert 0 < len(seen) < len(drops(plateau))
    area = plateau.locator(".lr-pad .u-over").bounding_box()
    assert area is not None
    begins = [area["x"] + (step - 1) * area["width"] / 10 for step in seen]
    assert [x for x, *_ in joins(plateau)] == pytest.approx(begins, abs=1)
    plateau.get_by_label("series").select_option("rises")
    plateau.get_by_label("mode", exact=True).select_option("max")
    plateau.evaluate(FRAMES)
    assert [step for step in drops(plateau) if step < 10] == []
    assert joins(plateau) == []


def test_the_joins_end_in_their_charts_where_these_become_lower(plateau: Page) -> None:
    plateau.set_viewport_size(PHONE)
    plateau.evaluate(FRAMES)
    boxes = [plateau.locator(f"{chart} .u-over").bounding_box() for chart in (".lr-pad", ".lr-area")]
    (above, below) = [(box["y"], box["y"] + box["height"]) for box in boxes if box is not None]
    assert len(joins(plateau)) == 3
    for _, y, _, height in joins(plateau):
        assert above[0] <= y <= above[1] < below[0] <= height <= below[1]


def test_a_saved_picture_has_the_metric_above_and_the_drops_joined(plateau: Page) -> None:
    assert values(plateau)[0] == ["step", "scheduler", "metric"]
    root = ElementTree.fromstring(saved(plateau, "SVG"))
    svg = "{http://www.w3.org/2000/svg}"
    assert {"metric", "lr", "step"} <= {text.text for text in root.iter(f"{svg}text")}
    (group,) = root.iter(f"{svg}g")
    assert str(group[0].get("d")).count("L") == len(drops(plateau)) == 3
    assert group.get("stroke") == "#d55e00"


# What a screen reader is given


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("name", ["reference/warmup_lr", "reference/reduce_lr_on_plateau", "playground"])
def test_axe_finds_nothing_at_all(browser: Browser, site: Path, name: str, size: ViewportSize) -> None:
    with opened(browser, size) as (page, _):
        explore(page, f"{site.as_uri()}/en/{name}.html")
        page.get_by_role("button", name="Pin curve").click()
        type_number(page, "steps", 0)  # an error is part of the page as well
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert violations(page, ".lr-explorer") == [], scheme
