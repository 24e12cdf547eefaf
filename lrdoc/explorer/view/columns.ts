/** What of a curve can be seen on so many pixels: all levels, or where many share a pixel their least and largest. */

/** The learning rates of a curve, one per step: `lr[t]` holds from step t to step t + 1. */
export interface Levels {
  readonly lr: ArrayLike<number>;
  /** The steps of `lr`, which rise from 0, where it has the learning rates of some steps alone. */
  readonly places?: readonly number[];
}

/** The steps of an axis: from one, up to another at which the last level ends. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Columns of equal length for a drawing: steps, and for each curve the learning rate there, `null` where there is none. */
export interface Columns {
  readonly steps: readonly number[];
  readonly levels: readonly (readonly (number | null)[])[];
  /** Whether these are the least and largest of many steps, so that straight lines join them. */
  readonly merged: boolean;
}

/** Stretches of steps for each pixel: a stretch is narrower than what can be seen. */
const STRETCHES = 2;
/** The places of a stretch: where it begins, and its middle. */
const PLACES = 2;

/**
 * Return the columns of curves of `count` steps on an axis `pixels` wide.
 *
 * The last level is carried to where it ends.
 * A level that is not finite, or not larger than `above`, is a gap.
 */
export function columnsOf(
  curves: readonly Levels[],
  count: number,
  pixels: number,
  above = Number.NEGATIVE_INFINITY,
  { from, to }: Stretch = { from: 0, to: count },
): Columns {
  const stretches = STRETCHES * Math.max(1, Math.ceil(pixels));
  const length = to - from;
  if (length <= PLACES * stretches && curves.every(({ places }) => places === undefined)) {
    const levels = curves.map(({ lr }) => everyLevel(lr, count, above, { from, to }));
    return { steps: Array.from({ length: length + 1 }, (_nothing, at) => from + at), levels, merged: false };
  }
  const width = length / stretches;
  const steps = Array.from({ length: PLACES * stretches }, (_nothing, place) => from + (place * width) / PLACES);
  return { steps, levels: curves.map((one) => extremes(one, stretches, width, above, from)), merged: true };
}

/** Return the level at a step; undefined where it is not among those that the curve has. */
export function levelAt({ lr, places }: Levels, step: number): number | undefined {
  return lr[places === undefined ? step : places.indexOf(step)];
}

/** Tell whether a level has a place on an axis of the finite numbers larger than `above`. */
export function isDrawable(level: number, above: number): boolean {
  return level > above && level < Number.POSITIVE_INFINITY;
}

function everyLevel(lr: ArrayLike<number>, count: number, above: number, { from, to }: Stretch): (number | null)[] {
  return Array.from({ length: to - from + 1 }, (_nothing, at) => {
    // A curve that ends earlier is followed by a gap.
    const step = from + at;
    const level = lr[step === count && lr.length === count ? count - 1 : step];
    return level !== undefined && isDrawable(level, above) ? level : null;
  });
}

/** Return the least and the largest level of each stretch, in the order in which they come. */
function extremes(
  { lr, places }: Levels,
  stretches: number,
  width: number,
  above: number,
  start: number,
): (number | null)[] {
  const levels: (number | null)[] = [];
  let from = places === undefined ? start : places.findIndex((place) => place >= start);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const end = Math.floor(start + (stretch + 1) * width);
    let to = places === undefined ? Math.min(end, lr.length) : from;
    while (places !== undefined && (places[to] ?? end) < end) {
      to += 1;
    }
    // A stretch between two places has the level of the one before.
    levels.push(...extremesWithin(lr, places !== undefined && from === to ? from - 1 : from, to, above));
    from = to;
  }
  return levels;
}

function extremesWithin(lr: ArrayLike<number>, from: number, to: number, above: number): (number | null)[] {
  let [least, largest, at, peak] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, -1];
  for (let step = from; step < to; step += 1) {
    const level = lr[step] as number;
    if (isDrawable(level, above)) {
      if (level < least) {
        [least, at] = [level, step];
      }
      if (level > largest) {
        [largest, peak] = [level, step];
      }
    }
  }
  if (at < 0) {
    return [null, null];
  }
  return at < peak ? [least, largest] : [largest, least];
}
