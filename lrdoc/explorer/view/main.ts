/** The explorers of a page, one for each container that the directive `explorer` has written. */

import { PARTS } from "../engine/library.ts";
import { codeBox } from "./codebox.ts";
import { examplesOf } from "./examples.ts";
import { succeed } from "./succession.ts";
import { Workbench } from "./workbench.ts";

/** Return what starts each explorer of the page. */
export function explorers(): (() => void)[] {
  return Array.from(document.querySelectorAll<HTMLElement>("[data-lr-explorer]")).flatMap((host) => {
    const name = host.getAttribute("data-lr-explorer") ?? "";
    return examplesOf(name).length > 0 ? [() => succeed(host, () => explore(host, name))] : [];
  });
}

/** Make what the engine needs, then start parts of the page, each in a task of its own: the page answers its reader in between. */
export function start(parts: readonly (() => void)[], before: readonly (() => void)[] = PARTS): void {
  const [first, ...others] = [...before, ...parts];
  if (first !== undefined) {
    setTimeout(() => {
      first();
      start(others, []);
    });
  }
}

/** Fill an element with the explorer of a scheduler, of a recipe, or of a page that has examples of its own. */
export function explore(host: HTMLElement, name: string): Workbench {
  return new Workbench(host, { examples: examplesOf(name), editor: codeBox, name, controls: true });
}
