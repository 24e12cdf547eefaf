/** The chooser: a training in the reader's words, and its schedule as a curve, as counts and as code. */

import type { Problem } from "../engine/index.ts";
import { copy } from "./clipboard.ts";
import { codeBox, copyButton } from "./codebox.ts";
import { element } from "./dom.ts";
import { BoxField, ChoiceField, type Field, ListField, type Range, SwitchField } from "./fields.ts";
import { Model, type Result } from "./model.ts";
import { addressOfPage } from "./notes.ts";
import { readNumbers } from "./numbers.ts";
import { elsewhere } from "./share.ts";
import { Stage } from "./stage.ts";
import { LIMITS, type State } from "./state.ts";
import { said, text } from "./strings.ts";
import {
  drawnCode,
  EXAMPLE,
  isDropping,
  lengthOf,
  recipeOf,
  SHAPES,
  type Shape,
  type Training,
  UNITS,
  type Unit,
  writtenCode,
} from "./training.ts";

/** What the number boxes take. */
const RANGES = {
  epochs: { least: 1, most: 100_000 },
  images: { least: 1, most: 1_000_000_000 },
  batchSize: { least: 1, most: 1_000_000 },
  processes: { least: 1, most: 100_000 },
  accumulation: { least: 1, most: 100_000 },
  lr: { least: 1e-12, most: 1e6, fractions: true },
  warmup: { least: 0, most: 1_000_000_000 },
  end: { least: 0, most: 100, fractions: true },
  decay: { least: 1, most: 100 },
} as const satisfies Record<string, Range>;

/** The shapes that end at a part of the learning rate. */
const ENDING: readonly Shape[] = ["cosine", "linear", "stable"];

/** Fill an element with the chooser. */
export class Chooser {
  #training = EXAMPLE;
  readonly #model: Model;
  readonly #stage: Stage = new Stage(null, () => this.#model.resight());
  readonly #total = element("p", { class: "lr-total", "aria-live": "polite" });
  readonly #problem = element("p", { class: "lr-problem", "aria-live": "polite" });
  readonly #editor = codeBox(() => undefined);
  readonly #recipe = element("a", { href: "" });
  readonly #playground = element("a", { class: "lr-open", href: "" }, text("openThere"));
  readonly #boxes: ReadonlyMap<keyof typeof RANGES, BoxField>;
  readonly #unit: ChoiceField;
  readonly #shape: ChoiceField;
  readonly #mode: ChoiceField;
  readonly #dropLast: SwitchField;
  readonly #milestones: ListField;

