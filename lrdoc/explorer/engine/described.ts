/** What the engine knows of each scheduler and recipe: its parameters, and examples. */

import { schedulers } from "./generated/schedulers.ts";
import type { Scheduler, Script } from "./types.ts";

let further: readonly Scheduler[] = [];
let definitions: Readonly<Record<string, readonly string[]>> = {};
let scripts: Readonly<Record<string, readonly Script[]>> = {};

/** Let code call recipes, whose definitions are `sources`, and let pages have `examples` of their own. The scripts of the reference pages know none, and are smaller for it. */
export function addRecipes(recipes: readonly Scheduler[], sources: typeof definitions, examples: typeof scripts): void {
  further = recipes;
  definitions = sources;
  scripts = examples;
}

/** Return the examples of the pages that have some of their own. */
export function examples(): Readonly<Record<string, readonly Script[]>> {
  return scripts;
}

/** Return the recipes that were added. */
export function recipes(): readonly Scheduler[] {
  return further;
}

/** Return the definitions that each recipe that was added consists of, as Python code. */
export function sources(): Readonly<Record<string, readonly string[]>> {
  return definitions;
}

/** Return what is known of a scheduler or a recipe, by the name that code calls. */
export function described(className: string): Scheduler | undefined {
  const isIt = (one: Scheduler): boolean => one.className === className;
  return schedulers.find(isIt) ?? further.find(isIt);
}
