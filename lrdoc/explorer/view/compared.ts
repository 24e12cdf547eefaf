/** The curves that are compared, with the parameters of each in a table. */

import { type Argument, type Call, described, literal, type Reading, type Value } from "../engine/index.ts";
import type { Pinned } from "./chart.ts";
import { button, drawn, element, hide } from "./dom.ts";
import { lookOf, VARIABLES } from "./look.ts";
import { text } from "./strings.ts";

/** What a curve is drawn with, by the name of the parameter; `lr` is the base learning rate. */
export type Parameters = ReadonlyMap<string, string>;

/** A curve in the table. */
export interface Row {
  readonly label: string;
  readonly told: Parameters;
  /** Of which pinned state it is; none for the present ones. */
  readonly pin?: Pinned;
}

/** Return the class of a scheduler and what shapes its curve, those of the schedulers in it as well. */
export function parametersOf(call: Call, code: string, { optimizers }: Reading, lr: number): Parameters {
  const told = new Map([[text("comparedClass"), call.className]]);
  const given = optimizers[0]?.lr.value;
  told.set("lr", String(typeof given === "number" ? given : lr));
  collect(call, code, told);
  return told;
}

function collect(call: Call, code: string, told: Map<string, string>): void {
  const shaping = described(call.className)?.parameters ?? [];
  for (const argument of call.arguments) {
    const { parameter, value } = argument;
    const inner = (Array.isArray(value) ? (value as readonly Value[]) : [value]).filter(isCall);
    for (const child of inner) {
      collect(child, code, told);
    }
    if (shaping.some(({ name }) => name === parameter) && inner.length === 0) {
      told.set(told.has(parameter) ? `${call.className}.${parameter}` : parameter, sourceOf(argument, code));
    }
  }
}

/** Return a number or a default, else the code that gives the value; nothing for None, which no argument is given as well. */
function sourceOf({ value, given, span }: Argument, code: string): string {
  if (given && typeof value !== "number") {
    return code.slice(span.from, span.to);
  }
  return value === undefined || value === null ? "" : literal(value);
}

function isCall(value: Value | undefined): value is Call {
  return typeof value === "object" && value !== null && "className" in value;
}

/** The table; it is there when something is pinned. */
export class Compared {
  readonly root = element("div", { class: "lr-compared", hidden: true, tabindex: 0, role: "group" });
  readonly #unpin: (pin: number) => void;
  #shown = "";

  constructor(unpin: (pin: number) => void) {
    this.#unpin = unpin;
    this.root.setAttribute("aria-label", text("compared"));
  }

  show(rows: readonly Row[]): void {
    hide(
      this.root,
      rows.every(({ pin }) => pin === undefined),
    );
    const now = this.root.hidden ? "" : JSON.stringify(rows.map(({ label, told, pin }) => [label, pin?.at, ...told]));
    if (now === this.#shown) {
      return;
    }
    this.#shown = now;
    this.root.replaceChildren(...(this.root.hidden ? [] : [this.#table(rows)]));
  }

  #table(rows: readonly Row[]): HTMLElement {
    const names = [...new Set(rows.flatMap(({ told }) => [...told.keys()]))];
    const head = [text("comparedCurve"), ...names].map((name) => element("th", { scope: "col" }, name));
    return element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows.map((row, index) => this.#row(row, index, names, rows[index - 1]?.pin))),
    );
  }

  /** `above` is of which pinned state the row above is: all curves of a state are removed at once. */
  #row({ label, told, pin }: Row, index: number, names: readonly string[], above: Pinned | undefined): HTMLElement {
    const cells = names.map((name) => element("td", { translate: "no" }, told.get(name) ?? ""));
    const attributes = { "aria-label": text("unpin", { label: pin?.name ?? "" }), class: "lr-button lr-unpin" };
    const remove =
      pin === undefined || pin.at === above?.at ? [] : [button("×", () => this.#unpin(pin.at), attributes)];
    return element("tr", {}, element("th", { scope: "row" }, ...remove, swatch(index), label || "lr"), ...cells);
  }
}

/** Return a piece of the line of the curve with this index. */
export function swatch(index: number): SVGElement {
  const { colour, dashes } = lookOf(VARIABLES, index);
  const stroke = { stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes.join(" ") };
  return drawn(
    "svg",
    { width: 26, height: 10, "aria-hidden": "true" },
    drawn("line", { ...stroke, x1: 0, x2: 26, y1: 5, y2: 5 }),
  );
}
