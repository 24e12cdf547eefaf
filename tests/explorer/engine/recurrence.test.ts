import assert from "node:assert/strict";
import { test } from "node:test";
import { type Options, type Traced, trace } from "../../../lrdoc/explorer/engine/index.ts";
import { recurrent } from "../../../lrdoc/explorer/engine/recurring.ts";
import { ran } from "../../../lrdoc/explorer/engine/script.ts";
import "./whole.ts";

/** A class whose own `step` does the same: the source is interpreted. */
const INTERPRETED = `class Interpreted(ReduceLROnPlateau):
    def step(self, metrics):
        super().step(metrics)
`;
const METRICS = [0, -0, 1, 1, 0.9, 0.5, -1, -3.5, 1e-4, 1e300, 2 ** 60, Infinity, -Infinity, Number.NaN];

/** Return random numbers that are the same each time. */
function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Tell whether the scheduler `s` of the code has a recurrence. */
function recurs(code: string): boolean {
  const [made] = ran(code).workshop.schedulers;
  assert.ok(made?.instance);
  return recurrent(made.instance) !== null;
}

function drawn({ curves, errors }: Traced): unknown {
  return [
    curves.map(({ lr, group }) => [Array.from(new BigUint64Array(Float64Array.from(lr).buffer)), group]),
    errors.map(({ message, step }) => [message, step]),
  ];
}

/** Compare the recurrence with the interpreted source, bit by bit; return what is drawn. */
function compare(code: string, options: Options): Traced {
  const fast = trace(code, options);
  const slow = trace(INTERPRETED + code.replace("ReduceLROnPlateau(", "Interpreted("), options);
  assert.deepEqual(drawn(fast), drawn(slow), `${code}\n${JSON.stringify(options)}`);
  return fast;
}

/** Return a random call with all that its source reads, of which each random number picks one. */
function randomCall(pick: <T>(values: readonly T[]) => T): string {
  const groups = pick([1, 1, 2, 3]);
  const least = pick(["0", "0.0", "-0.0", "0.01", "1", "1e-300", "-1", "inf", "nan"]);
  const each = Array.from({ length: groups }, () => pick(["0", "0.01", "0.3", "nan"])).join(", ");
  const lrs = Array.from({ length: groups }, () => pick(["1", "0.1", "1e-3", "0.7", "0"]));
  return `from math import inf, nan
optimizer = flow.optim.SGD([${lrs.map((lr, at) => `dict(params=p${at}.parameters(), lr=${lr})`).join(", ")}], lr=0.1)
s = ReduceLROnPlateau(
    optimizer,
    mode=${pick(['"min"', '"max"'])},
    factor=${pick(["0.5", "0.1", "0.999", "0", "-1", "-0.5", "nan", "-inf"])},
    patience=${pick(["0", "1", "3", "-1", "2.5", "inf"])},
    threshold=${pick(["1e-4", "0", "0.1", "1", "2", "-0.5", "1e300", "inf", "nan", "2**53", "2**70"])},
    threshold_mode=${pick(['"rel"', '"abs"'])},
    cooldown=${pick(["0", "1", "4", "-2", "1.5"])},
    min_lr=${pick([least, `[${each}]`])},
    eps=${pick(["1e-8", "0", "0.1", "-1", "nan"])},
    verbose=${pick(["False", "True"])},
)
${pick(["", "", "s.best = 1", "s.best = 2**53 - 1", "s.num_bad_steps = 3", "s.cooldown_counter = 2"])}
`;
}

/** Return random metrics, many of which are just as much better as counts, or just not. */
function randomMetrics(pick: <T>(values: readonly T[]) => T, random: () => number): number[] {
  const walk = pick([METRICS, METRICS.slice(0, 8), [1, 0.9, 0.5], [1]]);
  let last = 1;
  return Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
    const threshold = pick([0, 1e-4, 0.1]);
    const near = [last * (1 - threshold), last * (1 + threshold), last - threshold, last + threshold];
    last = pick([...walk, ...near, random()]);
    return last;
  });
}

