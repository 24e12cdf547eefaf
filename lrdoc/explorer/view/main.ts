/** The explorers of a page, one for each container that the directive `explorer` has written. */

import { dialect } from "../engine/dialect.ts";
import { look } from "../engine/index.ts";
import { PARTS } from "../engine/library.ts";
import { once } from "../engine/once.ts";
import { codeBox } from "./codebox.ts";
import { examplesOf } from "./examples.ts";
import { succeed } from "./succession.ts";
import { Workbench } from "./workbench.ts";

/** Return what starts the explorers of the page. */
export function explorers(): (() => void)[] {
  return Array.from(document.querySelectorAll<HTMLElement>("[data-lr-explorer]")).flatMap((host) => {
    const name = host.getAttribute("data-lr-explorer") ?? "";
    return examplesOf(name).length > 0 ? beginnings(host, () => explorer(name)) : [];
  });
}

/** Return what makes a tool and puts it in the place of what an element holds. */
export function beginnings(host: HTMLElement, make: () => Workbench): (() => void)[] {
  const tool = once(make);
  return [
    tool,
    () => tool().compute(),
    () => tool().makeEditor(),
    () => tool().fillEditor(),
    () => succeed(host, () => tool().begin(host)),
  ];
}

/** Make what the engine needs, then start parts of the page, each in a task of its own: the page answers its reader in between. */
export function start(
  parts: readonly (() => void)[],
  before: readonly (() => void)[] = [...PARTS, dialect, lookOnce],
): void {
  const [first, ...others] = [...before, ...parts];
  if (first !== undefined) {
    setTimeout(() => {
      first();
      start(others, []);
    });
  }
}

/** Have the engine look at a short code: the first look takes longer than the following ones. */
function lookOnce(): void {
  look("StepLR(optimizer, 1)", { steps: 1 });
}

/** Return the explorer of a scheduler, of a recipe, or of a page that has examples of its own. */
export function explorer(name: string): Workbench {
  return new Workbench({ examples: examplesOf(name), editor: codeBox, name, controls: true });
}
