/** The state, what the engine makes of it, and the last curve that came out right. */

import { type Curve, look, type Options, type Problem, type Reading, type Traced } from "../engine/index.ts";
import type { Line } from "./chart.ts";
import type { Stretch } from "./columns.ts";
import { parametersOf } from "./compared.ts";
import { held, valuesOf } from "./metrics.ts";
import { LIMITS, type Pin, type State } from "./state.ts";
import { text } from "./strings.ts";
import { Whole } from "./whole.ts";

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
  pinned: readonly Line[];
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

/** What the reader looks at. */
export interface Sight {
  /** The step that the reader points at, whose learning rate is always asked for. */
  readonly pointed: number | null;
  /** The steps that are shown. */
  readonly stretch: Stretch;
}

/** While the state changes, the engine is asked for the learning rates of at most so many steps: more than a chart has pixels. */
const PLACES = 2_000;
const MOST_ANSWERS = 3 + LIMITS.pins;
/** Milliseconds without a change after which it is asked for the others. */
const REST = 150;

/**
 * Keeps the state, and has it shown at most once per frame; the code of each state is parsed and run once.
 * After the last of many changes the steps that curves lack are computed, a slice of time at a time.
 */
export class Model {
  state: State;
  /** The last questions to the engine, with its answers: of the present state, of one that is tried, and of the pinned curves. */
  #answers: readonly Answer[] = [];
  #good: readonly Line[] = [];
  #goodSteps = 1;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #computing: Whole | null = null;
  /** Called when the curves have all their steps. */
  readonly #awaiting: (() => void)[] = [];
  #frame: "idle" | "shown" | "waiting" = "idle";
  readonly #render: (result: Result) => void;
  readonly #sight: () => Sight;

  constructor(initial: State, render: (result: Result) => void, sight: () => Sight) {
    this.state = initial;
    this.#render = render;
    this.#sight = sight;
  }

  /** What the engine makes of the present state. */
  get looked(): Looked {
    return this.#ask(this.state).looked;
  }

  /** Ask the engine now: what is looked at or shown next is known then. */
  compute(): void {
    this.#ask(this.state);
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
    this.#stop();
    this.#rest = setTimeout(() => this.#complete(), REST);
  }

  /** Show everything with all steps at once, however long that takes: for a first sight. */
  showWhole(): void {
    for (const question of this.#questions) {
      this.#ask(question, true);
    }
    this.show();
  }

  /** Show the curves as far as the reader sees them now, where they lack steps. */
  resight(): void {
    if (this.#answers.some(({ whole }) => !whole)) {
      this.#answers = this.#answers.filter(({ whole }) => whole);
      this.settle();
      this.#render(this.#result());
    }
  }

  /** Wait until the curves that are shown have all the steps that they can have. */
  whole(): Promise<void> {
    this.settle();
    return new Promise((done) => {
      this.#awaiting.push(done);
      this.#complete();
    });
  }

  #stop(): void {
    clearTimeout(this.#rest);
    this.#computing?.cancel();
    this.#computing = null;
  }

