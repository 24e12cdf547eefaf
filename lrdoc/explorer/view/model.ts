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

interface Answer {
  readonly question: Question;
  readonly looked: Looked;
  /** Whether the curves have all their steps. */
  readonly whole: boolean;
}

/** While the state changes, the engine is asked for the learning rates of at most so many steps: more than a chart has pixels. */
const PLACES = 2_000;
const MOST_ANSWERS = 3;
/** Milliseconds without a change after which it is asked for all of them. */
const REST = 150;

/**
 * Keeps the state, and has it shown at most once per frame; the code of each state is parsed and run once.
 * After the last of many changes it is run once more where curves lack steps.
 */
export class Model {
  state: State;
  /** The last questions to the engine, with its answers: of the present state, of one that is tried, and of the pinned curve. */
  #answers: readonly Answer[] = [];
  #good: readonly Line[] = [];
  #goodSteps = 1;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #frame: "idle" | "shown" | "waiting" = "idle";
  readonly #render: (result: Result) => void;
  readonly #pointed: () => number | null;

  /** `pointed` tells the step that the reader points at, whose learning rate is always asked for. */
  constructor(initial: State, render: (result: Result) => void, pointed: () => number | null) {
    this.state = initial;
    this.#render = render;
    this.#pointed = pointed;
  }

  /** What the engine makes of the present state. */
  get looked(): Looked {
    return this.#ask(this.state).looked;
  }

  /** Return what the engine would make of the state with a part of it changed. */
  tried(part: Partial<State>): Looked {
    return this.#ask({ ...this.state, ...part }).looked;
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
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.complete(), REST);
  }

  /** Show all steps of the curves, if some are not computed yet and they are not too many. */
  complete(): void {
    clearTimeout(this.#rest);
    this.settle();
    if (this.state.steps > LIMITS.steps) {
      return;
    }
    const shown = this.#questions.map((question) => this.#ask(question));
    if (shown.some(({ whole }) => !whole)) {
      for (const { question } of shown) {
        this.#ask(question, true);
      }
      this.#render(this.#result());
    }
  }

  /** What the curves that are shown answer. */
  get #questions(): Question[] {
    const { pin, steps } = this.state;
    return pin === null ? [this.state] : [this.state, { ...pin, steps }];
  }

  #next(): void {
    const again = this.#frame === "waiting";
    this.#frame = "idle";
    if (again) {
      this.show();
    }
  }

  /** Return the engine's answer; `whole` asks for all steps. */
  #ask({ code, lr, metric, names, steps }: Question, whole = steps <= PLACES): Answer {
    const question = { code, lr, metric, names, steps };
    const known = this.#answers.find((answer) => isSame(answer.question, question));
    const isKnown = known !== undefined && (known.whole || !whole);
    const answer = isKnown ? known : answerTo(question, whole ? [] : placesOf(steps, this.#pointed()));
    this.#answers = [answer, ...this.#answers.filter((one) => one !== known)].slice(0, MOST_ANSWERS);
    return answer;
  }

  #result(): Result {
    const { state } = this;
    const { curves: found, errors } = this.looked;
    const curves = found.filter(({ lr }) => lr.length > 0); // one that fails at step 0 has nothing to show
    const stale = curves.length === 0 && this.#good.length > 0;
    if (!stale) {
      [this.#good, this.#goodSteps] = [curves.map(lineFor), state.steps];
    }
    const metric = curves.some((curve) => curve.metric) || /\bReduceLROnPlateau\b/.test(state.code);
    return {
      lines: this.#good,
      steps: this.#goodSteps,
      stale,
      pinned: this.#pinned(),
      problems: errors.slice(0, LIMITS.problems),
      metric,
    };
  }

  #pinned(): Line | null {
    const [, pinned] = this.#questions;
    const [curve] = pinned === undefined ? [] : this.#ask(pinned).looked.curves;
    return curve === undefined || curve.lr.length === 0 ? null : { ...lineFor(curve), label: text("pinned") };
  }
}

/** Return a curve as a line of the chart; that of a param group has the group in its label. */
function lineFor({ label, lr, places, group }: Curve): Line {
  const named = group === undefined ? label : `${label} [${group.label}]`;
  return { label: named, lr, ...(places === undefined ? {} : { places }) };
}

function isSame(one: Question, other: Question): boolean {
  return (["code", "lr", "metric", "names", "steps"] as const).every((part) => one[part] === other[part]);
}

function answerTo(question: Question, places: readonly number[]): Answer {
  const { code, lr, metric, names, steps } = question;
  const options = { lr, steps, names, metrics: valuesOf(metric, steps), places };
  const looked = measured("lrdoc:engine", () => look(code, options));
  return { question, looked, whole: looked.curves.every((curve) => curve.places === undefined) };
}

/** The evenly spaced steps that were asked for last: a slider asks for the same ones at every movement. */
let evenly: { readonly steps: number; readonly places: readonly number[] } = { steps: 0, places: [] };

/** Return `PLACES` of so many steps, evenly spaced from the first to the last, and `also`. */
export function placesOf(steps: number, also: number | null): readonly number[] {
  if (evenly.steps !== steps) {
    const places = Array.from({ length: PLACES }, (_nothing, at) => Math.round((at * (steps - 1)) / (PLACES - 1)));
    evenly = { steps, places };
  }
  const { places } = evenly;
  if (also === null || also >= steps || places.includes(also)) {
    return places;
  }
  return [...places, also].sort((a, b) => a - b);
}

/** Run `act` and report its duration to performance observers; no entry is kept. */
export function measured<T>(name: string, act: () => T): T {
  const start = performance.now();
  const result = act();
  performance.measure(name, { start, end: performance.now() });
  performance.clearMeasures(name);
  return result;
}
