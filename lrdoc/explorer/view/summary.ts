/** A curve in words, for those who do not see it: start, peak, end, and where it changes. */

import { shown } from "./numbers.ts";
import { text } from "./strings.ts";

/** A stretch of steps in which the learning rate moves one way; `to` is its last step. */
interface Stretch {
  way: "constant" | "rising" | "falling";
  from: number;
  to: number;
}

const FEW = 8;

/** Return what a curve does in a few sentences. */
export function summary(lr: ArrayLike<number>): string {
  const last = lr.length - 1;
  const at = peak(lr);
  const ends = text("summaryEnds", {
    start: shown(lr[0] as number),
    peak: shown(lr[at] as number),
    at,
    end: shown(lr[last] as number),
    last,
  });
  return join(ends, changes(lr));
}

/** Put two sentences one after the other, as the language does. */
function join(before: string, after: string): string {
  return text("summaryJoin", { before, after });
}

/** Return the first step with the largest learning rate. */
export function peak(lr: ArrayLike<number>): number {
  let best = 0;
  for (let step = 1; step < lr.length; step += 1) {
    if ((lr[step] as number) > (lr[best] as number)) {
      best = step;
    }
  }
  return best;
}

function changes(lr: ArrayLike<number>): string {
  const steps = jumps(lr);
  if (steps.length === 0) {
    return text("summaryConstant");
  }
  if (steps.length <= FEW) {
    return text("summaryJumps", { steps: steps.join(text("summaryAnd")) });
  }
  const found = stretches(lr);
  if (found.length <= FEW) {
    return found.map((stretch) => text(`summary_${stretch.way}`, { from: stretch.from, to: stretch.to })).reduce(join);
  }
  return text("summaryMany", { count: steps.length, first: steps[0] as number, last: steps.at(-1) as number });
}

/** Return the steps whose learning rate differs from that of the step before. */
export function jumps(lr: ArrayLike<number>): number[] {
  const found = [];
  for (let step = 1; step < lr.length; step += 1) {
    if (lr[step] !== lr[step - 1]) {
      found.push(step);
    }
  }
  return found;
}

/** Return the stretches in which the learning rate rises, falls or stays. */
export function stretches(lr: ArrayLike<number>): Stretch[] {
  const found: Stretch[] = [];
  for (let step = 1; step < lr.length; step += 1) {
    const way = wayOf((lr[step] as number) - (lr[step - 1] as number));
    const open = found.at(-1);
    if (open?.way === way) {
      open.to = step;
    } else {
      found.push({ way, from: step - 1, to: step });
    }
  }
  return found;
}

function wayOf(difference: number): Stretch["way"] {
  if (difference > 0) {
    return "rising";
  }
  return difference < 0 ? "falling" : "constant";
}
