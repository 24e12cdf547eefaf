import assert from "node:assert/strict";
import { test } from "node:test";
import { laidOut } from "../../../lrdoc/explorer/view/layout.ts";

test("a short call stays on its line", () => {
  assert.equal(
    laidOut("StepLR(optimizer, step_size=10)", "scheduler = "),
    "scheduler = StepLR(optimizer, step_size=10)",
  );
});

test("a long call has an argument on each line, nested ones further in", () => {
  const inner = "LinearLR(optimizer, start_factor=0.1, total_iters=10), ExponentialLR(optimizer, gamma=0.9)";
  assert.equal(
    laidOut(`SequentialLR(optimizer, [${inner}], milestones=[10])`, "scheduler = "),
    `scheduler = SequentialLR(
    optimizer,
    [
        LinearLR(optimizer, start_factor=0.1, total_iters=10),
        ExponentialLR(optimizer, gamma=0.9),
    ],
    milestones=[10],
)`,
  );
});

test("a lambda is left in one piece", () => {
  const lambda = "lambda step: min((step + 1) ** -0.5, (step + 1) * 10 ** -1.5)";
  assert.equal(laidOut(`LambdaLR(optimizer, ${lambda})`), `LambdaLR(\n    optimizer,\n    ${lambda},\n)`);
});
