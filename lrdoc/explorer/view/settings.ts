/** The settings of the training: base learning rate and number of steps. */

import { literal, type Problem, type Reading, replace } from "../engine/index.ts";
import { element, hide } from "./dom.ts";
import { NumberField } from "./fields.ts";
import { including, logNotches, stepNotches } from "./scales.ts";
import { readSteps } from "./share.ts";
import { LIMITS, type State } from "./state.ts";
import { said, text } from "./strings.ts";

const RATES = logNotches(1e-5, 10);
const COUNTS = stepNotches(LIMITS.steps);

/** Tell whether a problem concerns the base learning rate: of the first optimizer that the code makes, else of the assumed one. */
export function blamesLr({ from, to, oneflow }: Problem, { optimizers }: Reading): boolean {
  const [optimizer] = optimizers;
  if (optimizer === undefined) {
    return oneflow && from === 0 && to === 0;
  }
  const { lr } = optimizer;
  return lr.given && lr.literal && lr.span.from === from && lr.span.to === to;
}

export class Settings {
  readonly root: HTMLElement;
  readonly #lr: NumberField;
  readonly #steps: NumberField;
  #reading: Reading | undefined;
  #state: State | undefined;
  readonly #change: (part: Partial<State>) => void;
  readonly #settle: () => void;

  /** `settle` is called before a change: it shows what has not been shown yet. */
  constructor(change: (part: Partial<State>) => void, settle: () => void) {
    this.#change = change;
    this.#settle = settle;
    this.#lr = new NumberField("lr", text("baseLr"), RATES, false, (value) => this.#setLr(value));
    this.#steps = new NumberField("steps", text("steps"), COUNTS, true, (value) => this.#setSteps(value));
    const legend = element("legend", {}, text("training"));
    this.root = element("fieldset", { class: "lr-group" }, legend, this.#lr.root, this.#steps.root);
  }

  show(state: State, reading: Reading, problems: readonly Problem[]): void {
    this.#state = state;
    this.#reading = reading;
    const optimizer = reading.optimizers[0];
    const given = optimizer?.lr.value;
    // A learning rate that the code computes is changed by the names in it; writing a number would take their place.
    hide(this.#lr.root, optimizer?.lr.given === true && !optimizer.lr.literal);
    const lr = typeof given === "number" ? given : reading.optimizers.length > 0 ? undefined : state.lr;
    this.#lr.rescale(including(lr, RATES));
    this.#lr.show(lr);
    const refused = problems.find((problem) => blamesLr(problem, reading));
    this.#lr.blame(refused === undefined ? "" : said(refused));
    this.#steps.rescale(including(state.steps, COUNTS));
    this.#steps.show(state.steps);
  }

  /** Say what is wrong with the number of steps; nothing, if `message` is empty. */
  blameSteps(message: string): void {
    this.#steps.blame(message);
  }

  #setLr(value: number): void {
    this.#settle();
    const written = this.#reading?.optimizers[0]?.lr;
    if (written === undefined || this.#state === undefined) {
      this.#change({ lr: value });
    } else {
      const source = literal(value, true);
      this.#change({ code: replace(this.#state.code, written.span, written.given ? source : `, lr=${source}`) });
    }
  }

  #setSteps(value: number): void {
    this.#settle();
    const steps = readSteps(String(value));
    this.#steps.blame(steps === null ? text("stepsRange", { most: LIMITS.steps }) : "");
    if (steps !== null) {
      this.#change({ steps });
    }
  }
}