  constructor(host: HTMLElement) {
    this.#boxes = new Map(
      Object.entries(RANGES).map(([name, range]) => {
        const key = name as keyof typeof RANGES;
        return [key, new BoxField(text(`chooser_${name}`), range, (value) => this.#set({ [key]: value }))] as const;
      }),
    );
    const units = UNITS.map((unit) => [unit, text(`chooserUnit_${unit}`)] as const);
    this.#unit = new ChoiceField(text("chooserUnit"), "", units, (unit) => this.#set({ unit: unit as Unit }));
    const shapes = SHAPES.map((shape) => [shape, text(`chooserShape_${shape}`)] as const);
    this.#shape = new ChoiceField(text("chooserShape"), "", shapes, (shape) => this.#set({ shape: shape as Shape }));
    const modes = ["eager", "graph"].map((mode) => [mode, text(`chooserMode_${mode}`)] as const);
    this.#mode = new ChoiceField(text("chooserMode"), "", modes, (mode) => this.#set({ graph: mode === "graph" }));
    this.#dropLast = new SwitchField(text("chooserDropLast"), "", (dropLast) => this.#set({ dropLast }));
    this.#milestones = new ListField(
      text("chooserMilestones"),
      "",
      (milestones) => this.#set({ milestones }),
      readMilestones,
      "chooserEpochs",
    );
    this.#model = new Model(
      stateOf(this.#training),
      (result) => this.#render(result),
      () => ({ pointed: this.#stage.chart.pointed, stretch: this.#stage.chart.stretch }),
    );
    this.#assemble(host);
    this.#model.showWhole(); // the words below the curve are there from the first
  }

  /** The code is written anew by every choice: what was typed there before the script came is left. */
  write(): void {
    this.#model.show();
  }

  #assemble(host: HTMLElement): void {
    const box = this.#editor.root.querySelector("textarea");
    box?.setAttribute("readonly", "");
    const buttons = element(
      "div",
      { class: "lr-buttons" },
      copyButton(text("copyCode"), () => writtenCode(this.#training), copy),
      this.#playground,
    );
    const names = element("p", { class: "lr-hint" }, text("chooserRecipe", { recipe: "" }), this.#recipe);
    this.#stage.root.append(this.#total, this.#problem); // which stay in sight with the chart
    this.#shape.root.classList.add("lr-wide");
    this.#milestones.root.classList.add("lr-wide");
    const shown = element("div", { class: "lr-shown" }, this.#stage.root);
    const bound = element("div", { class: "lr-bound" }, this.#length(), this.#schedule());
    host.replaceChildren(
      element(
        "div",
        { class: "lr-chooser" },
        element("div", { class: "lr-columns" }, shown, bound),
        this.#stage.words,
        element("div", { class: "lr-side" }, this.#editor.root, buttons, names),
      ),
    );
  }

  #length(): HTMLElement {
    const names = ["epochs", "images", "batchSize", "processes", "accumulation"] as const;
    return group("chooserLength", ...names.map((name) => this.#box(name)), this.#mode, this.#dropLast);
  }

  #schedule(): HTMLElement {
    const fields = [
      this.#box("lr"),
      this.#box("warmup"),
      this.#unit,
      this.#shape,
      this.#box("end"),
      this.#box("decay"),
    ];
    return group("chooserSchedule", ...fields, this.#milestones);
  }

  #box(name: keyof typeof RANGES): BoxField {
    return this.#boxes.get(name) as BoxField;
  }

  #set(part: Partial<Training>): void {
    this.#training = { ...this.#training, ...part };
    this.#model.change(stateOf(this.#training));
  }

  #render({ lines, steps, problems, stale }: Result): void {
    const [training, length] = [this.#training, lengthOf(this.#training)];
    this.#stage.draw(length.total === 0 ? [] : lines, steps, false, stale);
    const counts = Object.fromEntries(
      Object.entries({ ...length, epochs: training.epochs }).map(([name, count]) => [name, counted(count)]),
    );
    this.#total.textContent = text(training.graph ? "chooserTotalGraph" : "chooserTotal", counts);
    this.#problem.textContent = length.total === 0 ? text("chooserNothing") : problems.slice(0, 1).map(told).join();
    this.#editor.show(writtenCode(training));
    this.#show(training);
  }

  #show(training: Training): void {
    for (const [name, box] of this.#boxes) {
      box.show(training[name]);
    }
    this.#unit.show(training.unit);
    this.#shape.show(training.shape);
    this.#mode.show(training.graph ? "graph" : "eager");
    this.#dropLast.show(isDropping(training));
    this.#dropLast.enable(!training.graph);
    this.#milestones.show(training.milestones);
    this.#box("end").root.hidden = !ENDING.includes(training.shape);
    this.#box("decay").root.hidden = training.shape !== "stable";
    this.#milestones.root.hidden = training.shape !== "steps";
    const recipe = recipeOf(training);
    this.#recipe.textContent = recipe;
    this.#recipe.setAttribute("href", addressOfPage(`recipes/${recipe}`));
    this.#playground.setAttribute("href", addressOfPlayground(training));
  }
}

function group(legend: string, ...fields: Field<never>[]): HTMLElement {
  return element(
    "fieldset",
    { class: "lr-group" },
    element("legend", {}, text(legend)),
    ...fields.map(({ root }) => root),
  );
}

/** Return what the engine is asked: the learning rate of every update. */
function stateOf(training: Training): State {
  const steps = Math.max(1, lengthOf(training).total);
  return {
    code: drawnCode(training),
    lr: training.lr,
    steps,
    metric: { preset: "falls" },
    names: {},
    log: false,
    pins: [],
  };
}

/** Return the address that opens the code in the playground. */
function addressOfPlayground(training: Training): string {
  return elsewhere({ ...stateOf(training), code: writtenCode(training) });
}

/** Return what is wrong, in the words of the recipe. */
function told(problem: Problem): string {
  return problem.key === "isSteps" ? text("chooserUndrawn", { most: counted(LIMITS.steps) }) : said(problem);
}

function counted(count: number): string {
  return count.toLocaleString("en");
}

/** Read epochs, one after the other; `null` where they are none. */
function readMilestones(source: string): number[] | null {
  const values = readNumbers(source);
  const isRising = values?.every((value, at) => Number.isInteger(value) && value > (values[at - 1] ?? 0));
  return values !== null && values.length > 0 && isRising === true ? values : null;
}
