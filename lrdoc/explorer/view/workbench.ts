/** The whole tool: chart, buttons, controls and code, bound to one state, which the address holds. */

import { type Call, setArgument } from "../engine/index.ts";
import { once } from "../engine/once.ts";
import { Asked } from "./asked.ts";
import type { Line } from "./chart.ts";
import { copy } from "./clipboard.ts";
import type { Editor } from "./codebox.ts";
import { copyButton, Problems } from "./codebox.ts";
import { Compared, type Row } from "./compared.ts";
import { Controls } from "./controls.ts";
import { element, hide } from "./dom.ts";
import { wayBack } from "./embed.ts";
import type { Example } from "./examples.ts";
import { ChoiceField } from "./fields.ts";
import { MetricPanel } from "./metricpanel.ts";
import { Model, measured, type Result } from "./model.ts";
import { Notes } from "./notes.ts";
import { isBeyond, proposedSteps } from "./proposed.ts";
import { runnable } from "./runnable.ts";
import { blamesLr, Settings } from "./settings.ts";
import { elsewhere, fromHash, isLink, toHash } from "./share.ts";
import { Stage } from "./stage.ts";
import { LIMITS, type State } from "./state.ts";
import { said, text } from "./strings.ts";
import { Toolbar } from "./toolbar.ts";

/** What a page has with its code in place of a button that copies it: the buttons under it, and below them a place for what they show. */
export interface Aside {
  readonly buttons: readonly HTMLElement[];
  readonly root: HTMLElement;
  /** The state may have changed. */
  refresh(state: State): void;
}

export interface Plan {
  /** At least one; the first is what is shown without a link. */
  examples: readonly Example[];
  editor: (onEdit: (code: string) => void) => Editor;
  /** The beginning of the names of saved files. */
  name: string;
  /** Whether there is a control for each parameter. */
  controls: boolean;
  aside?: (state: () => State) => Aside;
}

/** The choice that stands for code which is none of the examples. */
const OWN = "-1";

/** Milliseconds from the last change to the writing of the address. */
const LATER = 300;

