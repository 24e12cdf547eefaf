/** The state, what the engine makes of it, and the last curve that came out right. */

import { type Problem, type Reading, read, trace } from "../engine/index.ts";
import type { Line } from "./chart.ts";
import { valuesOf } from "./metrics.ts";
import { LIMITS, type Pin, type State } from "./state.ts";
import { text } from "./strings.ts";

/** What is to be shown. */
export interface Result {
  /** The curves of the code; of the last code that gave one, if this one gives none. */
  lines: readonly Line[];
  /** The number of steps for which they were computed. */
  steps: number;
  /** Whether they are those of earlier code. */
  stale: boolean;
  pinned: Line | null;
  problems: readonly Problem[];
  /** Whether a curve follows the metric. */
  metric: boolean;
}

/** Keeps the state, and has it shown at most once per frame. */
export class Model {
  state: State;
  reading: Reading;
  #good: readonly Line[] = [];
  #goodSteps = 1;
  #pinnedLine: { key: string; line: Line } | null = null;
  #frame: "idle" | "shown" | "waiting" = "idle";
  readonly #render: (result: Result) => void;

  constructor(initial: State, render: (result: Result) => void) {
    this.state = initial;
    this.reading = read(initial.code, initial.names);
    this.#render = render;
  }

  /** Change a part of the state. */
  change(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    if ("code" in part || "names" in part) {
      this.reading = read(this.state.code, this.state.names);
    }
    // The first change of a frame is shown at once, so that it is painted in that frame; further ones wait for the next.
    if (this.#frame === "idle") {
      this.show();
    } else {
      this.#frame = "waiting";
    }
  }

  /** Compute the curves and show everything. */
  show(): void {
    this.#frame = "shown";
    this.#render(measured("lrdoc:engine", () => this.#result()));
    requestAnimationFrame(() => this.#next());
  }

  #next(): void {
    const again = this.#frame === "waiting";
    this.#frame = "idle";
    if (again) {
      this.show();
    }
  }

  #result(): Result {
    const { state } = this;
    const { curves, errors } = trace(state.code, this.#options(state));
    const stale = curves.length === 0 && this.#good.length > 0;
    if (!stale) {
      [this.#good, this.#goodSteps] = [curves, state.steps];
    }
    const metric = curves.some((curve) => curve.metric) || /\bReduceLROnPlateau\b/.test(state.code);
    return {
      lines: this.#good,
      steps: this.#goodSteps,
      stale,
      pinned: this.#pinned(state.pin),
      problems: errors.slice(0, LIMITS.problems),
      metric,
    };
  }

  #options({ lr, metric, names }: Pin): Parameters<typeof trace>[1] {
    const { steps } = this.state;
    return { lr, steps, names, metrics: valuesOf(metric, steps) };
  }

  #pinned(pin: Pin | null): Line | null {
    if (pin === null) {
      return null;
    }
    const key = JSON.stringify([pin, this.state.steps]);
    if (this.#pinnedLine?.key !== key) {
      const [curve] = trace(pin.code, this.#options(pin)).curves;
      this.#pinnedLine = { key, line: { label: text("pinned"), lr: curve?.lr ?? [] } };
    }
    return this.#pinnedLine.line.lr.length > 0 ? this.#pinnedLine.line : null;
  }
}

/** Run `act` and report its duration to performance observers; no entry is kept. */
export function measured<T>(name: string, act: () => T): T {
  const start = performance.now();
  const result = act();
  performance.measure(name, { start, end: performance.now() });
  performance.clearMeasures(name);
  return result;
}
