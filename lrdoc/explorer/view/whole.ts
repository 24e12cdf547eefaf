/** Computes all steps of curves a slice of time at a time, so that the page stays alive. */

import type { Curve, Options } from "../engine/index.ts";
import type { Looked } from "./model.ts";

/** Computes curves at some steps; `inTurn` is as in the engine's options. */
export type Compute = (part: Pick<Options, "places" | "inTurn">) => Looked;

/** Milliseconds that the page may be busy with a slice. */
const SLICE = 8;
/** The steps of a slice. */
const [FIRST, FEWEST, MOST] = [5_000, 200, 50_000];

/** The computing of all steps of the curves that `draft` has at some steps alone. */
export class Whole {
  readonly #compute: Compute;
  readonly #steps: number;
  readonly #done: (looked: Looked) => void;
  #looked: Looked;
  /** All learning rates of a curve as far as they are computed; null where there is nothing to compute. */
  readonly #rates: (Float64Array | null)[];
  #at = 0;
  #size = FIRST;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(draft: Looked, steps: number, compute: Compute, done: (looked: Looked) => void) {
    this.#looked = draft;
    this.#steps = steps;
    this.#compute = compute;
    this.#done = done;
    this.#rates = draft.curves.map(({ places }) => (places === undefined ? null : new Float64Array(steps)));
    this.#next();
  }

  /** Compute no more. */
  cancel(): void {
    clearTimeout(this.#timer);
  }

  #next(): void {
    this.#timer = setTimeout(() => this.#turn());
  }

  #turn(): void {
    const start = performance.now();
    const to = Math.min(this.#at + this.#size, this.#steps);
    const from = Math.max(1, this.#at);
    const places = [0, ...Array.from({ length: to - from }, (_nothing, index) => from + index)];
    const { curves } = this.#compute({ places, inTurn: false });
    for (const [index, lr] of this.#rates.entries()) {
      const curve = curves[index];
      if (lr !== null && (curve === undefined || curve.places === undefined)) {
        this.#takeInTurn(places);
        break;
      }
      lr?.set((curve as Curve).lr.subarray(1), from);
      lr?.set((curve as Curve).lr.subarray(0, 1));
    }
    this.#at = to;
    const took = Math.max(0.1, performance.now() - start);
    this.#size = Math.max(FEWEST, Math.min(Math.round((this.#size * SLICE) / took), MOST));
    if (to < this.#steps && this.#rates.some((lr) => lr !== null)) {
      this.#next();
    } else {
      this.#done({ ...this.#looked, curves: this.#looked.curves.map((curve, index) => this.#whole(curve, index)) });
    }
  }

  /** Take what can only be computed step by step, as a step of this slice turns out to be such, with what goes wrong there. */
  #takeInTurn(places: readonly number[]): void {
    const found = this.#compute({ places, inTurn: true });
    const curves = this.#looked.curves.map((curve, index) => {
      const now = found.curves[index];
      if (now?.places !== undefined) {
        return curve;
      }
      this.#rates[index] = null;
      return now ?? curve;
    });
    this.#looked = { ...this.#looked, curves, errors: found.errors };
  }

  #whole(curve: Curve, index: number): Curve {
    const lr = this.#rates[index];
    if (lr === null || lr === undefined) {
      return curve;
    }
    const { places: _places, ...rest } = curve;
    return { ...rest, lr };
  }
}
