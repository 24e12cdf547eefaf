/** What sliders go over: the values that they stop at, which suit what a value is, the learning rate and the number of steps. */

import type { NumericParameter } from "../engine/index.ts";

/** The values at which a slider stops, in rising order; at least one. */
export type Notches = readonly number[];

/** What the range of a slider follows. */
export interface Surroundings {
  /** The base learning rate. */
  readonly lr: number;
  readonly steps: number;
}

/** Stops between a power of ten and the next. */
const COARSE = [1, 2, 5];
const FINE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
/** About so many stops of a slider can be told from each other by hand. */
const STOPS = 200;
/** From so large a ratio of its ends on, a range is gone through in powers of ten. */
const WIDE = 1_000;
/** Below this share of the learning rate, rates are gone through in powers of ten. */
const LOW_SHARE = 0.01;
const LARGEST_RATE = 1e300;
const [LEAST_POWER, LARGEST_POWER] = [-323, 308];

/** Return the notches 1, 2 and 5 of each power of ten between two positive numbers, and these themselves; `digits` are others than these three. */
export function logNotches(low: number, high: number, digits: readonly number[] = COARSE): Notches {
  const notches: number[] = [];
  const last = Math.min(Math.floor(Math.log10(high)), LARGEST_POWER);
  for (let power = Math.max(Math.floor(Math.log10(low)), LEAST_POWER); power <= last; power += 1) {
    notches.push(...digits.map((digit) => Number(`${digit}e${power}`)));
  }
  return [low, ...notches.filter((value) => value > low && value < high), ...(high > low ? [high] : [])];
}

/** Return the notches of the number of steps. */
export function stepNotches(most: number): Notches {
  return logNotches(10, most, FINE);
}

/** Return multiples of a number of the form 1, 2 or 5 times a power of ten between two numbers, and these themselves. */
export function evenNotches(low: number, high: number, least = 0): Notches {
  const distance = Math.max(least, roundUp((high - low) / STOPS));
  const notches = [low];
  for (let index = Math.floor(low / distance) + 1; index * distance < high; index += 1) {
    notches.push(rounded(index * distance));
  }
  return high > low ? [...notches, high] : notches;
}

/** Return the next number that is 1, 2 or 5 times a power of ten; 1 for what is not positive. */
function roundUp(value: number): number {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    return 1;
  }
  const power = Math.floor(Math.log10(value));
  const digit = [1, 2, 5, 10].find((one) => one * 10 ** power >= value * (1 - 1e-9)) as number;
  return Number(`${digit}e${power}`);
}

/** Return a number without the last digits, in which a float differs from what is written. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** Return notches that reach to a value, which may lie beyond them. */
export function including(value: number | undefined, notches: Notches): Notches {
  const [low, high] = [notches[0] as number, notches.at(-1) as number];
  if (value === undefined || !Number.isFinite(value) || (value >= low && value <= high)) {
    return notches;
  }
  // A round end stays where it is while the value is moved away from it.
  return value < low ? [value, ...notches] : [...notches, roundUp(value)];
}

/** Return the notches for the values of a parameter that are worth seeing. */
export function notchesFor(parameter: NumericParameter, { lr, steps }: Surroundings): Notches {
  const { kind, usual, minimum = usual[0], maximum = usual[1], open = false } = parameter;
  const [low, high] = [Math.min(usual[0], minimum), Math.max(usual[1], maximum)];
  switch (kind) {
    case "steps":
      return evenNotches(low, Math.max(high, steps), 1);
    case "count":
      return evenNotches(low, high, 1);
    case "rate":
      return rateNotches(lr, open, high);
    case "decay":
      return decayNotches(steps, high, open);
    case "margin":
      return [0, ...powers(-12, Math.round(Math.log10(high)))];
    case "real":
      return usual[0] > 0 && usual[1] / usual[0] >= WIDE ? logNotches(usual[0], high) : realNotches(low, high, open);
  }
}

function realNotches(low: number, high: number, open: boolean): Notches {
  const notches = evenNotches(low, high);
  return open ? notches.slice(1) : notches;
}

/** Return shares of a learning rate from none to twice, in hundredths, and below those in powers of ten. */
function rateNotches(lr: number, open: boolean, high: number): Notches {
  if (!(lr > 0 && lr < LARGEST_RATE)) {
    const rates = logNotches(1e-6, high);
    return open ? rates : [0, ...rates];
  }
  const shares = [...logNotches(1e-4, LOW_SHARE), ...evenNotches(LOW_SHARE, 2).slice(1)];
  const rates = shares.map((share) => rounded(share * lr));
  return open ? rates : [0, ...rates];
}

/** Return factors that are applied at many steps: the nearer to one, the finer, as many steps need. */
function decayNotches(steps: number, high: number, open: boolean): Notches {
  const nines = Math.max(3, Math.ceil(Math.log10(steps)));
  const notches = range(open ? 1 : 0, 90, 0.01);
  notches.push(...range(451, 495, 0.002));
  for (let nine = 2; nine < nines; nine += 1) {
    const distance = Number(`5e-${nine + 2}`);
    const to = Math.round((1 - Number(`1e-${nine + 1}`)) / distance);
    notches.push(...range(to - 17, to, distance));
  }
  return [...notches, ...range(100, Math.round(100 * high), 0.01)];
}

function range(first: number, last: number, distance: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_nothing, index) =>
    rounded((first + index) * distance),
  );
}

function powers(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_nothing, index) => Number(`1e${low + index}`));
}

/** Return where on a slider a value is: the index of its notch, and between two of them the share of the way. */
export function placeOf(value: number, notches: Notches): number {
  const above = notches.findIndex((notch) => notch >= value);
  if (above <= 0) {
    return above === 0 ? 0 : notches.length - 1;
  }
  const [from, to] = [notches[above - 1] as number, notches[above] as number];
  return above - 1 + (value - from) / (to - from);
}

/** Return the notch that a slider comes to which is moved from one position to another: the nearest, and where `held` is false at least the next. */
export function notchAt(to: number, from: number, notches: Notches, held: boolean): number {
  const nearest = Math.round(to);
  const least = to > from ? Math.floor(from) + 1 : Math.ceil(from) - 1;
  const at = held ? nearest : to > from ? Math.max(nearest, least) : Math.min(nearest, least);
  return notches[Math.max(0, Math.min(at, notches.length - 1))] as number;
}

/** Return the distance of a number box's arrows at a value: of a real number a tenth or so, of a count one. */
export function arrowsAt(value: number | undefined, whole: boolean): number {
  const size = Math.abs(value ?? 0);
  if (whole) {
    return 1;
  }
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) {
    return 0.01;
  }
  const power = Math.floor(Math.log10(size) + 1e-9);
  return Number(`1e${Math.max(LEAST_POWER, size < 2 * 10 ** power ? power - 1 : power)}`);
}
