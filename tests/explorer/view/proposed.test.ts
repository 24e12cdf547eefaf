import assert from "node:assert/strict";
import { test } from "node:test";
import { read, recipes, schedulers } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/recipebook.ts";
import { exampleOf } from "../../../lrdoc/explorer/view/examples.ts";
import { isBeyond, proposedSteps } from "../../../lrdoc/explorer/view/proposed.ts";

install();

function proposed(code: string, steps = 100): number | null {
  return proposedSteps(read(`from oneflow.optim.lr_scheduler import *\n${code}`).schedulers, steps);
}

test("the example of every page is shown as it is", () => {
  for (const { presets } of [...schedulers, ...recipes()]) {
    const { code, steps } = exampleOf(presets[0] as (typeof presets)[number]).state;
    assert.equal(proposedSteps(read(code).schedulers, steps), null, code);
  }
});

test("the same schedule, ten or a thousand times as long, is shown whole", () => {
  assert.equal(proposed("StepLR(optimizer, step_size=1000)"), 5_000);
  assert.equal(proposed("CosineDecayLR(optimizer, decay_steps=10_000)"), 15_000);
  assert.equal(proposed("MultiStepLR(optimizer, milestones=[3000, 9000])"), 14_000);
  assert.equal(proposed("CosineAnnealingLR(optimizer, T_max=10_000)"), 30_500);
});

test("of nested schedules the longest decides", () => {
  const steps = proposed("WarmupLR(StepLR(optimizer, step_size=3000), warmup_iters=100, warmup_factor=0.1)");
  assert.equal(steps, 15_000);
});

test("a schedule that is much shorter than what is shown gets fewer steps", () => {
  assert.equal(proposed("StepLR(optimizer, step_size=10)", 5_000), 50);
  assert.equal(proposed("StepLR(optimizer, step_size=10)", 500), null);
});

test("no more steps are proposed than there can be, and none where the code counts none", () => {
  assert.equal(proposed("StepLR(optimizer, step_size=10 ** 9)"), 1_000_000);
  assert.equal(proposed("ExponentialLR(optimizer, gamma=0.9)"), null);
  assert.equal(proposed("StepLR(optimizer, step_size=-5)"), null);
});

test("a count of steps that the axis does not reach is noticed", () => {
  const calls = read("WarmupLR(StepLR(optimizer, 30), warmup_iters=5)").schedulers;
  assert.deepEqual([isBeyond(calls, 29), isBeyond(calls, 30)], [true, false]);
});
