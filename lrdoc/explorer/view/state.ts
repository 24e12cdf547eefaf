/** What the reader has set: everything that a link carries. */

import { type Given, MOST_CHARACTERS, MOST_STEPS } from "../engine/index.ts";

/** The metric that ReduceLROnPlateau is given: one of the presets, or the reader's own numbers. */
export type Metric = { readonly preset: string } | { readonly values: readonly number[] };

/** A pinned curve, which stays for comparison. */
export interface Pin {
  readonly code: string;
  readonly lr: number;
  readonly metric: Metric;
  /** The values that names had when it was pinned. */
  readonly names: State["names"];
}

export interface State {
  readonly code: string;
  /** The base learning rate, where the code makes no optimizer. */
  readonly lr: number;
  readonly steps: number;
  readonly metric: Metric;
  readonly names: Readonly<Record<string, Given>>;
  readonly log: boolean;
  readonly pins: readonly Pin[];
}

export const LIMITS = {
  /** Characters of code. */
  code: MOST_CHARACTERS,
  /** Steps. */
  steps: MOST_STEPS,
  /** Learning rates of all curves together; of more, some alone are computed. */
  values: 10 * MOST_STEPS,
  /** Numbers of a metric series. */
  metric: 2_000,
  /** Names that are given a value. */
  names: 50,
  /** Characters of a value in a link. */
  value: 1_000,
  /** Curves that are pinned: with the present one, as many as there are colours. */
  pins: 4,
  /** Problems that are listed: one mistake can cause thousands. */
  problems: 20,
  /** Characters of a link's part after the `#`. */
  link: 100_000,
} as const;
