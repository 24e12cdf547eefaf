import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ask, look } from "../../../lrdoc/explorer/engine/index.ts";
import { holds } from "./holds.ts";

/** Return the names that are asked for, with what is known of them. */
function asks(code: string): [string, Ask["kind"], Ask["default"]][] {
  return look(code).asks.map(({ name, kind, default: value }) => [name, kind, value]);
}

test("what is asked for is of the kind that its use tells", () => {
  assert.deepEqual(
    asks("StepLR(optimizer, args.n)\nMultiStepLR(optimizer, args.ms)\nWarmupLR(optimizer, 0.5, 5, args.method)\n"),
    [
      ["args.n", "number", undefined],
      ["args.ms", "list", undefined],
      ["args.method", "text", undefined],
    ],
  );
  assert.deepEqual(asks("MultiStepLR(optimizer, [int(e) for e in args.ms.split(',')])"), [
    ["args.ms", "text", undefined],
  ]);
  assert.deepEqual(asks("StepLR(optimizer, 3 if args.fast else 4)"), [["args.fast", "flag", undefined]]);
});

test("names stand as in the code", () => {
  assert.deepEqual(
    asks("e = cfg.train.epochs\nn = e * len(train_loader) // hvd.size()\nStepLR(optimizer, n + cfg['a']['b'])").map(
      ([name]) => name,
    ),
    ["cfg.train.epochs", "len(train_loader)", "hvd.size()", 'cfg["a"]["b"]'],
  );
});

test("the reader's values are taken as Python's", () => {
  const names = { "cfg.n": 2, "cfg.ms": [2, 3], "cfg.f": 0.5, "cfg.on": true, "cfg.s": "a" };
  const code =
    "assert cfg.n == 2 and type(cfg.n) is int and cfg.ms == [2, 3] and cfg.f == 0.5 and cfg.on is True and cfg.s == 'a'\nStepLR(optimizer, cfg.n)";
  assert.deepEqual(look(code, { names }).errors, []);
});

test("the code's own default holds until the reader gives another value", () => {
  const parser =
    "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--step-size', '-s', type=int, default=2)\n";
  for (const [code, ask] of [
    [`${parser}args = parser.parse_args()\nStepLR(optimizer, args.step_size, 0.5)`, "args.step_size"],
    [`${parser}def main(opt): StepLR(optimizer, opt.step_size, 0.5)\nmain(parser.parse_args())`, "opt.step_size"],
    ["StepLR(optimizer, cfg.get('n', 2), 0.5)", 'cfg.get("n")'],
    ["StepLR(optimizer, getattr(args, 'n', 2), 0.5)", "args.n"],
    ["def build(optimizer, n=2): return StepLR(optimizer, n, 0.5)", "n"],
  ] as const) {
    const { curves } = look(code, { lr: 1, steps: 3 });
    assert.deepEqual(asks(code), [[ask, "number", 2]]);
    assert.deepEqual(Array.from(curves[0]?.lr ?? []), [1, 1, 0.5]);
    const changed = look(code, { lr: 1, steps: 3, names: { [ask]: 1 } });
    assert.deepEqual(Array.from(changed.curves[0]?.lr ?? []), [1, 0.5, 0.25]);
    assert.equal(changed.asks[0]?.default, 2);
  }
});

test("argparse tells kinds, choices and flags", () => {
  const code = `import argparse
p = argparse.ArgumentParser()
p.add_argument("--on", action="store_true")
p.add_argument("--ms", nargs="+", type=int, default=[3, 5])
p.add_argument("--name", choices=["step", "exp"], default="step")
p.add_argument("--unused", type=int, default=7)
p.add_argument("--text", default="0.5", type=float)
args = p.parse_args()
if args.on or args.name == "step":
    MultiStepLR(optimizer, args.ms, args.text)`;
  assert.deepEqual(asks(code), [
    ["args.on", "flag", false],
    ["args.name", "text", "step"],
    ["args.ms", "list", [3, 5]],
    ["args.text", "number", 0.5],
  ]);
  assert.deepEqual(look(code).asks.find(({ name }) => name === "args.name")?.choices, ["step", "exp"]);
  assert.equal(look(code).curves.length, 1);
});

