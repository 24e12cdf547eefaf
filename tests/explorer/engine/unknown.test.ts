import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../../../lrdoc/explorer/engine/index.ts";
import { holds } from "./holds.ts";

/** Return what the code asks for, where no curve is drawn. */
function asked(code: string): (string | undefined)[] {
  const { curves, errors } = look(code);
  assert.deepEqual(curves, [], code);
  return errors.map(({ name }) => name);
}

test("a statement that is not understood leaves no stale value behind", () => {
  for (const [code, name] of [
    ["n = 2\nfor x in loader:\n  n = f(x)\nStepLR(optimizer, n)", "n"],
    ["n = 2\nn *= world_size\nStepLR(optimizer, n)", "world_size"],
    ["n = 2\nfor x in loader:\n  for y in x: n += 1\nStepLR(optimizer, n)", "n"],
    ["n = 2\ndef f():\n  global n\n  for x in loader: n = x\nf()\nStepLR(optimizer, n)", "n"],
    ["class A: pass\na = A()\na.n = 2\nfor x in loader: a.n = x\nStepLR(optimizer, a.n)", "a.n"],
    ["n = 3\nwith lock() as n: pass\nStepLR(optimizer, n)", undefined],
    ["n = 3\ntry:\n  m = f() + 1 > 2\nexcept ValueError:\n  n = 4\nStepLR(optimizer, n)", "f()"],
  ] as const) {
    assert.deepEqual(asked(code), [name], code);
  }
});

test("what a function that is not known may have changed is not known any more", () => {
  for (const code of [
    "m = [2]\nupdate(m)\nMultiStepLR(optimizer, m)",
    "m = [2]\nother = m\nfor x in loader: other.append(x)\nMultiStepLR(optimizer, m)",
    "m = [2]\nholder = Holder(m)\nholder.fill()\nMultiStepLR(optimizer, m)",
    "m = [2]\nwith Holder(m): pass\nMultiStepLR(optimizer, m)",
    "m = [2]\ndef f(a):\n  for x in loader: a.append(x)\nf(m)\nMultiStepLR(optimizer, m)",
    "c = {'m': [2]}\nfor x in loader: c['m'].append(x)\nMultiStepLR(optimizer, c['m'])",
    "o = flow.optim.SGD(p, lr=1)\nfor g in o.param_groups:\n  for x in loader: g['lr'] = x\nStepLR(o, 1)",
  ]) {
    assert.equal(asked(code).length, 1, code);
  }
});

test("what only reads leaves values as they are", () => {
  for (const use of ["print(m)", "logger.info(m)", "model = build_model(m)", "loader = DataLoader(m)", "len(m)"]) {
    assert.equal(look(`m = [2]\n${use}\nMultiStepLR(optimizer, m)`).curves.length, 1, use);
  }
});

test("a learning rate after steps that are not carried out is not known", () => {
  for (const steps of ["s.step()", "for e in range(9):\n  train()\n  s.step()"]) {
    const code = `o = flow.optim.SGD(p, lr=1)\ns = StepLR(o, 1)\n${steps}\nr = o.param_groups[0]['lr']\nt = ExponentialLR(o, r)`;
    const { curves, errors } = look(code);
    assert.deepEqual(
      curves.map(({ label }) => label),
      ["s"],
    );
    assert.equal(errors.at(-1)?.key, "stepped");
  }
});

test("an unknown condition is asked for, and both answers are taken", () => {
  const code = "if args.linear:\n  f = lambda s: 0.5\nelse:\n  f = lambda s: 0.25\nLambdaLR(optimizer, f)";
  assert.deepEqual(look(code).asks, [{ name: "args.linear", kind: "flag", from: 3, to: 14 }]);
  assert.deepEqual(asked(code), ["args.linear"]);
  for (const [answer, lr] of [
    [true, 0.5],
    [false, 0.25],
  ] as const) {
    assert.equal(look(code, { lr: 1, names: { "args.linear": answer } }).curves[0]?.lr[0], lr);
  }
});