  /** Compute the steps that the curves lack, of one after the other. */
  #complete(): void {
    this.#stop();
    const lacking = this.#questions.map((question) => this.#ask(question)).find((answer) => !isEnough(answer));
    if (lacking === undefined) {
      for (const done of this.#awaiting.splice(0)) {
        done();
      }
      return;
    }
    const { question, looked } = lacking;
    this.#computing = new Whole(
      looked,
      question.steps,
      (part) => looking(question, part),
      (found) => {
        this.#keep({ question, looked: found, whole: true });
        this.settle();
        this.#render(this.#result());
        this.#complete();
      },
    );
  }

  /** What the curves that are shown answer. */
  get #questions(): Question[] {
    const { pins, steps } = this.state;
    return [this.state, ...pins.map((pin) => ({ ...pin, steps }))];
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
    return this.#keep(isKnown ? known : answerTo(question, whole ? [] : placesOf(steps, this.#sight())));
  }

  #keep(answer: Answer): Answer {
    const others = this.#answers.filter((one) => !isSame(one.question, answer.question));
    this.#answers = [answer, ...others].slice(0, MOST_ANSWERS);
    return answer;
  }

  #result(): Result {
    const { state } = this;
    const { curves: found, errors } = this.looked;
    const curves = found.filter(({ lr }) => lr.length > 0); // one that fails at step 0 has nothing to show
    const stale = curves.length === 0 && this.#good.length > 0;
    if (!stale) {
      this.#good = curves.map((curve) => lineFor(curve, this.looked, state));
      this.#goodSteps = state.steps;
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

  #pinned(): Line[] {
    const [, ...pinned] = this.#questions;
    return pinned.flatMap((question, at) => {
      const { looked } = this.#ask(question);
      const curves = looked.curves.filter(({ lr }) => lr.length > 0);
      const name = pinned.length === 1 ? text("pinned") : text("pinnedAs", { number: at + 1 });
      return curves.map((curve) => {
        const line = lineFor(curve, looked, question);
        return { ...line, label: curves.length === 1 ? name : `${name}: ${line.label}`, pin: { at, name } };
      });
    });
  }
}

/** Return a curve as a line of the chart; that of a param group has the group in its label. */
function lineFor({ label, lr, places, group, call, metric }: Curve, looked: Looked, question: Question): Line {
  const named = group === undefined ? label : `${label} [${group.label}]`;
  const found = looked.schedulers.find(({ from, to }) => from === call.from && to === call.to);
  const told = found && (() => parametersOf(found, question.code, looked, question.lr));
  return {
    label: named,
    lr,
    ...(places === undefined ? {} : { places }),
    ...(told === undefined ? {} : { told }),
    ...(metric ? { metric: () => held(valuesOf(question.metric, question.steps), question.steps) } : {}),
  };
}

function isSame(one: Question, other: Question): boolean {
  return (["code", "lr", "metric", "names", "steps"] as const).every((part) => one[part] === other[part]);
}

function answerTo(question: Question, places: readonly number[]): Answer {
  const looked = measured("lrdoc:engine", () => looking(question, { places }));
  return { question, looked, whole: looked.curves.every((curve) => curve.places === undefined) };
}

function looking(question: Question, part: Pick<Options, "places" | "inTurn">): Looked {
  const { code, lr, metric, names, steps } = question;
  return look(code, { lr, steps, names, metrics: valuesOf(metric, steps), ...part });
}

/** Tell whether no more steps are to be computed: there are all, or they would be too many. */
function isEnough({ question, looked, whole }: Answer): boolean {
  return whole || looked.curves.length * question.steps > LIMITS.values;
}

/** The evenly spaced steps that were asked for last: a slider asks for the same ones at every movement. */
let evenly: { readonly from: number; readonly to: number; readonly places: readonly number[] } = {
  from: 0,
  to: 0,
  places: [],
};

/** Return the steps to ask for, of so many: the first and the last, at most `PLACES` that are evenly spaced over those that are shown, and the one that is pointed at. */
export function placesOf(steps: number, { pointed, stretch }: Sight): readonly number[] {
  const [from, to] = [Math.max(0, Math.min(stretch.from, steps - 1)), Math.min(stretch.to, steps) - 1];
  if (evenly.from !== from || evenly.to !== to) {
    const count = Math.max(1, Math.min(PLACES, to - from + 1));
    const places = Array.from({ length: count }, (_nothing, at) =>
      Math.round(from + (at * (to - from)) / Math.max(1, count - 1)),
    );
    evenly = { from, to, places };
  }
  const { places } = evenly;
  const others = [0, steps - 1, ...(pointed === null || pointed >= steps ? [] : [pointed])];
  const missing = others.filter((step) => !places.includes(step));
  return missing.length === 0 ? places : [...new Set([...places, ...missing])].sort((a, b) => a - b);
}

/** Run `act` and report its duration to performance observers; no entry is kept. */
export function measured<T>(name: string, act: () => T): T {
  const start = performance.now();
  const result = act();
  performance.measure(name, { start, end: performance.now() });
  performance.clearMeasures(name);
  return result;
}