test("a default does not hold where something may have set another", () => {
  assert.deepEqual(asks("cfg.update(n=3)\nStepLR(optimizer, cfg.get('n', 2))"), [
    ['cfg.get("n")', "number", undefined],
  ]);
});

const PARSED =
  "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', type=int, default=3)\nargs = p.parse_args()\n";
for (const [code, asked] of [
  ["d = {'m': 1}\nfor x in some():\n  d = {'n': 4}\nn = d.get('n', 2)", "d.get"],
  ["d = {'n': 1}\nchange(d)\ne = d\nn = e.get('n', 2)", "e.get"],
  ["d = {'n': 4} | load()\nn = d.get('n', 2)", "d.get"],
  ["d = {**{'n': 4}, **load()}\nn = d.get('n', 2)", "d.get"],
  ["class C:\n  n = 4\nc = C()\nif flag():\n  c = 1\nn = getattr(c, 'n', 2)", "c.n"],
  ["cfg = load()\nif flag():\n  cfg['n'] = 4\nn = cfg.get('n', 2)", "cfg.get"],
  ["cfg = load()\ncfg['n'] = 4\nchange(cfg)\nn = cfg['n']", "cfg["],
  ["cfg = load()\ncfg['n'] = 4\ncfg.update(more())\nn = cfg['n']", "cfg["],
  [`${PARSED}args = vars(args)\nif flag():\n  args['n'] = 4\nn = args['n']`, "args["],
  [`${PARSED}args = vars(args)\nargs.update(more())\nn = args.get('n', 2)`, "args.get"],
] as const) {
  test(`no default stands for what the code computes or may have changed: ${JSON.stringify(code.slice(-60))}`, () => {
    const found = asks(`${code}\nStepLR(optimizer, n)`).filter(([name]) => name.startsWith(asked));
    assert.deepEqual(
      found.map(([, , value]) => value),
      [undefined],
    );
  });
}

for (const [code, n] of [
  ["n = load().get('n', 2)", 2],
  ["cfg = load('a')['train']\nn = cfg.get('n', 2)", 2],
  ["cfg = load()\ncfg.freeze()\nn = getattr(cfg, 'n', 2)", 2],
  ["cfg = load()\ncfg['n'] = 4\nn = cfg.get('n', 2)", 4],
  [`${PARSED}n = getattr(args, 'n', 2)`, 3],
  [`${PARSED}n = getattr(args, 'm', 2)`, 2],
  [`${PARSED}n = vars(args).get('n', 2)`, 3],
] as const) {
  test(`what the code says of a part of something unknown holds: ${JSON.stringify(code.slice(-60))}`, () => {
    holds(code, `n == ${n}`);
  });
}

test("neither a comprehension's variable nor a class is asked for", () => {
  const { asks: found, errors } = look("MultiStepLR(optimizer, [e * k for e in args.ms])\nStepLR(optimizer, Net)");
  assert.deepEqual(
    found.map(({ name }) => name),
    ["args.ms"],
  );
  assert.ok(errors.some(({ message }) => message === "Net has no value"));
});

test("functions that nothing calls are called, with their parameters asked for", () => {
  assert.deepEqual(asks("def build(o, n, gamma=0.5):\n  return StepLR(o, n, gamma)"), [
    ["n", "number", undefined],
    ["gamma", "number", 0.5],
  ]);
  const code = "class T:\n  def __init__(self, n=4): self.n = n\n  def build(self, o): return StepLR(o, self.n)";
  assert.equal(look(code).curves.length, 1);
  assert.equal(look(`${code}\nStepLR(optimizer, 2)`).curves.length, 1); // the script makes one itself
  holds("def main():\n  global n\n  n = 3\nif __name__ == '__main__':\n  main()", "n == 3");
});
