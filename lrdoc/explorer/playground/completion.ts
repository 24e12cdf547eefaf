/** What the editor offers while the reader types: schedulers, with an example of their call, and the parameters of a call, with their defaults. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { schedulers } from "../engine/generated/schedulers.ts";
import { literal, look } from "../engine/index.ts";

const CLASSES: readonly Completion[] = schedulers.flatMap(({ className, presets: [preset] }) =>
  preset === undefined
    ? []
    : [{ label: className, type: "class", detail: preset.code.slice(className.length), apply: preset.code }],
);

/** The largest boost that an option can have. */
const FIRST = 99;

/** Return what can be completed before the cursor; null where nothing is. */
export function complete(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/\w+/);
  if (word === null && !context.explicit) {
    return null;
  }
  const from = word?.from ?? context.pos;
  const before = context.state.sliceDoc(0, from);
  const called = calledAt(before);
  const parameters = called === null ? [] : parametersOf(called);
  // A variable is no beginning of a class: Enter after it begins a line.
  const isClass = context.explicit || /^[A-Z]/.test(word?.text ?? "");
  const options = [...parameters, ...(isClass ? CLASSES : [])];
  return options.length === 0 ? null : { from, options, validFor: /^\w*$/ };
}

/** Return the name of the scheduler in whose parentheses a text ends, where an argument may begin. */
export function calledAt(before: string): string | null {
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const character = before[at] as string;
    depth += ")]}".includes(character) ? 1 : "([{".includes(character) ? -1 : 0;
    if (depth < 0) {
      const [, name = ""] = /(\w+)$/.exec(before.slice(0, at)) ?? [];
      const begins = /[(,]\s*$/.test(before);
      return begins && schedulers.some(({ className }) => className === name) ? name : null;
    }
  }
  return null;
}

/** Return the parameters of a scheduler beside its optimizer, as OneFlow's signature has them. */
function parametersOf(className: string): Completion[] {
  const [call] = look(`${className}(optimizer)`).schedulers;
  return (call?.arguments ?? [])
    .filter(({ parameter }) => parameter !== "optimizer")
    .map(({ parameter, value }, index) => ({
      label: `${parameter}=`,
      type: "property",
      detail: value === undefined ? "" : literal(value),
      boost: FIRST - index, // in the order of the signature, before the classes
    }));
}
