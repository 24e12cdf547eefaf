/** Changes that are not seen by reading assignments: by functions that set names or attributes, and by states that are loaded. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/scripts/install.ts";

install();

/** Return the step sizes that are drawn: the first step at which each curve changes. */
function stepSizes(code: string): number[] {
  return look(code, { steps: 30 }).curves.map(({ lr }) => lr.findIndex((one) => one !== lr[0]));
}

function notes(code: string): string[] {
  return look(code).notes.map(({ key }) => key);
}

for (const setting of ["exec('n = 9')", "globals()['n'] = 9", "locals().update(n=9)", "if True:\n    exec('n = 9')"]) {
  test(`nothing is drawn after a call that may set any name: ${setting}`, () => {
    const { curves, errors } = look(`n = 5\n${setting}\ns = StepLR(optimizer, n)`);
    assert.deepEqual(curves, []);
    assert.deepEqual(
      errors.map(({ key }) => key),
      ["lost"],
    );
  });
}

for (const setting of ["setattr(c, 'n', 9)", "vars(c)['n'] = 9", "vars(c).update(n=9)"]) {
  test(`an attribute is set by its name: ${setting}`, () => {
    assert.deepEqual(stepSizes(`class C:\n    pass\nc = C()\nc.n = 5\n${setting}\ns = StepLR(optimizer, c.n)`), [9]);
  });
}

test("an object that is given to an unknown function is said to be taken as it was", () => {
  const code = "class C:\n    n = 5\nc = C()\nlibrary.configure(c)\n";
  assert.deepEqual(notes(`${code}s = StepLR(optimizer, c.n)`), ["handed"]);
  assert.deepEqual(notes(`${code}s = StepLR(optimizer, 5)`), []);
});

test("an object that is made for an unknown function, and a class, are said to be taken as they were", () => {
  const code = "class C:\n    n = 5\nc = C()\n";
  assert.deepEqual(notes(`${code}library.configure(C)\ns = StepLR(optimizer, C.n)`), ["handed"]);
  const holder = "class H:\n    def __init__(self, c):\n        self.c = c\n";
  assert.deepEqual(notes(`${code}${holder}library.configure(H(c))\ns = StepLR(optimizer, c.n)`), ["handed"]);
});

test("a scheduler that is handed to another library's is said to be taken as it was", () => {
  assert.deepEqual(notes("s = library.Warmup(StepLR(optimizer, 3))"), ["handed"]);
  assert.deepEqual(notes("s = StepLR(optimizer, 3)\ntrainer = library.Trainer(model, s)"), []);
});

for (const around of [
  "for epoch in range(9):\n    loss.backward()\n    s.step()\n    if epoch == 5:\n        ",
  "if library.late():\n    ",
]) {
  test(`param groups that may be added later are told: ${around}`, () => {
    const code = `s = StepLR(optimizer, 3)\n${around}optimizer.add_param_group({"params": p, "lr": 0.01})`;
    assert.deepEqual(notes(code), ["groupsLater"]);
  });
}

for (const [code, key] of [
  ["break", "notPython"],
  ["if True:\n    continue", "notPython"],
  ["x = yield 3", "notPython"],
  ["class C:\n    return 3", "notPython"],
  ["nonlocal n", "notPython"],
  ["a, *b, *c = d", "notPython"],
  ["*a = d", "notPython"],
  ["try:\n    n = 1\nexcept:\n    n = 2\nexcept ValueError:\n    n = 3", "notPython"],
  ["if True:\n        n = 1\n\tn = 2", "tabs"],
  ["if True:\n  if True:\n\tn = 1", "tabs"],
] as const) {
  test(`what Python refuses where it stands is refused: ${JSON.stringify(code)}`, () => {
    const { curves, errors } = look(`${code}\ns = StepLR(optimizer, 3)`);
    assert.deepEqual(curves, []);
    assert.deepEqual(
      errors.map((one) => one.key),
      [key],
    );
  });
}

