/** Whether Python's `assert` holds in code that is read as a whole script. */

import assert from "node:assert/strict";
import { look } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/scripts/install.ts";

install();

/** Carry out the code, then check that what is said of it holds; a condition that is unknown does not. */
export function holds(code: string, ...conditions: readonly string[]): void {
  for (const condition of conditions) {
    const { curves, errors } = look(`${code}\nLambdaLR(optimizer, lambda step: 2.0 if (${condition}) else 3.0)`, {
      lr: 1,
      steps: 1,
    });
    assert.deepEqual(errors, [], condition);
    assert.equal(curves[0]?.lr[0], 2, condition);
  }
}
