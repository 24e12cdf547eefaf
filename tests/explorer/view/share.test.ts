import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHash, isLink, toHash } from "../../../lrdoc/explorer/view/share.ts";
import { LIMITS, type State } from "../../../lrdoc/explorer/view/state.ts";

const INITIAL: State = {
  code: "scheduler = StepLR(optimizer, step_size=10)",
  lr: 0.1,
  steps: 50,
  metric: { preset: "falls" },
  names: {},
  log: false,
  pins: [],
};

test("the initial state needs no address", () => {
  assert.equal(toHash(INITIAL, INITIAL), "");
});

test("a state comes back from its address", () => {
  const state: State = {
    code: 'x = LambdaLR(optimizer, lambda step: 0.9 ** step)  # "quoted" & <b>中文</b>',
    lr: 0.5,
    steps: 1000,
    metric: { values: [1, 0.5, 0.25] },
    names: {
      "len(loader)": 391,
      "args.mode": 'a "step"',
      'cfg["ema"]': false,
      "ösen.größe": 1e-5,
      ms: [30, [60, 1.5], "x"],
    },
    log: true,
    pins: [
      {
        code: "ExponentialLR(optimizer, 0.9)",
        lr: 0.2,
        metric: { preset: "noisy" },
        names: { len_per_epoch: 100 },
      },
      { code: "ExponentialLR(optimizer, 0.8)", lr: 0.3, metric: { values: [1, 2] }, names: {} },
    ],
  };
  const hash = toHash(state, INITIAL);
  assert.ok(isLink(hash));
  const { state: back, refused } = fromHash(hash, INITIAL);
  assert.deepEqual(refused, []);
  assert.deepEqual(JSON.parse(JSON.stringify(back)), state);
});

test("what an address says wrongly is as in the initial state, and is named", () => {
  const cases: [string, string][] = [
    ["steps=1e9", "stepsRange"],
    ["steps=-1", "stepsRange"],
    ["steps=2.5", "stepsRange"],
    ["steps=", "stepsRange"],
    ["lr=<script>", "linkLr"],
    ["lr=Infinity", "linkLr"],
    ["metric=1,x", "linkMetric"],
    [`metric=${"1,".repeat(LIMITS.metric + 1)}`, "linkMetric"],
    ["name.a-b=1", "linkNames"],
    ["name.a=x", "linkNames"],
    ["name.a=null", "linkNames"],
    ["name.a={}", "linkNames"],
    ["name.a=[1e999]", "linkNames"],
    [`name.a="${"x".repeat(LIMITS.value)}"`, "linkNames"],
    [Array.from({ length: LIMITS.names + 1 }, (_nothing, at) => `name.n${at}=1`).join("&"), "linkNames"],
    [`code=${"x".repeat(LIMITS.code + 1)}`, "codeTooLong"],
    [`code=${"x".repeat(LIMITS.link)}`, "linkTooLong"],
  ];
  for (const [words, problem] of cases) {
    const { state, refused } = fromHash(`#explore?${words}`, INITIAL);
    assert.deepEqual(refused, [problem], words.slice(0, 40));
    assert.deepEqual({ ...state, names: { ...state.names } }, INITIAL, words.slice(0, 40));
  }
});

test("a metric comes back to the last digit, as a threshold may turn on it", () => {
  const state: State = { ...INITIAL, metric: { values: [0.123456, 0.123455, 1 / 3] } };
  assert.deepEqual(fromHash(toHash(state, INITIAL), INITIAL).state.metric, state.metric);
});

test("names of prototypes are names like any other", () => {
  const { state } = fromHash("#explore?name.__proto__=3&name.constructor=4&__proto__.polluted=5", INITIAL);
  assert.equal(Object.getPrototypeOf(state.names), null);
  assert.deepEqual(Object.entries(state.names), [
    ["__proto__", 3],
    ["constructor", 4],
  ]);
  assert.ok(!Object.hasOwn(Object.prototype, "polluted"));
});

test("a link with one pinned curve, as older pages wrote it, is read; more pinned curves than there can be are left out", () => {
  const pin = "pin=StepLR(optimizer,3)&pin.lr=0.5&pin.metric=flat&pin.name.n=3";
  const { state, refused } = fromHash(`#explore?${pin}`, INITIAL);
  assert.deepEqual(refused, []);
  assert.deepEqual(JSON.parse(JSON.stringify(state.pins)), [
    { code: "StepLR(optimizer,3)", lr: 0.5, metric: { preset: "flat" }, names: { n: 3 } },
  ]);
  const many = Array.from({ length: 100 }, (_nothing, index) => `pin${index}=StepLR(optimizer,3)`).join("&");
  assert.ok(fromHash(`#explore?${many}`, INITIAL).state.pins.length <= LIMITS.pins);
});

test("a link tells whether it sets the number of steps, and tells it with every code of its own", () => {
  assert.equal(fromHash("#explore?steps=70", INITIAL).hasSteps, true);
  assert.equal(fromHash("#explore?steps=1e9", INITIAL).hasSteps, false);
  assert.equal(fromHash("#explore?lr=0.2", INITIAL).hasSteps, false);
  assert.match(toHash({ ...INITIAL, code: "x" }, INITIAL), /steps=/);
});
