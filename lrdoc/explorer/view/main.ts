/** The explorers of a page, one for each container that the directive `explorer` has written. */

import { codeBox } from "./codebox.ts";
import { examplesOf } from "./examples.ts";
import { succeed } from "./succession.ts";
import { Workbench } from "./workbench.ts";

/** Start every explorer of the page. */
export function start(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-lr-explorer]")) {
    const name = host.getAttribute("data-lr-explorer") ?? "";
    if (examplesOf(name).length > 0) {
      succeed(host, () => explore(host, name));
    }
  }
}

/** Fill an element with the explorer of a scheduler, of a recipe, or of a page that has examples of its own. */
export function explore(host: HTMLElement, name: string): Workbench {
  return new Workbench(host, { examples: examplesOf(name), editor: codeBox, name, controls: true });
}
