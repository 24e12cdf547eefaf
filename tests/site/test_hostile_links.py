"""What a link from a stranger can do: draw a curve, or be told that it can't. Nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.site.browsing import opened
from tests.site.exploring import Work, explore

PAGES = {"explorer": "en/reference/step_lr.html", "playground": "en/playground.html"}

SCRIPTS = [
    "<script>lrPwned = 1</script>",
    "<img src=x onerror=lrPwned=1>",
    "<svg onload=lrPwned=1>",
    "'\"><script>lrPwned=1</script>",
    "javascript:lrPwned=1",
    "</textarea><script>lrPwned=1</script>",
    "${lrPwned=1}",
    "`;lrPwned=1;`",
    "\\u003cscript>lrPwned=1\\u003c/script>",
    "<iframe srcdoc='<script>parent.lrPwned=1</script>'>",
    "<a href=javascript:lrPwned=1>x</a>",
    "<style>*{display:none}</style>",
    "<base href=https://example.com/>",
    "<meta http-equiv=refresh content='0;url=https://example.com'>",
    "=cmd|' /C calc'!A0",
    "\u202e\u0000\ufeff\ud7ff",
]
JAVASCRIPT = [
    "window.lrPwned = 1",
    "alert(1)",
    "fetch('https://example.com')",
    "import('https://example.com/x.js')",
    "eval('lrPwned=1')",
    "new Function('lrPwned=1')()",
    "(() => { while (true) {} })()",
    "constructor.constructor('lrPwned=1')()",
    "document.body.innerHTML = ''",
    "location = 'https://example.com'",
    "localStorage.theme = 'x'",
    "Object.prototype.lrPwned = 1",
]
PYTHON = [
    "__import__('os').system('ls')",
    "open('/etc/passwd').read()",
    "exec('x = 1')",
    "eval('1')",
    "().__class__.__bases__[0].__subclasses__()",
    "globals()",
    "import os\nos.remove('x')",
    "while True: pass",
    "[x for x in iter(int, 1)]",
    "(lambda f: f(f))(lambda f: f(f))",
    "def f(): return f()\nf()",
    "print('x' * 10 ** 12)",
]
PROTOTYPE = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "__defineGetter__",
    "__lookupSetter__",
    "then",
    "length",
    "name",
    "caller",
]
BOMBS = [
    "10 ** 10 ** 9",
    "10 ** 10 ** 10 ** 10",
    "9 ** 9 ** 9 ** 9 ** 9",
    "1e308 * 1e308",
    "1 << 10 ** 9",
    "-1 << 10 ** 12",
    "2.0 ** 1e308",
    "'a' * 10 ** 10",
    "[0] * 10 ** 10",
    "math.factorial(10 ** 9)",
    "math.comb(10 ** 9, 10 ** 8)",
    "1 / 0",
    "0 ** -1",
    "float('nan')",
    "float('inf')",
    "1" * 5000,
    "1 + " * 2000 + "1",
    "(" * 3000 + "1" + ")" * 3000,
    "[" * 3000 + "]" * 3000,
    "-" * 8000 + "1",
    "not " * 3000 + "1",
    "lambda: " * 2000 + "1",
    "max(" * 2000 + "1" + ")" * 2000,
    "1 if " * 1500 + "1" + " else 1" * 1500,
]
NUMBERS = [
    "1e9",
    "1e309",
    "-1",
    "0",
    "NaN",
    "Infinity",
    "-Infinity",
    "2.5",
    "0x10",
    "1e-400",
    "",
    " ",
    "1,2",
    "9" * 400,
    "１２",
    "null",
    "undefined",
    "true",
    "[1]",
    "{}",
    "1e5e5",
    "1000001",
    "__proto__",
    "<script>lrPwned=1</script>",
]


def _called(argument: str) -> str:
    return f"scheduler = StepLR(optimizer, step_size={argument})"


def _codes() -> Iterator[str]:
    for text in SCRIPTS:
        yield text
        yield f'scheduler = StepLR(optimizer, step_size="""{text}""")'
    for text in JAVASCRIPT:
        yield text
        yield _called(text)
    for text in PYTHON:
        yield text
        yield f"scheduler = LambdaLR(optimizer, lambda step: {text})"
    for name in PROTOTYPE:
        yield f"{name} = StepLR(optimizer, step_size=3)"
        yield _called(name)
        yield f"scheduler = {name}(optimizer)"
        yield f"scheduler = StepLR(optimizer, {name}=3)"
        yield f"scheduler = StepLR(optimizer, step_size=optimizer.{name})"
    for bomb in BOMBS:
        yield _called(bomb)
        yield f"scheduler = LambdaLR(optimizer, lambda step: {bomb})"
    yield "scheduler = " + "ChainedScheduler([" * 500 + "StepLR(optimizer, 3)" + "])" * 500
    yield "scheduler = " + "WarmupLR(" * 500 + "StepLR(optimizer, 3)" + ")" * 500
    yield f"scheduler = ChainedScheduler([{'StepLR(optimizer, 3), ' * 800}])"
    yield "StepLR(optimizer, 3)\n" * 900
    yield "x = StepLR(optimizer, step_size=3, gamma=0.5\n" * 200
    yield "\n" * 19_000
    yield "\t(" * 9_000
    yield "é" * 3_000


def _links() -> Iterator[str]:
    for code in _codes():
        yield f"code={quote(code)}"
    for number in NUMBERS:
        for key in ("steps", "lr", "metric", "name.n"):
            yield f"{key}={quote(number)}"
    for name in (*PROTOTYPE, *SCRIPTS):
        yield f"name.{quote(name)}=3&code={quote(_called('n'))}"
        yield f"{quote(name)}=3"
        yield f"metric={quote(name)}&code={quote('scheduler = ReduceLROnPlateau(optimizer)')}"
    for script in SCRIPTS:
        yield f"pin={quote(script)}&pin.lr={quote(script)}&pin.metric={quote(script)}"
    yield f"steps=1000000&code={quote(_called('1'))}&pin={quote(_called('2'))}"
    yield "steps=1000000&code=" + quote("StepLR(optimizer, 3)\n" * 90)
    pins = "&".join(f"pin{index}={quote(_called(str(index)))}" for index in range(100))
    yield f"steps=1000000&code={quote(_called('1'))}&{pins}"
    yield "steps=1000000&code=" + quote(
        "scheduler = LambdaLR(optimizer, lambda step: math.sin(step) ** 2 + max(step, 3))"
    )
    yield "&".join(f"name.n{index}={index}" for index in range(2000))
    yield "&" * 50_000
    yield "%" * 3_000
    yield "%ff%fe%00" * 3_000


BATCH = 20
"""Links whose work is counted together: to ask for the count takes longer than most links."""
MOST_WORK = 1_000_000_000
"""Blocks of code that a batch may enter: the heaviest link enters 82 million."""
MOST_WORK_OF_ONE_REFUSAL = 20_000_000
"""Blocks that are entered to show that a link is refused, in place of what it asks for."""
MOST_ELEMENTS = 3_000
"""Elements that an explorer may hold: the largest link makes 1,400."""
OWN = "/favicon.svg"  # Chromium asks for it whenever the address changes

LINKS = list(_links())

WATCH = """() => {
    window.lrWatch = {
        globals: Object.getOwnPropertyNames(window).concat('lrWatch').sort().join(),
        prototypes: [Object, Array, Function, String, Number].map(({prototype}) => Object.getOwnPropertyNames(prototype).join()).join(),
        scripts: document.scripts.length, title: document.title, theme: document.body.dataset.theme,
        storage: JSON.stringify(localStorage), outside: document.querySelector('.sidebar-drawer').innerHTML,
    };
}"""
CHANGED = """() => {
    const before = window.lrWatch;
    const now = {
        globals: Object.getOwnPropertyNames(window).sort().join(),
        prototypes: [Object, Array, Function, String, Number].map(({prototype}) => Object.getOwnPropertyNames(prototype).join()).join(),
        scripts: document.scripts.length, title: document.title, theme: document.body.dataset.theme,
        storage: JSON.stringify(localStorage), outside: document.querySelector('.sidebar-drawer').innerHTML,
    };
    // The page's own links: of notes, and to the playground.
    const isOwn = one => one.matches('.lr-notes > li > a') || (one.matches('.lr-problems a') && one.href.startsWith(new URL('../playground.html#', location).href));
    const injected = Array.from(document.querySelectorAll('.lr-explorer :is(script, style, iframe, img, a, base, meta, object, embed)')).filter(one => !isOwn(one));
    return [...Object.keys(now).filter(key => now[key] !== before[key]), ...(injected.length ? ['injected'] : [])];
}"""
OPEN = """async hash => {
    location.hash = hash;
    await new Promise(done => addEventListener('hashchange', () => requestAnimationFrame(() => setTimeout(done)), {once: true}));
    const words = document.querySelector('.lr-explorer').innerText;
    return {
        elements: document.querySelectorAll('.lr-explorer *').length,
        answered: document.querySelectorAll('.lr-problems li, .lr-problem:not([hidden])').length > 0,
        drawn: document.querySelector('.lr-area canvas') !== null && !document.querySelector('.lr-stale'),
        plain: !/undefined|\\[object|TypeError: Cannot|RangeError: Maximum|at .*\\.js/.test(words),
    };
}"""
OPEN_ALL = f"""async hashes => {{
    const answers = [];
    for (const hash of hashes) answers.push([await ({OPEN})(hash), ({CHANGED})()]);
    return answers;
}}"""


def test_there_are_at_least_200_hostile_links() -> None:
    assert len(set(LINKS)) >= 200


@pytest.mark.parametrize("kind", PAGES)
def test_a_hostile_link_leaves_the_page_alive_and_changes_nothing_else(
    browser: Browser, server: str, kind: str
) -> None:
    with opened(browser) as (page, trouble):
        work = Work(page)
        explore(page, f"{server}/{PAGES[kind]}")
        asked, dialogs = watched(page)
        page.evaluate(WATCH)
        bad = []
        for start in range(0, len(LINKS), BATCH):
            links = LINKS[start : start + BATCH]
            answers = page.evaluate(OPEN_ALL, [f"explore?{link}" for link in links])
            for link, (seen, found) in zip(links, answers, strict=True):
                is_right = (seen["answered"] or seen["drawn"]) and seen["plain"] and seen["elements"] <= MOST_ELEMENTS
                if found or not is_right:
                    bad.append(f"{link[:90]}: {json.dumps(seen)} {found}")
            entered = work.since_last()
            if entered > MOST_WORK:
                bad.append(f"{LINKS[start][:90]} and those after it: {entered} blocks were entered")
        assert not bad, "\n".join(bad)
        assert not asked
        assert not dialogs
        assert not trouble


def watched(page: Page) -> tuple[list[str], list[str]]:
    """Return lists that fill with the requests and the dialogs to come."""
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.endswith(OWN) else None)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    return asked, dialogs


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize(
    "link",
    [
        f"code={quote(SCRIPTS[0])}&lr={quote(SCRIPTS[1])}&steps={quote(SCRIPTS[2])}",
        f"code={quote(_called(BOMBS[0]))}",
        "steps=1e9",
        "name.__proto__=1&__proto__=2&constructor=3",
        f"code={quote(_called('(' * 3000))}",
    ],
)
def test_a_page_that_is_opened_by_a_hostile_link_works(browser: Browser, server: str, kind: str, link: str) -> None:
    with opened(browser) as (page, trouble):
        page.goto(f"{server}/{PAGES[kind]}#explore?{link}")
        page.get_by_role("button", name="Reset").click()
        page.locator(".lr-area canvas").wait_for()
        assert page.locator(".lr-problems li").count() == 0
        assert not trouble


@pytest.mark.parametrize("kind", PAGES)
def test_ten_megabytes_in_a_link_are_refused_at_once(browser: Browser, server: str, kind: str) -> None:
    with opened(browser) as (page, trouble):
        work = Work(page)
        explore(page, f"{server}/{PAGES[kind]}")
        work.since_last()
        page.evaluate(OPEN, f"explore?code={'x' * (10 * 1024 * 1024)}")
        assert work.since_last() < MOST_WORK_OF_ONE_REFUSAL
        assert page.get_by_text("The link is too long").is_visible()
        assert not trouble
