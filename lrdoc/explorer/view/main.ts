/** The explorers of a page, one for each container that the directive `explorer` has written. */

import { type Preset, type Scheduler, schedulers } from "../engine/index.ts";
import { codeBox } from "./codebox.ts";
import { laidOut } from "./layout.ts";
import type { Metric, State } from "./state.ts";
import { type Example, Workbench } from "./workbench.ts";

/** Start every explorer of the page. */
export function start(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-lr-explorer]")) {
    const scheduler = schedulers.find(({ name }) => name === host.getAttribute("data-lr-explorer"));
    if (scheduler !== undefined) {
      whenReleased(host, () => explore(host, scheduler));
    }
  }
}

/** Act once no pointer holds a control of the page's own, which the explorer's takes the place of. */
function whenReleased(host: HTMLElement, act: () => void): void {
  if (host.querySelector("input:active") === null) {
    act();
  } else {
    addEventListener("pointerup", () => setTimeout(act), { once: true });
  }
}

function explore(host: HTMLElement, scheduler: Scheduler): void {
  const examples = scheduler.presets.map(exampleOf);
  const before = controlsOf(host);
  const at = before.indexOf(document.activeElement as Control);
  new Workbench(host, { examples, editor: codeBox, name: scheduler.name, controls: true });
  const after = controlsOf(host);
  after[at]?.focus({ preventScroll: true });
  for (const [index, control] of before.entries()) {
    takeOver(control, after[index]);
  }
}

type Control = HTMLInputElement;

function controlsOf(host: HTMLElement): Control[] {
  return Array.from(host.querySelectorAll<Control>("input"));
}

/** Set a control to what the reader has set the one before to, which the page had from the first. */
function takeOver(before: Control, after: Control | undefined): void {
  if (after !== undefined && after.type === before.type && before.value !== before.defaultValue) {
    after.value = before.value;
    after.dispatchEvent(new Event("input", { bubbles: true }));
  }
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
