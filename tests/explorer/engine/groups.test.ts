import assert from "node:assert/strict";
import { test } from "node:test";
import { trace } from "../../../lrdoc/explorer/engine/index.ts";

const STEP = "s = StepLR(o, 2, 0.5)";

function groups(code: string): Record<string, number[]> {
  const { curves, errors } = trace(code, { steps: 3 });
  assert.deepEqual(errors, [], code);
  return Object.fromEntries(curves.map(({ lr, group }) => [group?.label ?? "", Array.from(lr)]));
}

function errors(code: string): string[] {
  return trace(code).errors.map(({ message }) => message);
}

test("every spelling of param groups gives a curve for each, called by what it holds", () => {
  const both = { backbone: [1, 1, 0.5], head: [4, 4, 2] };
  for (const made of [
    "o = SGD([{'params': m.backbone.parameters(), 'lr': 1}, {'params': m.head.parameters()}], lr=4)",
    "g = [{'params': m.backbone.parameters(), 'lr': 1}, {'params': m.head.parameters(), 'lr': 4}]\no = SGD(g)",
    "o = SGD([{'params': getattr(m, 'backbone').parameters(), 'lr': 1}, {'params': head, 'lr': 4}])",
    "o = SGD(m.backbone.parameters(), lr=1)\no.add_param_group({'params': m.head.parameters(), 'lr': 4})",
    "o = SGD([{'params': filter(f, m.backbone.parameters()), 'lr': 1}, {'params': [w, b], 'name': 'head'}], lr=4)",
  ]) {
    assert.deepEqual(groups(`${made}\n${STEP}`), both);
  }
});

test("groups that the code does not tell apart are called by their places", () => {
  const rates = "{'params': [p for n, p in m.named_parameters() if 'bias' in n], 'lr': 1}";
  assert.deepEqual(groups(`o = SGD([${rates}, ${rates.replace("1", "2")}])\n${STEP}`), {
    0: [1, 1, 0.5],
    1: [2, 2, 1],
  });
});

test("one group has one curve, and no name of its own", () => {
  assert.deepEqual(groups(`o = SGD([{'params': m.parameters(), 'lr': 1}], lr=9)\n${STEP}`), { "": [1, 1, 0.5] });
});

test("a group that is added after the scheduler keeps its learning rate, or takes the optimizer's first one", () => {
  assert.deepEqual(groups(`o = SGD(p, lr=1)\n${STEP}\no.add_param_group({'params': q, 'lr': 3})`), {
    p: [1, 1, 0.5],
    q: [3, 3, 3],
  });
  const later = "o = SGD(p, lr=1)\nfor g in o.param_groups:\n  g['lr'] = 9\no.add_param_group({'params': q})";
  assert.deepEqual(groups(`${later}\n${STEP}`), { p: [9, 9, 4.5], q: [1, 1, 0.5] });
});

test("LambdaLR takes a lambda for each group, and no other number of them", () => {
  const made = "o = SGD([{'params': p, 'lr': 1}, {'params': q, 'lr': 2}])";
  const rules = "lambda t: 1 + t, lambda t: 2";
  assert.deepEqual(groups(`${made}\nLambdaLR(o, [${rules}])`), { p: [1, 2, 3], q: [4, 4, 4] });
  assert.deepEqual(groups(`${made}\nLambdaLR(o, lambda t: 1 + t)`), { p: [1, 2, 3], q: [2, 4, 6] });
  assert.deepEqual(errors(`${made}\nLambdaLR(o, [lambda t: 1])`), ["AssertionError: Expected 2 lr_lambdas, but got 1"]);
});

test("a linear warmup refuses groups of different learning rates, as OneFlow does", () => {
  const made = "o = SGD([{'params': p, 'lr': 1}, {'params': q, 'lr': 2}])";
  assert.match(errors(`${made}\nWarmupLR(StepLR(o, 9))`)[0] ?? "", /have different warmup configs/);
});

test("the learning rate of every group that has none is asked for", () => {
  const code = "o = SGD([{'params': p, 'lr': a}, {'params': q, 'lr': b}], lr=c)\nStepLR(o, 9)";
  const { asks, curves } = trace(code);
  assert.deepEqual(curves, []);
  const names: Record<string, number> = {};
  for (let open = asks; open.length > 0; open = trace(code, { names }).asks.filter(({ name }) => !(name in names))) {
    for (const { name } of open) {
      names[name] = Object.keys(names).length + 1;
    }
  }
  assert.deepEqual(Object.keys(names).sort(), ["a", "b", "c"]);
  assert.equal(trace(code, { names }).curves.length, 2);
});

test("a rate that is set by hand after the scheduler holds for the first step", () => {
  const set = "for g in o.param_groups:\n  g['lr'] = 7";
  assert.deepEqual(groups(`o = SGD(p, lr=1)\n${STEP}\n${set}`), { "": [7, 1, 0.5] });
});

test("a scheduler that goes on from the optimizer's rate is refused once another has been stepped", () => {
  const code = "o = SGD(p, lr=1)\ns = StepLR(o, 2)\ns.step()\n";
  for (const made of ["ReduceLROnPlateau(o)", "flow.optim.lr_scheduler.ReduceLROnPlateau(optimizer=o)"]) {
    assert.deepEqual(errors(code + made), ["the learning rate after step() is not known here"]);
  }
  assert.deepEqual(errors(`${code}StepLR(o, 3)`), []);
});

test("a variable of a lambda that is called like a scheduler does not take the scheduler in", () => {
  const code = "s = StepLR(optimizer, 2)\nt = LambdaLR(other, lambda s: 0.5 ** s)";
  assert.deepEqual(
    trace(code).curves.map(({ label }) => label),
    ["s", "t"],
  );
});
