/** Examples, as the code of training scripts. */

import { examples, type Preset, recipes, type Script, schedulers } from "../engine/index.ts";
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

/** Return the examples that the explorer of a page begins with: those of the scheduler or the recipe that it is about, else its own; none where there is no such page. */
export function examplesOf(page: string): Example[] {
  const about = [...schedulers, ...recipes()].find(({ name }) => name === page);
  return about === undefined ? (examples()[page] ?? []).map(scriptOf) : about.presets.map(exampleOf);
}

function scriptOf({ label, metrics, ...script }: Script): Example {
  return { label, state: { ...script, lr: 0.1, metric: metricOf(metrics), log: false, pins: [] } };
}

function stateOf({ code, lr, steps, metrics }: Preset): State {
  const whole = `optimizer = flow.optim.SGD(model.parameters(), lr=${lr})\n${laidOut(code, "scheduler = ")}`;
  return { code: whole, lr, steps, metric: metricOf(metrics), names: {}, log: false, pins: [] };
}

function metricOf(metrics: readonly number[] | undefined): Metric {
  return metrics === undefined ? { preset: "falls" } : { values: metrics };
}
