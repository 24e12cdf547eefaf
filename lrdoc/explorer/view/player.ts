/** Draws the curve step by step, as training goes through it. */

import type { Chart } from "./chart.ts";

const PER_STEP = 60; // milliseconds
const [SHORTEST, LONGEST] = [1500, 6000];

export class Player {
  #frame = 0;
  readonly #chart: Chart;
  readonly #onState: (playing: boolean) => void;

  constructor(chart: Chart, onState: (playing: boolean) => void) {
    this.#chart = chart;
    this.#onState = onState;
  }

  get playing(): boolean {
    return this.#frame !== 0;
  }

  /** Play from the first step. With reduced motion, five stills take the place of the animation. */
  play(): void {
    this.stop();
    const { from, to } = this.#chart.stretch;
    const count = Math.min(to, this.#chart.count) - from;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const whole = Math.min(LONGEST, Math.max(SHORTEST, count * PER_STEP));
    const stride = calm ? Math.max(1, Math.ceil(count / 5)) : 1;
    const start = performance.now();
    const draw = (): void => {
      const share = Math.max(0, performance.now() - start) / whole;
      if (share >= 1) {
        this.stop();
        return;
      }
      const step = from + Math.floor((share * count) / stride) * stride;
      if (step !== this.#chart.pointed) {
        this.#chart.drawTo(step);
      }
      this.#frame = requestAnimationFrame(draw);
    };
    this.#frame = requestAnimationFrame(draw);
    this.#onState(true);
  }

  /** Show the whole curve. */
  stop(): void {
    if (!this.playing) {
      return;
    }
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#chart.drawTo(Number.POSITIVE_INFINITY);
    this.#onState(false);
  }
}