for (const code of [
  "return StepLR(optimizer, 3)",
  "for i in [1]:\n    break\nelse:\n    n = 2",
  "f = lambda: (yield)",
  "if True:\n\tn = 1\n\tm = 2",
  "def f():\n    def g():\n        nonlocal n\n    n = 2",
]) {
  test(`what may stand there, or is a part of a function, is read: ${JSON.stringify(code)}`, () => {
    const { curves } = look(`s = StepLR(optimizer, 3)\n${code}`);
    assert.equal(curves.length > 0, true);
  });
}

test("a state that is loaded into a scheduler or an optimizer is noted, and what is drawn begins at the beginning", () => {
  const code = "o = SGD([p], lr=0.1)\ns = StepLR(o, 5)\n";
  assert.deepEqual(notes(`${code}s.load_state_dict(checkpoint["scheduler"])`), ["resumed"]);
  assert.deepEqual(notes(`${code}o.load_state_dict(checkpoint["optimizer"])`), ["resumed"]);
  assert.deepEqual(notes(`${code}def make():\n    return StepLR(o, 5)\nmake().load_state_dict(state)`), [
    "resumed",
    "rivals",
  ]);
  assert.deepEqual(notes(`${code}[s][0].load_state_dict(state)`), ["resumed"]);
  assert.deepEqual(notes(`${code}model.load_state_dict(checkpoint["model"])`), []);
});

test("what a state is loaded into is made once", () => {
  const code = `class Trainer:
    def __init__(self):
        self.scheduler = StepLR(SGD([p], lr=0.1), 5)
    def load_state_dict(self, state):
        pass
Trainer().load_state_dict(state)`;
  assert.equal(look(code).curves.length, 1);
});

test("the body of a class sees a name of the code until it assigns to it", () => {
  assert.deepEqual(stepSizes("k = 3\nclass A:\n    k = k + 1\n    m = k\ns = StepLR(optimizer, A.k + A.m + k)"), [11]);
});

test("digits may be grouped, and another base is not taken for ten", () => {
  assert.deepEqual(stepSizes("s = StepLR(optimizer, int('1_0'))"), [10]);
  assert.deepEqual(look("s = StepLR(optimizer, int('11', 2))").curves, []);
});

for (const ending of ["exit()", "quit(1)", "import sys\nsys.exit('no data')", "import os\nos._exit(0)"]) {
  test(`nothing is drawn of what follows the end of the program: ${ending}`, () => {
    assert.deepEqual(stepSizes(`s = StepLR(optimizer, 5)\n${ending}\nlate = StepLR(optimizer, 7)`), [5]);
    assert.deepEqual(
      look(`${ending}\nlate = StepLR(optimizer, 7)`).errors.map(({ key }) => key),
      ["noScheduler", "ends"],
    );
  });
}

for (const raising of [
  "raise ValueError('no data')",
  "raise FileNotFoundError",
  "from lib import Bad\nraise Bad('no data')",
  "class Bad(Exception):\n    pass\nraise Bad('no data')",
  "assert 2 < 1, 'no data'",
  "def check():\n    raise RuntimeError('no data')\ncheck()",
]) {
  test(`nothing is drawn of what follows an exception that the code raises itself: ${raising}`, () => {
    const code = `s = StepLR(optimizer, 5)\n${raising}\nlate = StepLR(optimizer, 7)`;
    assert.deepEqual(stepSizes(code), [5]);
    assert.equal(look(code).errors.length, 1);
  });
}

test("raising SystemExit ends the program as a call of exit does", () => {
  const { curves, errors } = look("s = StepLR(optimizer, 5)\nraise SystemExit\nlate = StepLR(optimizer, 7)");
  assert.deepEqual([curves.length, errors], [1, []]);
});

