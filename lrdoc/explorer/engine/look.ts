/** Read and trace a piece of code at once: it is parsed and run a single time. */

import { asksOf, problemsOf } from "./problems.ts";
import { readingOf } from "./read.ts";
import { ran } from "./script.ts";
import { curvesOf, refusal, settled } from "./trace.ts";
import type { Options, Reading, Traced } from "./types.ts";

/** Return what `read` and `trace` return together. */
export function look(code: string, options: Options = {}): Reading & Traced {
  const settings = settled(options);
  const refused = refusal(code, settings);
  if (refused !== null) {
    return { schedulers: [], optimizers: [], curves: [], errors: [refused], asks: [], notes: [] };
  }
  const script = ran(code, settings.names, settings.lr);
  const errors = problemsOf(script, code.length);
  const reading = readingOf(script, code);
  const curves = curvesOf(script, settings, errors);
  return { ...reading, curves, errors, asks: asksOf(script, errors), notes: script.notes };
}
