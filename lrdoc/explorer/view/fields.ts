/** One control for one value: a slider with a number box, a switch, a choice, or a line of text. */

import type { Given } from "../engine/index.ts";
import { button, element, freshId } from "./dom.ts";
import { listed } from "./numbers.ts";
import { arrowsAt, type Notches, notchAt, placeOf } from "./scales.ts";
import { text } from "./strings.ts";

/** The smallest movement of a slider, as a share of the way from a notch to the next. */
const FRACTION = 0.1;

/** A label, a control, and a place for what is wrong with the value. */
export abstract class Field<Shown> {
  readonly root: HTMLElement;
  /** The id of the control that the label is for. */
  readonly id = freshId();
  readonly #problem = element("p", { class: "lr-problem", id: `${this.id}-problem`, hidden: true });

  constructor(label: string, hint: string) {
    const name = element("label", { for: this.id, id: `${this.id}-label` }, label);
    this.root = element("div", { class: "lr-field" }, name);
    if (hint) {
      this.root.append(element("span", { class: "lr-hint" }, hint));
    }
  }

  /** Show a value; a control that the reader is typing in keeps its text. */
  abstract show(value: Shown): void;

  /** Say what is wrong with the value; nothing, if `message` is empty. */
  blame(message: string): void {
    if (this.#problem.textContent === message) {
      return;
    }
    this.#problem.textContent = message;
    this.#problem.hidden = message === "";
    for (const control of this.root.querySelectorAll("input, select, textarea")) {
      control.setAttribute("aria-invalid", String(message !== ""));
      if (message) {
        control.setAttribute("aria-describedby", this.#problem.id);
      } else {
        control.removeAttribute("aria-describedby");
      }
    }
  }

  /** Put the control and what belongs to it below the label. */
  add(...parts: HTMLElement[]): void {
    this.root.append(...parts, this.#problem);
  }
}

/** A slider with a number box. The positions of the slider are those of its notches; a typed number may lie between them and is kept as it is. */
export class NumberField extends Field<number | undefined> {
  readonly #slider: HTMLInputElement;
  readonly #box: HTMLInputElement;
  readonly #whole: boolean;
  #notches: Notches = [];
  #waiting: Notches | null = null;
  #position = 0;
  #held = false;
  #shown: number | undefined;
  /** What was typed last, until it is shown: what is shown before is older, and would take the place of what is being typed. */
  #sent: number | null = null;

  /** `whole` tells whether the values are integers. */
  constructor(label: string, hint: string, notches: Notches, whole: boolean, onInput: (value: number) => void) {
    super(label, hint);
    this.#whole = whole;
    this.#slider = element("input", { type: "range", "aria-labelledby": `${this.id}-label`, class: "lr-slider" });
    this.#box = element("input", { type: "number", id: this.id, class: "lr-number", inputmode: "decimal" });
    Object.assign(this.#slider, { min: "0", step: String(FRACTION) });
    this.#go(notches);
    this.#slider.addEventListener("pointerdown", () => {
      this.#held = true;
    });
    for (const name of ["pointerup", "pointercancel", "change", "blur"]) {
      this.#slider.addEventListener(name, () => this.#release());
    }
    this.#slider.addEventListener("input", () => {
      const to = this.#slider.valueAsNumber;
      if (to !== this.#position) {
        onInput(notchAt(to, this.#position, this.#notches, this.#held));
      }
    });
    this.#box.addEventListener("input", () => {
      if (Number.isFinite(this.#typed)) {
        this.#sent = this.#typed;
        onInput(this.#typed);
      }
    });
    this.#box.addEventListener("blur", () => {
      this.#sent = null;
      this.show(this.#shown);
    });
    this.add(element("div", { class: "lr-pair" }, this.#slider, this.#box));
  }

  /** Let the slider stop at other notches; one that a pointer holds does so when it is released, as it would move under the pointer. */
  rescale(notches: Notches): void {
    if (this.#held) {
      this.#waiting = notches;
    } else {
      this.#go(notches);
    }
  }

  show(value: number | undefined): void {
    const known = value !== undefined && Number.isFinite(value);
    this.#slider.setAttribute("aria-valuetext", known ? String(value) : "");
    this.#slider.value = String(known ? placeOf(value, this.#notches) : 0);
    this.#position = this.#slider.valueAsNumber;
    const arrows = String(arrowsAt(value, this.#whole));
    if (this.#box.step !== arrows) {
      this.#box.step = arrows; // every setting has the box laid out anew
    }
    this.#shown = value;
    const isOlder = this.#sent !== null && this.#sent !== value;
    this.#sent = isOlder ? this.#sent : null;
    const isBegun = !Number.isFinite(this.#typed); // such as "0."
    if (document.activeElement === this.#box && (isOlder || isBegun || this.#typed === value || !known)) {
      return;
    }
    this.#box.value = known ? String(value) : "";
  }

  /** What is typed, to the last digit: Firefox's `valueAsNumber` is rounded. */
  get #typed(): number {
    return this.#box.value === "" ? Number.NaN : Number(this.#box.value);
  }

  #go(notches: Notches): void {
    if (notches === this.#notches) {
      return;
    }
    this.#notches = notches;
    this.#slider.max = String(notches.length - 1);
  }

  #release(): void {
    this.#held = false;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) {
      this.#go(waiting);
      this.show(this.#box.value === "" ? undefined : this.#typed);
    }
  }
}

/** What a number box takes. */
export interface Range {
  readonly least: number;
  readonly most: number;
  /** Whether fractions are numbers too. */
  readonly fractions?: boolean;
}

/** A number box that says what it takes where it is given something else. */
export class BoxField extends Field<number> {
  readonly #box: HTMLInputElement;

  constructor(label: string, { least, most, fractions = false }: Range, onInput: (value: number) => void) {
    super(label, "");
    this.#box = element("input", {
      type: "number",
      id: this.id,
      class: "lr-number",
      inputmode: fractions ? "decimal" : "numeric",
      min: fractions ? 0 : least,
      max: most,
      step: fractions ? "any" : 1,
    });
    this.#box.addEventListener("input", () => {
      const value = this.#box.valueAsNumber;
      const isTaken = value >= least && value <= most && (fractions || Number.isInteger(value));
      this.blame(isTaken ? "" : text(fractions ? "boxNumber" : "boxInteger", { least, most }));
      if (isTaken) {
        onInput(value);
      }
    });
    this.add(this.#box);
  }

  show(value: number): void {
    if (document.activeElement !== this.#box) {
      this.#box.value = String(value);
      this.blame("");
    }
  }
}