test("a condition on a text asks for the text", () => {
  const code =
    "if args.s == 'step':\n  s = StepLR(optimizer, 1)\nelif args.s == 'exp':\n  s = ExponentialLR(optimizer, 0.5)";
  assert.deepEqual(
    look(code).asks.map(({ name, kind }) => [name, kind]),
    [["args.s", "text"]],
  );
  assert.equal(look(code, { names: { "args.s": "exp" } }).schedulers[0]?.className, "ExponentialLR");
});

test("a condition that is no name is asked for as the code has it", () => {
  const code = "if f(x) and g(y) > 3:\n  s = StepLR(optimizer, 1)\nelse:\n  s = StepLR(optimizer, 2)";
  assert.deepEqual(asked(code), ["f(x)"]);
});

test("a condition is not asked for where both branches do the same, or nothing that counts", () => {
  for (const code of [
    "if args.fast:\n  n = 2\nelse:\n  n = 2\nStepLR(optimizer, n)",
    "n = 2\nif args.verbose:\n  log(n)\nStepLR(optimizer, n)",
    "n = 2\nif args.resume:\n  model.load()\n  start = 4\nStepLR(optimizer, n)",
    "n = 2\nif n < args.least: raise ValueError(n)\nStepLR(optimizer, n)",
  ]) {
    const { asks, curves } = look(code);
    assert.deepEqual([asks, curves.length], [[], 1], code);
  }
});

test("a function that may have returned returns something unknown", () => {
  const code = "def f():\n  if flag():\n    return 3\n  return 4\nStepLR(optimizer, f())";
  assert.deepEqual(asked(code), ["flag()"]);
  assert.equal(look(code, { names: { "flag()": true } }).curves.length, 1);
});

test("an unknown value may be handed on", () => {
  holds(
    "d = {'a': unknown, 'n': 3}\nx = [unknown.b[3](1), 4]\ndef f(a, n): return n",
    "d['n'] == 3",
    "x[1] == 4",
    "f(unknown, 5) == 5",
  );
});

test("an optimizer that a function has wrapped is the one that it was given", () => {
  const code = "o = flow.optim.SGD(p, lr=0.5)\nm, o = accelerator.prepare(m, o)\nStepLR(o, 9)";
  assert.equal(look(code).curves[0]?.lr[0], 0.5);
  assert.deepEqual(look("a = flow.optim.SGD(p, lr=0.5)\no = make(cfg)\nStepLR(o, 9)").curves, []);
});

for (const base of ["BaseModel", "NamedTuple"]) {
  test(`what an unknown class may have set anew is not known: ${base}`, () => {
    const code = `from lib import ${base}\nclass Config(${base}):\n    size: int = 4\n`;
    for (const own of ["", "    def __init__(self, **given):\n        super().__init__(**given)\n"]) {
      const { curves } = look(`${code}${own}c = Config(size=7)\ns = StepLR(optimizer, c.size)`);
      assert.deepEqual(curves, []);
    }
  });
}

test("a member of an enumeration that is not understood is not the value that its class gives it", () => {
  const { curves, asks } = look(
    "from enum import IntFlag\nclass Size(IntFlag):\n    A = 4\ns = StepLR(optimizer, Size.A.value)",
  );
  assert.deepEqual([curves, asks.map(({ name }) => name)], [[], ["Size.A.value"]]);
});

for (const method of ["__setattr__(self, name, value)", "__getattribute__(self, name)", "__new__(cls)"]) {
  test(`nothing is known of an object whose class decides what its attributes are: ${method}`, () => {
    const code = `class C:\n    n = 4\n    def ${method}:\n        return 1\n`;
    assert.deepEqual(look(`${code}c = C()\nc.n = 3\ns = StepLR(optimizer, c.n)`).curves, []);
    const scheduler = code.replace("class C:", "class C(StepLR):");
    assert.deepEqual(look(`${scheduler}s = C(optimizer, 3)`).curves, []);
  });
}

test("what a function that nothing calls is given by stars is not known, rather than missing", () => {
  for (const body of ["StepLR(opt, kw['n'])", "StepLR(opt, *more)"]) {
    const { curves, errors } = look(`def make(opt, *more, **kw):\n    return ${body}`);
    assert.deepEqual([curves, errors.map(({ key }) => key)], [[], ["unpacking"]], body);
  }
});
