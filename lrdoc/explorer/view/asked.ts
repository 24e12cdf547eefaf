/** The values that the code does not tell: a field for each, by its kind, with what the code itself proposes. */

import type { Ask, Given } from "../engine/index.ts";
import { lineOf } from "./codebox.ts";
import { element, hide } from "./dom.ts";
import { ChoiceField, type Field, ListField, NumberField, TextField } from "./fields.ts";
import { readList } from "./numbers.ts";
import { including, logNotches } from "./scales.ts";
import { LIMITS, type State } from "./state.ts";
import { text } from "./strings.ts";

/** Gives a name a value; `undefined` takes it back, so that what the code proposes holds. */
type Give = (value: Given | undefined) => void;

interface AskedField {
  readonly root: HTMLElement;
  show(value: Given | undefined): void;
}

/** What names of rates and factors hold, and names of counts do not. */
const REAL_NAME = /(lr|rate|gamma|factor|decay|momentum|alpha|beta|eps|ratio|power|min|scale)/i;
/** What stands in a choice for no value. */
const NONE = "";

export class Asked {
  readonly root: HTMLElement;
  readonly #list = element("div", { class: "lr-grid-fields" });
  readonly #fields = new Map<string, AskedField>();
  #names: State["names"] = {};
  readonly #change: (part: Partial<State>) => void;
  readonly #settle: () => void;

  /** `settle` is called before a change: it shows what has not been shown yet. */
  constructor(change: (part: Partial<State>) => void, settle: () => void) {
    this.#change = change;
    this.#settle = settle;
    const legend = element("legend", {}, text("asked"));
    this.root = element("fieldset", { class: "lr-group lr-asked", hidden: true }, legend, this.#list);
  }

  /** Show a field for each of `asks`, in their order; a field that stays keeps the reader's cursor. */
  show(asks: readonly Ask[], { code, names }: State): void {
    this.#names = names;
    const wanted = new Map(asks.slice(0, LIMITS.names).map((ask) => [keyOf(ask, code), ask]));
    for (const [key, { root }] of this.#fields) {
      if (!wanted.has(key)) {
        root.remove();
        this.#fields.delete(key);
      }
    }
    for (const [at, [key, ask]] of [...wanted].entries()) {
      const field = this.#fields.get(key) ?? fieldFor(ask, hintOf(ask, code), (value) => this.#give(ask.name, value));
      this.#fields.set(key, field);
      if (this.#list.children[at] !== field.root) {
        this.#list.insertBefore(field.root, this.#list.children[at] ?? null);
      }
      field.show(Object.hasOwn(names, ask.name) ? names[ask.name] : ask.default);
    }
    hide(this.root, wanted.size === 0);
  }

  #give(name: string, value: Given | undefined): void {
    this.#settle();
    const names = Object.assign(Object.create(null), this.#names) as Record<string, Given>;
    if (value === undefined) {
      delete names[name];
    } else {
      names[name] = value;
    }
    this.#change({ names });
  }
}

/** Return a text that changes whenever another field is needed. */
function keyOf(ask: Ask, code: string): string {
  return JSON.stringify([ask.name, ask.kind, ask.choices, hintOf(ask, code)]);
}

function hintOf(ask: Ask, code: string): string {
  const line = lineOf(code, ask.from);
  return ask.default === undefined
    ? text("askedAt", { line })
    : text("askedDefault", { line, value: Array.isArray(ask.default) ? ask.default.join(", ") : String(ask.default) });
}

function fieldFor(ask: Ask, hint: string, give: Give): AskedField {
  switch (ask.kind) {
    case "number":
      return numberField(ask, hint, give);
    case "flag":
      return choiceField(ask, hint, ["True", "False"], (word) => give(word === NONE ? undefined : word === "True"));
    case "text":
      return ask.choices === undefined
        ? shownBy(new TextField(ask.name, hint, give), (value) => (typeof value === "string" ? value : ""))
        : choiceField(ask, hint, ask.choices, (word) => give(word === NONE ? undefined : word));
    case "list":
      return shownBy(new ListField<Given>(ask.name, hint, give, readList, "itemsExpected"), (value) =>
        Array.isArray(value) ? (value as readonly Given[]) : [],
      );
  }
}

function shownBy<Shown>(field: Field<Shown>, toShown: (value: Given | undefined) => Shown): AskedField {
  return { root: field.root, show: (value) => field.show(toShown(value)) };
}

/** Return a field whose slider goes over rates below 10, or counts. */
function numberField({ name, default: proposed }: Ask, hint: string, give: Give): AskedField {
  const real = typeof proposed === "number" ? !Number.isInteger(proposed) : REAL_NAME.test(name);
  const usual = real ? logNotches(1e-6, 10) : logNotches(1, LIMITS.steps);
  const field = new NumberField(name, hint, usual, !real, give);
  return {
    root: field.root,
    show: (value) => {
      const number = typeof value === "number" ? value : undefined;
      field.rescale(including(number, usual));
      field.show(number);
    },
  };
}

function choiceField(ask: Ask, hint: string, words: readonly string[], choose: (word: string) => void): AskedField {
  const none = ask.default === undefined ? [[NONE, "…"] as const] : [];
  const field = new ChoiceField(ask.name, hint, [...none, ...words.map((word) => [word, word] as const)], choose);
  return shownBy(field, (value) =>
    typeof value === "boolean" ? (value ? "True" : "False") : typeof value === "string" ? value : NONE,
  );
}
