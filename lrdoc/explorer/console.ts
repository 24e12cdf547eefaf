/** `window.lrdoc.trace`, for tests and for people at the console. */

import { type Ask, type Curve, type Note, type Options, type Problem, trace } from "./engine/index.ts";
import { lineOf } from "./view/codebox.ts";

/** What `trace` answers; `line` counts from 1, and `from` and `to` are places in the code. */
interface Answer {
  curves: (Pick<Curve, "label" | "group"> & { lr: number[] })[];
  errors: (Pick<Problem, "message" | "from" | "to"> & { line: number })[];
  asks: (Pick<Ask, "name" | "kind" | "default" | "choices" | "from" | "to"> & { line: number })[];
  notes: (Pick<Note, "message" | "link" | "from" | "to"> & { line: number })[];
}

declare global {
  interface Window {
    lrdoc: { trace(code: string, options?: Options): Answer };
  }
}

/** Put `trace` on the window. */
export function install(): void {
  window.lrdoc = { trace: answer };
}

function answer(code: string, options?: Options): Answer {
  const { curves, errors, asks, notes } = trace(code, options);
  const line = (from: number): number => (typeof code === "string" ? lineOf(code, from) : 1);
  return {
    curves: curves.map(({ label, lr, group }) => ({ label, ...(group && { group }), lr: Array.from(lr) })),
    errors: errors.map(({ message, from, to }) => ({ message, line: line(from), from, to })),
    asks: asks.map((ask) => ({ ...ask, line: line(ask.from) })),
    notes: notes.map(({ message, link, from, to }) => ({
      message,
      ...(link === undefined ? {} : { link }),
      line: line(from),
      from,
      to,
    })),
  };
}