test("an exception that the code catches ends nothing, and one of OneFlow's leaves the other schedulers", () => {
  const caught = "try:\n    raise ValueError('no data')\nexcept ValueError:\n    pass\n";
  assert.deepEqual(stepSizes(`${caught}s = StepLR(optimizer, 5)`), [5]);
  const foreign = "from lib import Bad\ntry:\n    raise Bad('no data')\nexcept Bad:\n    pass\n";
  assert.deepEqual(stepSizes(`${foreign}s = StepLR(optimizer, 5)`), [5]);
  assert.deepEqual(stepSizes("bad = StepLR(optimizer, 0)\ns = StepLR(optimizer, 5)"), [5]);
});

test("a program that ends with its main function is drawn", () => {
  assert.deepEqual(stepSizes("import sys\ndef main():\n    s = StepLR(optimizer, 5)\nsys.exit(main())"), [5]);
});

test("what a scheduler's own step sets is not passed over where it is not understood", () => {
  const code = (loop: string): string =>
    `class S(StepLR):\n    def step(self):\n        ${loop}\n            group["lr"] *= 0.9\ns = S(optimizer, 3)`;
  assert.equal(stepSizes(code("for group in self.optimizer.param_groups:"))[0], 1);
  const { curves, errors } = look(code("for group in self._groups:"));
  assert.deepEqual([curves, errors.length], [[], 1]);
});

const FLOOR = "class Floor:\n    def get_lr(self, base_lr, step):\n        return 0.02\n";

test("a class that is mixed in stands in its place in the order of the bases, or nothing is drawn", () => {
  assert.deepEqual(stepSizes(`${FLOOR}class Mine(StepLR, Floor):\n    pass\ns = Mine(optimizer, 5)`), [5]);
  const first = look(`${FLOOR}class Mine(Floor, StepLR):\n    pass\ns = Mine(optimizer, 5)`);
  assert.deepEqual(Array.from(first.curves[0]?.lr.slice(0, 2) ?? []), [0.02, 0.02]);
  const unknown = look("from lib import Base\nclass Mine(Base, StepLR):\n    pass\ns = Mine(optimizer, 5)");
  assert.deepEqual([unknown.curves, unknown.errors.map(({ key }) => key)], [[], ["foreign"]]);
});

test("what is changed in a class of OneFlow's ends the reading; a method that is replaced in an object is called", () => {
  for (const change of ["StepLR.get_lr = rule", 'setattr(StepLR, "get_lr", rule)']) {
    const { curves, errors } = look(
      `def rule(self, base_lr, step):\n    return 0.5\n${change}\ns = StepLR(optimizer, 5)`,
    );
    assert.deepEqual([curves, errors.map(({ key }) => key)], [[], ["patched"]]);
  }
  const { curves } = look("s = StepLR(optimizer, 5)\ns.get_lr = lambda base_lr, step: base_lr / 2");
  assert.deepEqual(Array.from(curves[0]?.lr.slice(0, 3) ?? []), [0.1, 0.05, 0.05]);
});

test("OneFlow's classes may be imported from the modules that define them", () => {
  const code =
    "from oneflow.nn.optimizer.step_lr import StepLR as S\nfrom oneflow.nn.optimizer.lr_scheduler import LRScheduler";
  assert.deepEqual(
    stepSizes(
      `${code}\nclass L(LRScheduler):\n    def get_lr(self, base_lr, step):\n        return base_lr if step < 4 else 0\na = S(optimizer, 5)\nb = L(optimizer)`,
    ),
    [5, 4],
  );
});

test("a state that the code itself has is not used either, and the note says no more than that", () => {
  const { curves, notes } = look("s = ExponentialLR(optimizer, 0.9)\ns.load_state_dict({'last_step': 10})");
  assert.deepEqual([curves[0]?.lr[0], curves[0]?.lr[1]], [0.1, 0.1 * 0.9]);
  assert.deepEqual(
    notes.map(({ message }) => message),
    ["the loaded state is not used: what is drawn is a training from its beginning"],
  );
});
