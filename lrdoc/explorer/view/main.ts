/** The explorers and choosers of a page, one for each container that the directives `explorer` and `chooser` have written. */

import { type Preset, recipes, type Scheduler, schedulers } from "../engine/index.ts";
import { Chooser } from "./chooser.ts";
import { codeBox } from "./codebox.ts";
import { laidOut } from "./layout.ts";
import type { Metric, State } from "./state.ts";
import { succeed } from "./succession.ts";
import { type Example, Workbench } from "./workbench.ts";

/** Start every explorer and chooser of the page. */
export function start(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-lr-explorer]")) {
    const scheduler = [...schedulers, ...recipes].find(({ name }) => name === host.getAttribute("data-lr-explorer"));
    if (scheduler !== undefined) {
      succeed(host, () => explore(host, scheduler));
    }
  }
  for (const host of document.querySelectorAll<HTMLElement>("[data-lr-chooser]")) {
    succeed(host, () => new Chooser(host));
  }
}

/** Fill an element with the explorer of a scheduler. */
export function explore(host: HTMLElement, scheduler: Scheduler): Workbench {
  const examples = scheduler.presets.map(exampleOf);
  return new Workbench(host, { examples, editor: codeBox, name: scheduler.name, controls: true });
}

/** Return an example as the code of a training script. */
export function exampleOf(preset: Preset): Example {
  return { label: preset.code.replaceAll("optimizer, ", ""), state: stateOf(preset) };
}

function stateOf({ code, lr, steps, metrics }: Preset): State {
  const whole = `optimizer = flow.optim.SGD(model.parameters(), lr=${lr})\n${laidOut(code, "scheduler = ")}`;
  const metric: Metric = metrics === undefined ? { preset: "falls" } : { values: metrics };
  return { code: whole, lr, steps, metric, names: {}, log: false, pin: null };
}