/** A switch: `True` or `False`. */
export class SwitchField extends Field<boolean> {
  readonly #control: HTMLInputElement;

  constructor(label: string, hint: string, onInput: (value: boolean) => void) {
    super(label, hint);
    this.#control = element("input", { type: "checkbox", role: "switch", id: this.id, class: "lr-switch" });
    this.#control.addEventListener("change", () => onInput(this.#control.checked));
    this.root.classList.add("lr-field-switch");
    this.add(this.#control);
  }

  show(value: boolean): void {
    this.#control.checked = value;
  }

  /** Tell whether the reader can set it. */
  enable(isFree: boolean): void {
    this.#control.disabled = !isFree;
  }
}

/** A choice between words. */
export class ChoiceField extends Field<string> {
  readonly #control: HTMLSelectElement;

  constructor(
    label: string,
    hint: string,
    choices: readonly (readonly [string, string])[],
    onInput: (value: string) => void,
  ) {
    super(label, hint);
    const options = choices.map(([value, shown]) => element("option", { value }, shown));
    this.#control = element("select", { id: this.id, class: "lr-select" }, ...options);
    this.#control.addEventListener("change", () => onInput(this.#control.value));
    this.add(this.#control);
  }

  show(value: string): void {
    this.#control.value = value;
  }
}

/** A line of text, such as a lambda; `suggestions` are offered. */
export class TextField extends Field<string> {
  readonly #control: HTMLInputElement;

  constructor(label: string, hint: string, onInput: (value: string) => void, suggestions: readonly string[] = []) {
    super(label, hint);
    this.#control = element("input", {
      type: "text",
      id: this.id,
      class: "lr-text",
      spellcheck: "false",
      autocomplete: "off",
    });
    this.#control.addEventListener("input", () => onInput(this.#control.value));
    this.add(this.#control, ...this.#offered(suggestions));
  }

  show(value: string): void {
    if (document.activeElement !== this.#control) {
      this.#control.value = value;
    }
  }

  #offered(suggestions: readonly string[]): HTMLElement[] {
    if (suggestions.length === 0) {
      return [];
    }
    const id = `${this.id}-list`;
    this.#control.setAttribute("list", id);
    return [element("datalist", { id }, ...suggestions.map((value) => element("option", { value })))];
  }
}

/** A list, such as milestones; `expected` is the key of the text that says what can be read. */
export class ListField<Item extends Given = number> extends Field<readonly Item[]> {
  readonly #control: HTMLInputElement;

  constructor(
    label: string,
    hint: string,
    onInput: (value: Item[]) => void,
    read: (source: string) => Item[] | null,
    expected = "listExpected",
  ) {
    super(label, hint);
    this.#control = element("input", {
      type: "text",
      id: this.id,
      class: "lr-text",
      inputmode: "text",
      autocomplete: "off",
    });
    this.#control.addEventListener("input", () => {
      const values = read(this.#control.value);
      if (values === null) {
        this.blame(text(expected));
      } else {
        onInput(values);
      }
    });
    this.add(this.#control);
  }

  show(value: readonly Item[]): void {
    if (document.activeElement !== this.#control) {
      this.#control.value = listed(value);
    }
  }
}

/** Return a button that keeps one of two states. */
export function toggle(label: string, act: () => void): HTMLButtonElement {
  return button(label, act, { "aria-pressed": "false" });
}