export class Workbench {
  readonly #model: Model;
  readonly #stage: Stage;
  readonly #toolbar: Toolbar;
  readonly #controls: Controls;
  readonly #settings: Settings;
  readonly #metric: MetricPanel;
  readonly #editor: () => Editor;
  readonly #problems = new Problems();
  readonly #asked: Asked;
  readonly #notes = new Notes();
  readonly #compared = new Compared((pin) => this.#unpin(pin));
  readonly #aside: Aside | undefined;
  readonly #stale = element("p", { class: "lr-note", hidden: true, role: "status" }, text("stale"));
  readonly #bound = element("div", { class: "lr-bound" });
  readonly #examples: ChoiceField;
  readonly #initial: State;
  readonly #plan: Plan;
  #refused: readonly string[] = [];
  /** What the last Reset took away, as long as nothing else is changed: the state, and whether its number of steps was set. */
  #before: readonly [State, boolean] | null = null;
  /** Whether the reader, or who made the link, has set the number of steps. */
  #hasSteps = false;
  #shown: readonly Line[] = [];
  /** The number of steps of what is shown. */
  #steps = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#initial = (plan.examples[0] as Example).state;
    const example = this.#initial.metric;
    this.#metric = new MetricPanel("values" in example ? example.values : undefined, (metric) =>
      this.#change({ metric }),
    );
    this.#stage = new Stage(this.#metric.chart, () => this.#model.resight());
    this.#model = new Model(
      this.#initial,
      (result) => this.#render(result),
      () => ({ pointed: this.#stage.chart.pointed, stretch: this.#stage.chart.stretch }),
    );
    this.#toolbar = new Toolbar(this.#stage, {
      pin: () => this.#pin(),
      log: () => this.#change({ log: !this.#model.state.log }),
      reset: () => this.#reset(),
      link: () => this.#link(),
      lines: () => this.#whole(),
      steps: () => this.#steps,
      isLog: () => this.#model.state.log,
      name: plan.name,
    });
    // A control that is set twice in a frame changes the code that its first setting made.
    const settle = (): void => this.#model.settle();
    this.#controls = new Controls((call, parameter, source) => this.#setArgument(call, parameter, source), settle);
    this.#asked = new Asked((part) => {
      this.#change(part);
      this.#propose();
    }, settle);
    this.#aside = plan.aside?.(() => this.#model.state);
    this.#settings = new Settings((part) => {
      this.#hasSteps ||= part.steps !== undefined;
      this.#change(part);
    }, settle);
    this.#editor = once(() => plan.editor((code) => this.#edit(code)));
    const choices = [
      [OWN, text("exampleOwn")] as const,
      ...plan.examples.map(({ label }, index) => [String(index), label] as const),
    ];
    this.#examples = new ChoiceField(text("example"), "", choices, (index) => this.#choose(Number(index)));
  }

  /** Compute the first curves, unless a link will ask for others. */
  compute(): void {
    if (!isLink(location.hash)) {
      this.#model.compute();
    }
  }

  /** Make the editor. */
  makeEditor(): void {
    this.#editor();
  }

  /** Write the first code into the editor. */
  fillEditor(): void {
    this.#editor().show(this.#model.state.code);
  }

  /** Fill an element with the tool. */
  begin(host: HTMLElement): this {
    this.#assemble(host);
    this.#follow();
    this.#model.show();
    if (isLink(location.hash) && this.#plan.controls) {
      host.scrollIntoView({ behavior: "instant" }); // the playground is a page of its own, from its title on
    }
    addEventListener("hashchange", () => this.#follow());
    return this;
  }

  /** Take code as if the reader had typed it. */
  write(code: string): void {
    this.#edit(code);
  }

  settle(): void {
    this.#model.settle();
  }

  #assemble(host: HTMLElement): void {
    this.#examples.root.classList.add("lr-examples");
    this.#examples.root.hidden = this.#plan.examples.length === 1; // Reset brings it back
    const code = element(
      "div",
      { class: "lr-side" },
      this.#editor().root,
      element(
        "div",
        { class: "lr-buttons" },
        ...(this.#aside?.buttons ?? [
          copyButton(text("copyCode"), () => runnable(this.#model.state, this.#model.looked), copy),
        ]),
      ),
      ...(this.#aside === undefined ? [] : [this.#aside.root]),
      this.#problems.root,
    );
    const shown = element(
      "div",
      { class: "lr-shown" },
      this.#stage.root,
      this.#stale,
      this.#toolbar.root,
      this.#compared.root,
    );
    this.#bound.append(this.#controls.root, this.#settings.root, this.#metric.root);
    // With the chart in one box, which it stays in sight of.
    const beside = this.#plan.controls ? [shown, this.#bound] : [code, shown, this.#bound];
    host.replaceChildren(
      this.#examples.root,
      this.#asked.root,
      this.#notes.root,
      element("div", { class: this.#plan.controls ? "lr-columns" : "lr-columns lr-halves" }, ...beside),
      this.#stage.words,
      ...(this.#plan.controls ? [code] : []),
      ...wayBack(),
    );
  }

  /** Take the state from the address, if it carries one. */
  #follow(): void {
    if (!isLink(location.hash)) {
      return;
    }
    const { state, refused, hasSteps } = fromHash(location.hash, this.#initial);
    this.#hasSteps = hasSteps;
    this.#refused = refused.map((key) => text(key, { most: key === "stepsRange" ? LIMITS.steps : LIMITS.code }));
    this.#model.change(state);
    this.#propose();
  }

  /** Show as many steps as the code tells, unless somebody has set another number. */
  #propose(): void {
    const { schedulers } = this.#model.looked;
    const steps = this.#hasSteps ? null : proposedSteps(schedulers, this.#model.state.steps);
    if (steps !== null) {
      this.#stage.chart.zoom(null); // they are to be seen
      this.#model.change({ steps });
    }
  }

  #change(part: Partial<State>): void {
    this.#toolbar.player.stop();
    this.#refused = [];
    this.#before = null;
    this.#model.change(part);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#writeAddress(), LATER);
  }

  #edit(code: string): void {
    this.#refused = code.length > LIMITS.code ? [text("codeTooLong", { most: LIMITS.code })] : [];
    if (this.#refused.length > 0) {
      this.#problems.show([], "", "", this.#refused);
    } else {
      this.#change({ code });
      this.#propose();
    }
  }

  #setArgument(call: Call, parameter: string, source: string): string {
    const code = setArgument(this.#model.state.code, call, parameter, source);
    const { schedulers, errors } = this.#model.tried({ code });
    // A half-typed lambda breaks the whole call: the code stays as it is until the argument can be parsed.
    const whole = schedulers.length === this.#model.looked.schedulers.length && source.trim() !== "";
    if (!whole) {
      return errors[0] === undefined ? text("unreadable") : said(errors[0]);
    }
    this.#change({ code });
    if (isBeyond(this.#model.looked.schedulers, this.#model.state.steps)) {
      this.#propose();
    }
    return "";
  }

  #choose(index: number): void {
    const { pins, log } = this.#model.state;
    const example = this.#plan.examples[index];
    if (example !== undefined) {
      this.#start({ ...example.state, pins, log });
    }
  }

  #start(state: State): void {
    this.#hasSteps = false;
    this.#settings.blameSteps("");
    this.#stage.chart.zoom(null);
    this.#change(state);
  }

  #pin(): void {
    const { code, lr, metric, names, pins } = this.#model.state;
    this.#change({ pins: [...pins, { code, lr, metric, names }] });
  }

  #unpin(pin: number): void {
    this.#change({ pins: this.#model.state.pins.filter((_pin, index) => index !== pin) });
  }

  /** Show the first example again; a second time at once, what was there before. */
  #reset(): void {
    const before = this.#before;
    const [state, hasSteps] = before ?? [this.#initial, false];
    const now = [this.#model.state, this.#hasSteps] as const;
    this.#start(state);
    this.#hasSteps = hasSteps;
    this.#before = before === null ? now : null;
    this.#toolbar.show(this.#canPin, this.#model.state.log, this.#before !== null);
  }

  get #canPin(): boolean {
    return this.#model.state.pins.length < LIMITS.pins;
  }

  #link(): string {
    this.#writeAddress();
    return location.href;
  }

  #writeAddress(): void {
    clearTimeout(this.#timer);
    const hash = toHash(this.#model.state, this.#initial);
    history.replaceState(history.state, "", hash || location.pathname + location.search);
  }

  #render(result: Result): void {
    const { state, looked } = this.#model;
    this.#shown = [...result.lines, ...result.pinned];
    this.#steps = result.steps;
    measured("lrdoc:draw", () => this.#stage.draw(this.#shown, result.steps, state.log, result.stale));
    hide(this.#stale, !result.stale);
    this.#toolbar.show(this.#canPin, state.log, this.#before !== null);
    this.#compared.show(result.pinned.length === 0 ? [] : this.#shown.map(rowOf));
    this.#editor().show(state.code);
    this.#editor().mark(result.problems);
    this.#showControls(result);
    this.#settings.show(state, looked, result.problems);
    this.#asked.show(looked.asks, state);
    this.#notes.show(looked.notes, state.code);
    this.#aside?.refresh(state);
    this.#metric.show(state.metric, state.steps, result.metric);
    this.#examples.show(String(this.#plan.examples.findIndex((example) => example.state.code === state.code)));
  }

  /** Return the curves that are shown, with all their steps. */
  async #whole(): Promise<readonly Line[]> {
    await this.#model.whole();
    return this.#shown;
  }

  #showControls({ problems }: Result): void {
    const { state, looked: reading } = this.#model;
    const readable = this.#plan.controls && reading.schedulers.length > 0;
    for (const group of this.#controls.root.querySelectorAll("fieldset")) {
      group.disabled = !readable;
    }
    if (readable) {
      const given = reading.optimizers[0]?.lr.value;
      const around = { lr: typeof given === "number" ? given : state.lr, steps: state.steps };
      this.#controls.show(reading.schedulers, state.code, around, problems);
    }
    const unshown = readable ? this.#controls.unshown(reading.schedulers, problems) : problems;
    const left = this.#plan.controls ? unshown.filter((problem) => !blamesLr(problem, reading)) : unshown;
    this.#problems.show(left, state.code, elsewhere(state), this.#refused);
  }
}

function rowOf({ label, told, pin }: Line): Row {
  return { label, told: told?.() ?? new Map(), ...(pin === undefined ? {} : { pin }) };
}
