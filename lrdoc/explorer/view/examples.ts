/** Examples, as the code of training scripts. */

import type { Preset } from "../engine/index.ts";
import { laidOut } from "./layout.ts";
import type { Metric, State } from "./state.ts";

/** An example to start from. */
export interface Example {
  label: string;
  state: State;
}

/** Return an example as the code of a training script. */
export function exampleOf(preset: Preset): Example {
  return { label: preset.code.replaceAll("optimizer, ", ""), state: stateOf(preset) };
}

function stateOf({ code, lr, steps, metrics }: Preset): State {
  const whole = `optimizer = flow.optim.SGD(model.parameters(), lr=${lr})\n${laidOut(code, "scheduler = ")}`;
  const metric: Metric = metrics === undefined ? { preset: "falls" } : { values: metrics };
  return { code: whole, lr, steps, metric, names: {}, log: false, pins: [] };
}
