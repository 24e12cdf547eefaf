"""The playground, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lrdoc import register, trace
from lrdoc.describe.schedule import Schedule
from tests.site.browsing import lent, opened
from tests.site.exploring import (
    FRAMES,
    SEEN,
    TYPE_AT_ONCE,
    WINDOWS,
    box,
    changes,
    compose,
    counted_runs,
    explore,
    load,
    saved,
    type_number,
    until,
    values,
)

PLAYGROUND = "en/playground.html"
PRINTABLE = "".join(map(chr, range(ord(" ") + 1, ord("~") + 1)))
"""The characters of ASCII but for the space."""


@pytest.fixture
def page(each_browser: Browser, server: str) -> Iterator[Page]:
    """Open the playground in Chromium, then in Firefox; fail if anything goes wrong in it."""
    with lent(each_browser) as (page, trouble):
        yield explore(page, f"{server}/{PLAYGROUND}")
        assert not trouble


def written(page: Page) -> str:
    return "\n".join(page.locator(".cm-line").all_inner_texts()).replace("\n\n\n", "\n\n")


def test_it_is_reached_from_every_page(page: Page) -> None:
    assert page.locator(".sidebar-tree a", has_text="Playground").first.is_visible()


def test_code_is_typed_into_a_plain_box_where_the_script_of_the_editor_does_not_come(
    browser: Browser, server: str
) -> None:
    with opened(browser) as (page, _):
        page.route("**/editor.js", lambda route: route.abort())
        explore(page, f"{server}/{PLAYGROUND}")
        page.locator("textarea").fill("StepLR(optimizer, step_size=3, gamma=0.5)")
        assert [float(lr) for _, lr in values(page)[1:8]] == [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025]


def test_the_console_answers_as_the_page_says(page: Page) -> None:
    (example,) = page.locator(".highlight-js pre").all_inner_texts()
    (answer,) = page.locator(".highlight-json pre").all_inner_texts()
    assert page.evaluate(example) == json.loads(answer)


def test_the_console_tells_groups_and_what_it_asks_for_and_notes(page: Page) -> None:
    code = "\n".join(
        [
            "groups = [{'params': model.a.parameters(), 'lr': base / 10}, {'params': model.b.parameters()}]",
            "optimizer = torch.optim.SGD(groups, lr=base)",
            "scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)",
        ]
    )
    ask = "([code, names]) => lrdoc.trace(code, {steps: 3, names})"
    unanswered = page.evaluate(ask, [code, {}])
    assert unanswered["curves"] == []
    assert [(asked["name"], asked["kind"]) for asked in unanswered["asks"]] == [("base", "number")]
    answered = page.evaluate(ask, [code, {"base": 0.2}])
    assert answered["errors"] == []
    assert [(curve["label"], curve["group"]["index"]) for curve in answered["curves"]] == [
        ("scheduler", 0),
        ("scheduler", 1),
    ]
    assert [curve["lr"] for curve in answered["curves"]] == [[0.02, 0.02, 0.01], [0.2, 0.2, 0.1]]
    assert any("PyTorch" in note["message"] for note in answered["notes"])


def test_the_console_refuses_a_name_that_has_none_of_the_values_it_takes(page: Page) -> None:
    for names in ("x", {"n": None}, {"n": [None]}, {"n": {"a": 1}}):
        answer = page.evaluate("names => lrdoc.trace('StepLR(optimizer, n)', {names})", names)
        assert answer["curves"] == []
        assert len(answer["errors"]) == 1


def test_the_editor_has_its_styles(page: Page) -> None:
    style = "getComputedStyle(document.querySelector('.lr-editor').shadowRoot.querySelector('.cm-scroller')).display"
    assert page.evaluate(style) == "flex"


def test_several_schedulers_give_several_labelled_curves_as_oneflow_computes_them(page: Page) -> None:
    load(
        page,
        "from oneflow.optim.lr_scheduler import *\n"
        "optimizer = flow.optim.SGD(model.parameters(), lr=0.1)\n"
        "stairs = flow.optim.lr_scheduler.StepLR(optimizer, 2 * 5, gamma=0.5)\n"
        "smooth = WarmupLR(CosineDecayLR(optimizer, decay_steps=40), warmup_iters=10, warmup_factor=0.1)\n",
    )
    type_number(page, "steps", 30)
    head, *rows = values(page)
    assert head == ["step", "stairs", "smooth"]
    for column, name in enumerate(["step_lr", "warmup_lr"], start=1):
        schedule = Schedule.preset(register.get(name))
        real = trace.eager(schedule.build(trace.sgd(0.1)), 30)[:, 0].tolist()
        assert [float(row[column]) for row in rows] == pytest.approx(real, rel=1e-9)


def test_a_name_without_a_value_is_asked_for(page: Page) -> None:
    load(page, "main = StepLR(optimizer, step_size=3 * len_per_epoch, gamma=0.5)")
    expect(page.locator(".lr-problems")).to_contain_text("len_per_epoch")
    type_number(page, "len_per_epoch", 4)
    expect(page.locator(".lr-problems li")).to_have_count(0)
    rows = values(page)
    assert rows[1:][11][1] == "0.1"
    assert rows[1:][12][1] == "0.05"


def test_keys_that_come_faster_than_the_page_draws_are_all_kept_where_a_value_is_asked_for(page: Page) -> None:
    load(page, "main = StepLR(flow.optim.SGD(net.parameters(), lr=args.lr), step_size=3)")
    box(page, "args.lr").evaluate(TYPE_AT_ONCE, "0.123456789")
    page.evaluate(FRAMES)
    expect(box(page, "args.lr")).to_have_value("0.123456789")
    assert values(page)[1][1] == "0.123456789"


def test_several_values_are_asked_for_at_once_above_the_curve(page: Page) -> None:
    load(page, "main = StepLR(flow.optim.SGD(net.parameters(), lr=args.lr), step_size=cfg.train.size, gamma=0.5)")
    asked = page.get_by_role("group", name="What the code does not say")
    type_number(page, "args.lr", 0.4)
    type_number(page, "cfg.train.size", 2)
    expect(page.locator(".lr-problems li")).to_have_count(0)
    assert [row[1] for row in values(page)[1:5]] == ["0.4", "0.4", "0.2", "0.2"]
    place, chart = asked.bounding_box(), page.locator(".lr-stage").bounding_box()
    assert place is not None
    assert chart is not None
    assert place["y"] < chart["y"]


def test_a_list_is_asked_for_as_a_list_once_it_is_one(page: Page) -> None:
    page.evaluate(
        "location.hash = '#explore?steps=5&name.ms=[1,3]&code=' + encodeURIComponent('s = MultiStepLR(optimizer, milestones=ms)')"
    )
    page.evaluate(FRAMES)
    field = page.get_by_label("ms", exact=True)
    assert field.input_value() == "1, 3"
    field.fill("2, 3")
    page.evaluate(FRAMES)
    assert [float(row[1]) for row in values(page)[1:]] == pytest.approx([0.1, 0.1, 0.01, 0.001, 0.001])
    field.fill("2, (")
    assert page.get_by_text("A list with commas between its items is expected.").is_visible()


def test_each_param_group_has_a_curve_with_its_name_in_legend_words_and_files(page: Page) -> None:
    groups = "[{'params': net.head.parameters(), 'lr': 1.0}, {'params': net.body.parameters()}]"
    load(page, f"main = StepLR(flow.optim.SGD({groups}, lr=0.1), step_size=5, gamma=0.5)")
    head, first = values(page)[:2]
    assert len(head) == 3
    assert all(name.startswith("main [") for name in head[1:])
    assert first == ["0", "1", "0.1"]
    legend = page.locator(".lr-reading").all_inner_texts()
    assert all(any(name in text for text in legend) for name in head[1:])
    for name in head[1:]:
        expect(page.locator(".lr-summary")).to_contain_text(f"{name}: Starts at ")
    assert all(name in saved(page, "SVG").decode() for name in head[1:])


def test_pytorch_code_is_drawn_with_a_note_and_written_for_oneflow(page: Page) -> None:
    load(
        page,
        "import torch\n"
        "optimizer = torch.optim.SGD(model.parameters(), lr=0.2)\n"
        "scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=30)\n",
    )
    expect(page.locator(".lr-notes li").first).to_contain_text("PyTorch")
    assert page.locator(".lr-problems li").count() == 0
    original = values(page)
    page.get_by_role("button", name="As OneFlow code").click()
    written = page.locator(".lr-ported code").inner_text()
    assert "torch" not in written
    load(page, written)
    assert page.locator(".lr-ported").is_hidden()
    assert page.locator(".lr-notes li").count() == 0
    assert values(page)[1:] == original[1:]


def test_a_note_leads_to_the_page_that_says_more(page: Page) -> None:
    load(
        page,
        "import torch\n"
        "optimizer = torch.optim.SGD(model.parameters(), lr=0.2)\n"
        "scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.2, total_steps=50)\n",
    )
    page.locator(".lr-notes a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/reference/" in page.url
    anchor = page.url.split("#")[1]
    assert page.locator(f"[id='{anchor}']").count() == 1


def test_what_is_not_understood_is_quoted_with_its_line_and_a_way_out(page: Page) -> None:
    load(page, "n = 3\nscheduler = StepLR(optimizer, step_size=(yield n))")
    problems = page.locator(".lr-problems li")
    expect(problems.first).to_contain_text("Line 2: ")
    expect(problems.last).to_contain_text("Leave out what is not understood")


def test_a_pinned_curve_keeps_the_values_of_its_names(page: Page) -> None:
    load(page, "main = StepLR(optimizer, step_size=3 * len_per_epoch, gamma=0.5)")
    type_number(page, "len_per_epoch", 4)
    page.get_by_role("button", name="Pin curve").click()
    type_number(page, "len_per_epoch", 2)
    assert values(page)[0] == ["step", "main", "pinned"]
    assert values(page)[1:][6][1:] == ["0.05", "0.1"]
    page.locator(".lr-examples select").select_option("0")
    assert values(page)[0][-1] == "pinned"


def test_a_pin_keeps_all_curves_and_is_removed_whole(page: Page) -> None:
    load(page, "one = StepLR(optimizer, 5)\ntwo = StepLR(optimizer, 5, gamma=0.5)")
    page.get_by_role("button", name="Pin curve").click()
    page.locator(".lr-examples select").select_option("0")
    assert values(page)[0][-2:] == ["pinned: one", "pinned: two"]
    assert [float(value) for value in values(page)[6][-2:]] == pytest.approx([0.01, 0.05])
    page.get_by_role("button", name="Remove pinned").click()  # one button for both
    assert not [name for name in values(page)[0] if "pinned" in name]


def test_a_lambda_is_interpreted(page: Page) -> None:
    load(
        page,
        "warmup = 5\nscheduler = LambdaLR(optimizer, lambda step: min(1, (step + 1) / warmup) if step < 8 else 0.5)",
    )
    type_number(page, "lr", 1)
    type_number(page, "steps", 10)
    assert [float(row[1]) for row in values(page)[1:]] == [0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 0.5, 0.5]


def test_what_is_not_understood_is_underlined_with_a_plain_message(page: Page) -> None:
    load(page, "scheduler = StepLR(optimizer, step_size=open('/etc/passwd'))")
    underlined = page.locator(".cm-lintRange-error")
    assert "open" in "".join(underlined.all_inner_texts())
    expect(page.locator(".lr-problems li").first).to_contain_text("Line 1: ")
    underlined.first.hover()
    expect(page.locator(".cm-tooltip-lint")).to_be_visible()


def test_a_curve_ends_where_oneflow_raises_an_error_and_the_step_is_named(page: Page) -> None:
    late = "SequentialLR(optimizer, [StepLR(optimizer, 3), LambdaLR(optimizer, lambda step: 0.9)], milestones=[10])"
    load(page, f"scheduler = {late}")
    assert len(values(page)) == 1 + 10
    expect(page.locator(".lr-problems li")).to_have_text("Line 1, at step 10: NotImplementedError")


def test_a_curve_without_a_first_step_leaves_the_last_one_marked(page: Page) -> None:
    before = values(page)
    load(page, "scheduler = LambdaLR(optimizer, lambda step: eval('x'))")
    expect(page.locator(".lr-stale")).to_have_count(1)
    assert values(page) == before
    load(page, "scheduler = LambdaLR(optimizer, lambda step: eval('x'))\nmain = StepLR(optimizer, 3)")
    assert values(page)[0] == ["step", "main"]


def test_a_metric_is_offered_where_one_is_followed(page: Page) -> None:
    assert page.get_by_role("group", name="Metric").is_hidden()
    load(page, "scheduler = ReduceLROnPlateau(optimizer, factor=0.5, patience=2)")
    page.get_by_label("numbers, the last one repeats").fill("1")
    type_number(page, "steps", 12)
    schedule = Schedule.preset(register.get("reduce_lr_on_plateau"))
    real = trace.eager(schedule.build(trace.sgd(0.1)), 12, [1.0] * 12)[:, 0].tolist()
    assert [float(row[1]) for row in values(page)[1:]] == pytest.approx(real)


def test_every_example_is_understood(page: Page) -> None:
    examples = page.get_by_label("Example", exact=True)
    count = examples.locator("option").count()
    assert count > len(register.entries())
    for index in range(count - 1):
        examples.select_option(str(index))
        page.evaluate(FRAMES)
        assert page.locator(".lr-problems li").all_inner_texts() == []
        assert page.locator(".lr-notes li").all_inner_texts() == []
        assert page.locator(".lr-stale").count() == 0


def test_the_address_holds_it_all(each_browser: Browser, page: Page) -> None:
    load(page, "scheduler = StepLR(optimizer, step_size=n, gamma=0.5)  # 中文 & <b>")
    type_number(page, "n", 7)
    type_number(page, "steps", 33)
    until(page, "location.hash.includes('steps=33') && location.hash.includes('name.n=7')")
    mine = values(page)
    with opened(each_browser) as (other, _):
        other.goto(page.url)
        other.locator(".lr-area canvas").wait_for()
        assert values(other) == mine
        assert box(other, "n").input_value() == "7"
        assert written(other).endswith("# 中文 & <b>")


@pytest.fixture
def editor(page: Page) -> Page:
    """Give the keyboard to an empty editor."""
    page.get_by_role("textbox", name="Code").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    return page


def test_every_printable_character_can_be_typed(editor: Page) -> None:
    editor.keyboard.type(PRINTABLE)
    assert written(editor) == PRINTABLE


def test_code_that_is_typed_line_by_line_is_drawn(editor: Page) -> None:
    editor.keyboard.type("n = 7 // 2")
    editor.keyboard.press("Enter")
    editor.keyboard.type("scheduler = StepLR(optimizer, n, gamma=0.5)")
    editor.evaluate(FRAMES)
    assert written(editor) == "n = 7 // 2\nscheduler = StepLR(optimizer, n, gamma=0.5)"
    assert [row[1] for row in values(editor)[1:5]] == ["0.1", "0.1", "0.1", "0.05"]


def test_what_is_typed_can_be_undone_and_done_again(editor: Page) -> None:
    editor.keyboard.type("n = 1")
    editor.keyboard.press("Enter")
    editor.keyboard.type("m = 2")
    typed = written(editor)
    editor.keyboard.press("Control+z")
    assert written(editor) != typed
    editor.keyboard.press("Control+y")
    assert written(editor) == typed


def test_chinese_can_be_put_in_by_an_input_method(editor: Page) -> None:
    editor.keyboard.type("# ")
    compose(editor, ["x", "xue", "学", "学习率"])
    editor.keyboard.type(" 0.1")
    assert written(editor) == "# 学习率 0.1"


def test_what_is_cut_can_be_pasted(editor: Page) -> None:
    editor.keyboard.type("a = 1")
    for key in ("Control+a", "Control+x", "Control+v", "Control+v"):
        editor.keyboard.press(key)
    until(editor, "document.querySelector('.lr-editor').shadowRoot.textContent.includes('a = 1a = 1')")


COMPLETIONS = "document.querySelector('.lr-editor').shadowRoot.querySelectorAll('.cm-tooltip-autocomplete li').length"


def completed(editor: Page, typed: str) -> None:
    """Type, and wait for the list of what can be completed."""
    editor.keyboard.type(typed)
    until(editor, f"{COMPLETIONS} > 0")
    editor.evaluate("new Promise(done => setTimeout(done, 150))")  # a list that has just come takes no key


def test_the_name_of_a_scheduler_is_completed_to_a_call_that_is_drawn(editor: Page) -> None:
    completed(editor, "scheduler = Expo")
    editor.keyboard.press("Enter")
    editor.evaluate(FRAMES)
    assert written(editor) == "scheduler = ExponentialLR(optimizer, gamma=0.9)"
    assert values(editor)[2][1] == "0.09000000000000001"


def test_the_parameters_of_a_call_are_completed(editor: Page) -> None:
    completed(editor, "scheduler = CosineDecayLR(optimizer, dec")
    editor.keyboard.press("Enter")
    editor.keyboard.type("9)")
    editor.evaluate(FRAMES)
    assert written(editor) == "scheduler = CosineDecayLR(optimizer, decay_steps=9)"


def test_the_parameters_are_listed_in_the_order_of_the_signature(editor: Page) -> None:
    editor.keyboard.type("scheduler = StepLR(optimizer, ")
    editor.keyboard.press("Control+Space")
    until(editor, f"{COMPLETIONS} > 0")
    labels = "[...document.querySelector('.lr-editor').shadowRoot.querySelectorAll('.cm-completionLabel')]"
    listed = editor.evaluate(f"{labels}.slice(0, 4).map(label => label.textContent)")
    assert listed == ["step_size=", "gamma=", "last_step=", "verbose="]


def test_escape_closes_the_list_and_enter_then_begins_a_line(editor: Page) -> None:
    completed(editor, "a = StepLR")
    editor.keyboard.press("Escape")
    until(editor, f"{COMPLETIONS} === 0")
    editor.keyboard.press("Enter")
    editor.keyboard.type("b = 2")
    assert written(editor) == "a = StepLR\nb = 2"


def test_tab_leaves_the_editor_with_the_list_open_and_typing_goes_on_in_it(editor: Page) -> None:
    completed(editor, "a = Step")
    editor.keyboard.type("LR(optimizer, 3)")
    assert written(editor) == "a = StepLR(optimizer, 3)"
    editor.keyboard.press("Enter")
    completed(editor, "b = Lin")
    editor.keyboard.press("Tab")
    assert editor.evaluate("document.activeElement.textContent") == "Copy code"
    assert written(editor) == "a = StepLR(optimizer, 3)\nb = Lin"


def test_a_variable_is_not_taken_for_the_beginning_of_a_class(editor: Page) -> None:
    editor.keyboard.type("x = c")
    editor.evaluate("new Promise(done => setTimeout(done, 300))")
    assert editor.evaluate(COMPLETIONS) == 0
    editor.keyboard.press("Enter")
    assert written(editor).startswith("x = c\n")


def test_paper_shows_all_lines_of_the_code_and_the_names_of_the_curves(browser: Browser, server: str) -> None:
    code = "\n".join(
        [
            "n = 3",
            *(f"# line {line}" for line in range(80)),
            "first = StepLR(optimizer, n)",
            "second = StepLR(optimizer, 5)",
        ]
    )
    with opened(browser) as (page, _):
        explore(page, f"{server}/{PLAYGROUND}")
        load(page, code)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".lr-printed").text_content() == code
        page.emulate_media(media="print")
        for seen in (".lr-printed", ".lr-area canvas", ".lr-reading:has-text('second')"):
            expect(page.locator(seen).first).to_be_visible()
        for hidden in (".lr-editor", ".lr-toolbar"):
            expect(page.locator(hidden).first).to_be_hidden()


def test_a_link_opens_at_the_title_with_the_whole_tool(each_browser: Browser, server: str) -> None:
    with lent(each_browser) as (page, trouble):
        page.goto(f"{server}/{PLAYGROUND}#explore?code=s%20%3D%20StepLR(optimizer%2C%203)")
        page.locator(".lr-area canvas").wait_for()
        page.evaluate(FRAMES)
        assert page.evaluate("scrollY") == 0
        expect(page.locator("h1")).to_be_in_viewport()
        expect(page.locator(".lr-stage")).to_be_in_viewport(ratio=0.9)
        assert not trouble


@pytest.mark.parametrize("size", WINDOWS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_chart_stays_in_sight_while_a_slider_below_it_is_moved(
    browser: Browser, server: str, size: tuple[int, int]
) -> None:
    with lent(browser, {"width": size[0], "height": size[1]}) as (page, trouble):
        explore(page, f"{server}/{PLAYGROUND}")
        assert set(map(tuple, page.evaluate(SEEN))) == {(True, True)}
        assert not trouble


def test_tab_leaves_the_editor(page: Page) -> None:
    page.get_by_role("textbox", name="Code").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy code"


def test_a_keystroke_has_the_code_run_once(editor: Page) -> None:
    editor.keyboard.type("scheduler = StepLR(optimizer, step_size=")
    editor.evaluate(FRAMES)
    runs = counted_runs(editor)
    for count, character in enumerate("3)", start=1):
        editor.keyboard.type(character)
        editor.evaluate(FRAMES)
        assert runs() == count


def test_a_learning_rate_too_small_for_a_float_is_drawn_on_a_log_scale(page: Page) -> None:
    load(page, "scheduler = StepLR(optimizer, step_size=1, gamma=0.1)")
    type_number(page, "steps", 400)
    assert values(page)[-1][1] == "0"
    log = page.get_by_role("button", name="Log scale")
    assert changes(page, log.click)
    assert log.get_attribute("aria-pressed") == "true"
    assert changes(page, page.get_by_role("button", name="Pin curve").click)
