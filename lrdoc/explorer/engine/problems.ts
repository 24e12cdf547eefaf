/** What went wrong, as the view shows it. */

import { Puzzle, PythonError, type Trouble } from "./python/errors.ts";
import type { Made } from "./record.ts";
import type { Script } from "./script.ts";
import type { Problem, Span } from "./types.ts";

/** So many of the things that are not understood are told where there is no scheduler. */
const SHOWN = 3;

/** Return what is wrong with a script once it has run; `end` is the length of its code. */
export function problemsOf(script: Script, end: number): Problem[] {
  const syntax = script.parsed.errors.map((span) => own("this is not Python", span));
  const { schedulers, optimizers } = script.workshop;
  const found = Array.from(script.troubles, (trouble) => problem(trouble, [...schedulers, ...optimizers]));
  if (syntax.length + found.length + schedulers.length === 0) {
    const aside = script.aside
      .slice(0, SHOWN)
      .map((trouble) => own(trouble.message, trouble.span ?? { from: 0, to: 0 }));
    return [own("there is no scheduler in this code", { from: 0, to: end }), ...aside];
  }
  return [...syntax, ...found].sort((a, b) => a.from - b.from);
}

/** Return a problem that is not OneFlow's. */
export function own(message: string, { from, to }: Span): Problem {
  return { message, from, to, oneflow: false };
}

/** Return a trouble as a problem; one that a single parameter is to blame for is shown at its argument. */
export function problem(trouble: Trouble, calls: readonly Made[]): Problem {
  const span = trouble.span ?? { from: 0, to: 0 };
  const common = { message: trouble.message, oneflow: trouble instanceof PythonError };
  if (trouble instanceof Puzzle && trouble.wanted !== null) {
    return { ...common, from: span.from, to: span.to, name: trouble.wanted };
  }
  const made = calls.find((one) => one.node.from === span.from && one.node.to === span.to);
  const [parameter, ...others] = blamed(trouble, made);
  if (parameter === undefined || others.length > 0 || made === undefined) {
    return { ...common, from: span.from, to: span.to };
  }
  const argument = made.actuals.get(parameter)?.value ?? made.node;
  return { ...common, from: argument.from, to: argument.to, parameter };
}

function blamed(trouble: Trouble, made: Made | undefined): string[] {
  const suspects = trouble instanceof PythonError ? (trouble.parameters ?? []) : [];
  return suspects.filter((name) => name !== "optimizer" && made?.values.has(name));
}
