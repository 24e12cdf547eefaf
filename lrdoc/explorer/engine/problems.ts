/** What went wrong, as the view shows it. */

import type { Construction } from "./construction.ts";
import type { Key } from "./generated/messages.ts";
import { guesses } from "./guesses.ts";
import { type Filling, OwnTrouble, Puzzle, PythonError, say, type Trouble } from "./python/errors.ts";
import type { Script } from "./script.ts";
import type { Ask, Problem, Span } from "./types.ts";

/** How many of the statements that are not understood are listed where the code makes no scheduler. */
const SHOWN = 3;

/** Return what is wrong with a script once it has run; `end` is the length of its code. */
export function problemsOf(script: Script, end: number): Problem[] {
  const syntax = script.parsed.errors.map(({ key, filling, error, ...span }) =>
    error === undefined ? own(key, filling, span) : { message: `SyntaxError: ${error}`, oneflow: true, ...span },
  );
  const { schedulers, optimizers } = script.workshop;
  const found = Array.from(script.troubles, (trouble) => problem(trouble, [...schedulers, ...optimizers]));
  if (syntax.length + found.length + schedulers.length === 0) {
    const aside = script.aside.slice(0, SHOWN).map((trouble) => ({ ...common(trouble), ...spanOf(trouble) }));
    return [own("noScheduler", {}, { from: 0, to: end }), ...aside];
  }
  return [...syntax, ...found].sort((a, b) => a.from - b.from);
}

/** Return what a script asks for: the names that have a value from the reader, and those that problems name. */
export function asksOf(script: Script, errors: readonly Problem[]): Ask[] {
  const matters = script.asks.size === 0 ? () => false : guesses.matters(script);
  const found = new Map(
    Array.from(script.asks).filter(([name]) => (name.match(/[^\W\d]\w*/g) ?? []).slice(-1).some(matters)),
  );
  for (const trouble of script.troubles) {
    if (trouble instanceof Puzzle && trouble.wanted !== null && !found.has(trouble.wanted)) {
      const { wanted: name, kind, choices } = trouble;
      const offered = choices === undefined ? {} : { choices };
      found.set(name, { name, kind: kind ?? "number", ...offered, ...spanOf(trouble) });
    }
  }
  for (const { name, from, to } of errors) {
    if (name !== undefined && !found.has(name)) {
      found.set(name, { name, kind: "number", from, to });
    }
  }
  return Array.from(found.values()).sort((a, b) => a.from - b.from);
}

/** Return a problem with one of the engine's own messages. */
export function own(key: Key, filling: Filling = {}, { from, to }: Span = { from: 0, to: 0 }): Problem {
  return { message: say(key, filling), key, filling, from, to, oneflow: false };
}

/** Return a trouble as a problem; one that a single parameter causes is shown at its argument. */
export function problem(trouble: Trouble, calls: readonly Construction[]): Problem {
  const span = spanOf(trouble);
  if (trouble instanceof Puzzle && trouble.wanted !== null) {
    return { ...common(trouble), ...span, name: trouble.wanted };
  }
  const made = calls.find((one) => one.node.from === span.from && one.node.to === span.to);
  const [parameter, ...others] = blamed(trouble, made);
  if (parameter === undefined || others.length > 0 || made === undefined) {
    return { ...common(trouble), ...span };
  }
  const { from, to } = made.actuals.get(parameter)?.value ?? made.node;
  return { ...common(trouble), from, to, parameter };
}

function common(trouble: Trouble): Omit<Problem, "from" | "to"> {
  const { message } = trouble;
  return trouble instanceof OwnTrouble
    ? { message, key: trouble.key, filling: trouble.filling, oneflow: false }
    : { message, oneflow: true };
}

function spanOf({ span }: Trouble): Span {
  return { from: span?.from ?? 0, to: span?.to ?? 0 };
}

function blamed(trouble: Trouble, made: Construction | undefined): string[] {
  const suspects = trouble instanceof PythonError ? (trouble.parameters ?? []) : [];
  return suspects.filter((name) => name !== "optimizer" && made?.values.has(name));
}
