/** Series for ReduceLROnPlateau to follow. */

import { MOST_IN_TURN } from "../engine/index.ts";
import type { Metric } from "./state.ts";

type Series = (steps: number) => number[];

const over = (steps: number, value: (share: number, step: number) => number): number[] =>
  Array.from({ length: steps }, (_nothing, step) => value(step / Math.max(1, steps - 1), step));

const falling = (share: number): number => 0.3 + 0.7 * Math.exp(-8 * share);

/** A number between -1 and 1 that looks like chance and is the same each time. */
const noise = (step: number): number => 2 * (Math.abs(Math.sin(12.9898 * (step + 1)) * 43758.5453) % 1) - 1;

const SERIES: ReadonlyMap<string, Series> = new Map<string, Series>([
  ["falls", (steps) => over(steps, falling)],
  ["noisy", (steps) => over(steps, (share, step) => falling(share) + 0.05 * noise(step))],
  ["stairs", (steps) => over(steps, (share) => 1 / (1 + Math.floor(5 * share)))],
  ["rises", (steps) => over(steps, (share) => 1 - 0.9 * Math.exp(-8 * share))],
  ["flat", (steps) => over(steps, () => 1)],
]);

/** The names of the presets. */
export const PRESETS: readonly string[] = [...SERIES.keys()];

/** The preset that was asked for last, and its numbers: a slider asks for the same ones at every movement. */
let last: { preset: string; values: readonly number[] } = { preset: "", values: [] };

/** Return the numbers of a metric over so many steps, or over the first of them that can follow it; a preset that is not known is a flat line. */
export function valuesOf(metric: Metric, all: number): readonly number[] {
  const steps = Math.min(all, MOST_IN_TURN);
  if ("values" in metric) {
    return metric.values;
  }
  const { preset } = metric;
  if (last.preset !== preset || last.values.length !== steps) {
    last = { preset, values: (SERIES.get(preset) ?? (SERIES.get("flat") as Series))(steps) };
  }
  return last.values;
}

/** Return a series with the last value held until it has `steps` numbers, or cut to that length. */
export function held(values: readonly number[], steps: number): readonly number[] {
  if (values.length === steps) {
    return values;
  }
  return over(steps, (_share, step) => values[Math.min(step, values.length - 1)] ?? 0);
}

/** Return `values` with a straight stroke of the pen from one point to the next. */
export function stroke(values: readonly number[], from: Point, to: Point): number[] {
  const changed = [...values];
  const [a, b] = from.step <= to.step ? [from, to] : [to, from];
  for (let step = Math.max(0, a.step); step <= Math.min(b.step, changed.length - 1); step += 1) {
    const share = b.step === a.step ? 1 : (step - a.step) / (b.step - a.step);
    changed[step] = a.step === b.step ? to.value : a.value + share * (b.value - a.value);
  }
  return changed;
}

export interface Point {
  step: number;
  value: number;
}
