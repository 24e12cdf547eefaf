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
  const { count, first, last } = jumps(lr);
  if (last === undefined) {
    return text("summaryConstant");
  }
  if (count <= FEW) {
    return text("summaryJumps", { steps: first.join(text("summaryAnd")) });
  }
  const found = stretches(lr);
  if (found.length <= FEW) {
    return found.map((stretch) => text(`summary_${stretch.way}`, { from: stretch.from, to: stretch.to })).reduce(join);
  }
  return text("summaryMany", { count, first: first[0] as number, last });
}

/** The steps whose learning rate differs from that of the step before: how many, the first few, and the last. */
interface Jumps {
  readonly count: number;
  readonly first: readonly number[];
  readonly last: number | undefined;
}

export function jumps(lr: ArrayLike<number>): Jumps {
  const first: number[] = [];
  let [count, last]: [number, number | undefined] = [0, undefined];
  for (let step = 1; step < lr.length; step += 1) {
    if (lr[step] !== lr[step - 1]) {
      count += 1;
      last = step;
      if (count <= FEW) {
        first.push(step);
      }
    }
  }
  return { count, first, last };
}

/** Return the stretches in which the learning rate rises, falls or stays; no more than tell that they are not few. */
export function stretches(lr: ArrayLike<number>): Stretch[] {
  const found: Stretch[] = [];
  for (let step = 1; step < lr.length; step += 1) {
    const way = wayOf((lr[step] as number) - (lr[step - 1] as number));
    const open = found.at(-1);
    if (open?.way === way) {
      open.to = step;
    } else if (found.length > FEW) {
      break;
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