test("the recurrence gives the bits that the interpreted source gives, whatever the parameters and metrics", () => {
  const random = randomness(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  let [changing, covered] = [0, 0];
  for (let count = 0; count < 600; count += 1) {
    const code = randomCall(pick);
    const { curves } = compare(code, { steps: 40, metrics: randomMetrics(pick, random) });
    changing += curves.some(({ lr }) => lr[0] !== lr.at(-1)) ? 1 : 0;
    covered += recurs(code) ? 1 : 0;
  }
  assert.ok(changing > 200, `${changing} fall`);
  assert.ok(covered > 400, `${covered} have a recurrence`);
});

test("metrics that are missing, and a group that is added later, are reported as by the interpreted source", () => {
  const code = "s = ReduceLROnPlateau(optimizer, patience=0)";
  const { curves, errors } = trace(code, { steps: 9 });
  assert.equal(curves[0]?.lr.length, 1);
  assert.deepEqual(
    errors.map(({ message, step }) => [message, step]),
    [["ReduceLROnPlateau needs metrics", 1]],
  );
  const added = `optimizer = SGD(p, lr=1)\n${code}\noptimizer.add_param_group(dict(params=q, lr=2))`;
  assert.match(compare(added, { steps: 9, metrics: [1] }).errors[0]?.message ?? "", /^IndexError/);
});

test("an int that no float holds is left to the interpreted source, from the first step on", () => {
  const code = "s = ReduceLROnPlateau(optimizer, patience=2.0**53, factor=0.5)\ns.num_bad_steps = 2**53 - 3";
  assert.equal(recurs(`optimizer = SGD(p, lr=1)\n${code}`), true);
  const { curves } = compare(code, { steps: 9, lr: 1, metrics: [Number.NaN] });
  assert.deepEqual(Array.from(curves[0]?.lr ?? []), [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5]);
});

test("what the recurrence does not cover has none", () => {
  const own = "class Own(ReduceLROnPlateau):\n    def";
  const made = "optimizer = SGD(p, lr=1)\ns = ReduceLROnPlateau(optimizer)\n";
  for (const code of [
    `${INTERPRETED}s = Interpreted(optimizer)`,
    `${own} is_better(self, a, best):\n        return False\ns = Own(optimizer)`,
    `${own} _reduce_lr(self, epoch):\n        pass\ns = Own(optimizer)`,
    `class Own(ReduceLROnPlateau):\n    @property\n    def in_cooldown(self):\n        return True\ns = Own(optimizer)`,
    `${made}s.is_better = lambda a, best: False`,
    `${made}s.patience = True`,
    `${made}s.patience = 2**53`,
    `${made}s.best = None`,
    `${made}s.mode = 3`,
    `${made}s.verbose = 1`,
    `${made}s.min_lrs = 0`,
    `${made}s.min_lrs = [None]`,
    `${made}s.optimizer = None`,
    `${made}optimizer.param_groups.append(optimizer.param_groups[0])`,
    `${made}optimizer.param_groups[0]["lr"] = True`,
    `${made}optimizer.param_groups[0] = unknown`,
    "s = StepLR(optimizer, 2)",
  ]) {
    assert.equal(recurs(code), false, code);
  }
  assert.equal(recurs(made), true);
  assert.equal(recurs(`${own} log(self):\n        pass\ns = Own(optimizer)`), true);
});

for (const scheduler of ["ReduceLROnPlateau(o, factor=0.5, patience=0)", "StepLR(o, 2)"]) {
  test(`what a function looks at that another scheduler sets is not known: ${scheduler}`, () => {
    const code = `o = SGD(p, lr=1)
s = ${scheduler}
t = LambdaLR(optimizer, lambda step: o.param_groups[0]["lr"])`;
    const { curves, errors } = trace(code, { steps: 4, lr: 1, metrics: [1] });
    assert.deepEqual([curves, errors.map(({ key }) => key)], [[], ["shared"]]);
  });
}
