/** The state, what the engine makes of it, and the last curve that came out right. */

import { type Curve, look, type Problem, type Reading, type Traced } from "../engine/index.ts";
import type { Line } from "./chart.ts";
import { valuesOf } from "./metrics.ts";
import { LIMITS, type Pin, type State } from "./state.ts";
import { text } from "./strings.ts";

/** What the engine makes of a state. */
export type Looked = Reading & Traced;

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

/** The parts of a state that the engine is given. */
type Question = Pin & Pick<State, "steps">;

/** Keeps the state, and has it shown at most once per frame; the code of each state is parsed and run once. */
export class Model {
  state: State;
  /** The last two questions to the engine, with its answers: of the present state, and of one that is tried. */
  #answers: { question: Question; looked: Looked }[] = [];
  #good: readonly Line[] = [];
  #goodSteps = 1;
  #pinnedLine: { question: Question; line: Line } | null = null;
  #frame: "idle" | "shown" | "waiting" = "idle";
  readonly #render: (result: Result) => void;

  constructor(initial: State, render: (result: Result) => void) {
    this.state = initial;
    this.#render = render;
  }

  /** What the engine makes of the present state. */
  get looked(): Looked {
    return this.#ask(this.state);
  }

  /** Return what the engine would make of the state with a part of it changed. */
  tried(part: Partial<State>): Looked {
    return this.#ask({ ...this.state, ...part });
  }

  /** Change a part of the state. */
  change(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    // The first change of a frame is shown at once, so that it is painted in that frame; further ones wait for the next.
    if (this.#frame === "idle") {
      this.show();
    } else {
      this.#frame = "waiting";
    }
  }

  /** Show a change that waits: what is shown then belongs to the present state. */
  settle(): void {
    if (this.#frame === "waiting") {
      this.#frame = "shown";
      this.#render(this.#result());
    }
  }

  /** Compute the curves and show everything. */
  show(): void {
    this.#frame = "shown";
    this.#render(this.#result());
    requestAnimationFrame(() => this.#next());
  }

  #next(): void {
    const again = this.#frame === "waiting";
    this.#frame = "idle";
    if (again) {
      this.show();
    }
  }

  #ask({ code, lr, metric, names, steps }: Question): Looked {
    const question = { code, lr, metric, names, steps };
    const known = this.#answers.find((answer) => isSame(answer.question, question));
    if (known !== undefined) {
      return known.looked;
    }
    const looked = answerTo(question);
    this.#answers = [{ question, looked }, ...this.#answers].slice(0, 2);
    return looked;
  }

  #result(): Result {
    const { state } = this;
    const { errors } = this.looked;
    const curves = this.looked.curves.filter(({ lr }) => lr.length > 0); // one that fails at step 0 has nothing to show
    const stale = curves.length === 0 && this.#good.length > 0;
    if (!stale) {
      [this.#good, this.#goodSteps] = [curves.map(lineFor), state.steps];
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

  #pinned(pin: Pin | null): Line | null {
    if (pin === null) {
      return null;
    }
    const question = { ...pin, steps: this.state.steps };
    if (this.#pinnedLine === null || !isSame(this.#pinnedLine.question, question)) {
      const known = this.#answers.find((answer) => isSame(answer.question, question));
      const [curve] = (known?.looked ?? answerTo(question)).curves;
      this.#pinnedLine = { question, line: { label: text("pinned"), lr: curve?.lr ?? [] } };
    }
    return this.#pinnedLine.line.lr.length > 0 ? this.#pinnedLine.line : null;
  }
}

/** Return a curve as a line of the chart; that of a param group has the group in its label. */
function lineFor({ label, lr, group }: Curve): Line {
  return { label: group === undefined ? label : `${label} [${group.label}]`, lr };
}

function isSame(one: Question, other: Question): boolean {
  return (["code", "lr", "metric", "names", "steps"] as const).every((part) => one[part] === other[part]);
}

function answerTo({ code, lr, metric, names, steps }: Question): Looked {
  return measured("lrdoc:engine", () => look(code, { lr, steps, names, metrics: valuesOf(metric, steps) }));
}

/** Run `act` and report its duration to performance observers; no entry is kept. */
export function measured<T>(name: string, act: () => T): T {
  const start = performance.now();
  const result = act();
  performance.measure(name, { start, end: performance.now() });
  performance.clearMeasures(name);
  return result;
}
