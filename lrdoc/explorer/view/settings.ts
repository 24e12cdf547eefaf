/** The settings of the training: base learning rate, number of steps, values of names. */

import { type Given, literal, type Problem, type Reading, replace } from "../engine/index.ts";
import { element } from "./dom.ts";
import { logScale, NumberField } from "./fields.ts";
import { readSteps } from "./share.ts";
import { LIMITS, type State } from "./state.ts";
import { said, text } from "./strings.ts";

/** Return the names that have, or need, a value, in the order in which the code has them. */
function namesOf({ code, names }: State, reading: Reading): string[] {
  const at = (name: string): number => code.search(new RegExp(`(?<![\\w.])${name}(?!\\w)`));
  const given = Object.keys(names).filter((name) => at(name) >= 0);
  return [...new Set([...given, ...reading.asks.map((ask) => ask.name)])]
    .sort((a, b) => at(a) - at(b))
    .slice(0, LIMITS.names);
}

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
  readonly #names = element("div", { class: "lr-names" });
  readonly #values = new Map<string, NumberField>();
  #reading: Reading | undefined;
  #state: State | undefined;
  readonly #change: (part: Partial<State>) => void;

  constructor(change: (part: Partial<State>) => void) {
    this.#change = change;
    this.#lr = new NumberField("lr", text("baseLr"), logScale(1e-5, 10, 3, 0.01), (value) => this.#setLr(value));
    this.#steps = new NumberField("steps", text("steps"), logScale(10, 10_000, 2, 1), (value) => this.#setSteps(value));
    const legend = element("legend", {}, text("training"));
    this.root = element("fieldset", { class: "lr-group" }, legend, this.#lr.root, this.#steps.root, this.#names);
  }

  show(state: State, reading: Reading, problems: readonly Problem[]): void {
    this.#state = state;
    this.#reading = reading;
    const optimizer = reading.optimizers[0];
    const given = optimizer?.lr.value;
    // A learning rate that the code computes is changed by the names in it; writing a number would take their place.
    this.#lr.root.hidden = optimizer?.lr.given === true && !optimizer.lr.literal;
    this.#lr.show(typeof given === "number" ? given : reading.optimizers.length > 0 ? undefined : state.lr);
    const refused = problems.find((problem) => blamesLr(problem, reading));
    this.#lr.blame(refused === undefined ? "" : said(refused));
    this.#steps.show(state.steps);
    this.#showNames(state, namesOf(state, reading));
  }

  /** Say what is wrong with the number of steps; nothing, if `message` is empty. */
  blameSteps(message: string): void {
    this.#steps.blame(message);
  }

  #setLr(value: number): void {
    const written = this.#reading?.optimizers[0]?.lr;
    if (written === undefined || this.#state === undefined) {
      this.#change({ lr: value });
    } else {
      const source = literal(value, true);
      this.#change({ code: replace(this.#state.code, written.span, written.given ? source : `, lr=${source}`) });
    }
  }

  #setSteps(value: number): void {
    const steps = readSteps(String(value));
    this.#steps.blame(steps === null ? text("stepsRange", { most: LIMITS.steps }) : "");
    if (steps !== null) {
      this.#change({ steps });
    }
  }

  #showNames(state: State, used: readonly string[]): void {
    if (used.join() !== [...this.#values.keys()].join()) {
      this.#values.clear();
      for (const name of used) {
        const scale = logScale(1, 10_000, 2, 1);
        this.#values.set(name, new NumberField(name, text("nameValue"), scale, (value) => this.#setName(name, value)));
      }
      this.#names.replaceChildren(...[...this.#values.values()].map((field) => field.root));
    }
    for (const [name, field] of this.#values) {
      const given = Object.hasOwn(state.names, name) ? state.names[name] : undefined;
      field.show(typeof given === "number" ? given : undefined);
    }
  }

  #setName(name: string, value: number): void {
    const names = Object.assign(Object.create(null), this.#state?.names) as Record<string, Given>;
    names[name] = value;
    this.#change({ names });
  }
}
