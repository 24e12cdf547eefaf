/** The explorers of a page, one for each container that the directive `explorer` has written. */

import { recipes, type Scheduler, schedulers } from "../engine/index.ts";
import { codeBox } from "./codebox.ts";
import { exampleOf } from "./examples.ts";
import { succeed } from "./succession.ts";
import { Workbench } from "./workbench.ts";

/** Start every explorer of the page. */
export function start(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-lr-explorer]")) {
    const scheduler = [...schedulers, ...recipes].find(({ name }) => name === host.getAttribute("data-lr-explorer"));
    if (scheduler !== undefined) {
      succeed(host, () => explore(host, scheduler));
    }
  }
}

/** Fill an element with the explorer of a scheduler. */
export function explore(host: HTMLElement, scheduler: Scheduler): Workbench {
  const examples = scheduler.presets.map(exampleOf);
  return new Workbench(host, { examples, editor: codeBox, name: scheduler.name, controls: true });
}
