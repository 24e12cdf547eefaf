/** The chart with what belongs to it: the keys, the words of the step that is pointed at, and the curve in words. */

import { Chart, type Line } from "./chart.ts";
import { levelAt } from "./columns.ts";
import { drawn, element, freshId } from "./dom.ts";
import { lookOf, onThemeChange, VARIABLES } from "./look.ts";
import { shown } from "./numbers.ts";
import { text } from "./strings.ts";
import { summary } from "./summary.ts";

/** Milliseconds without a change after which the words for the curve are written anew. */
const PAUSE = 500;

/** Curves whose steps the reader points at, by pointer or keyboard. */
export class Stage {
  readonly root: HTMLElement;
  readonly words = element("div", { class: "lr-summary", id: freshId(), "aria-live": "polite" });
  readonly chart: Chart;
  readonly #readout = element("div", { class: "lr-readout" });
  readonly #area: HTMLElement;
  #lines: readonly Line[] = [];
  #values: HTMLElement[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(above: HTMLElement | null = null) {
    this.chart = new Chart({ axis: "lr", onStep: (step) => this.#read(step) });
    this.#area = element(
      "div",
      {
        class: "lr-area",
        role: "slider",
        tabindex: 0,
        "aria-label": text("chart"),
        "aria-describedby": this.words.id,
        "aria-valuemin": 0,
        "aria-valuemax": 0,
        "aria-valuenow": 0,
      },
      this.chart.root,
    );
    // What goes with the learning rates on the same steps stands above them.
    const charts = element("div", { class: "lr-charts" }, ...(above === null ? [] : [above]), this.#area);
    this.root = element("div", { class: "lr-stage" }, charts, this.#readout);
    this.#area.addEventListener("keydown", (event) => this.#walk(event));
    this.#area.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") {
        this.chart.point(null); // a lifted finger leaves the step marked
      }
    });
    onThemeChange(() => this.chart.rebuild());
  }

  /** Show these curves; `stale` marks them as those of earlier code. */
  draw(lines: readonly Line[], steps: number, log: boolean, stale: boolean): void {
    const anew =
      lines.length !== this.#lines.length || lines.some((line, index) => line.label !== this.#lines[index]?.label);
    this.#lines = lines;
    if (anew) {
      this.#name();
    }
    this.chart.draw(lines, steps, log);
    this.root.classList.toggle("lr-stale", stale);
    this.#area.setAttribute("aria-valuemax", String(Math.max(0, this.chart.count - 1)));
    clearTimeout(this.#timer);
    if (lines.some(({ places }) => places !== undefined)) {
      return; // all steps will follow
    }
    if (this.words.childElementCount === 0) {
      this.#describe();
    } else {
      this.#timer = setTimeout(() => this.#describe(), PAUSE);
    }
  }

  #describe(): void {
    const many = this.#lines.length > 1;
    const said = this.#lines.map(({ label, lr }) => (many ? `${label}: ${summary(lr)}` : summary(lr)));
    if (said.join() === [...this.words.children].map((paragraph) => paragraph.textContent).join()) {
      return;
    }
    this.words.replaceChildren(...said.map((sentences) => element("p", {}, sentences)));
  }

  /** Name the curves below the chart, each with the look of its line. */
  #name(): void {
    this.#values = [element("b"), ...this.#lines.map(() => element("b"))];
    const [step, ...values] = this.#values as [HTMLElement, ...HTMLElement[]];
    const names = this.#lines.map((line, index) => {
      const { colour, dashes } = lookOf(VARIABLES, index);
      const stroke = { stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes.join(" ") };
      const swatch = drawn(
        "svg",
        { width: 26, height: 10, "aria-hidden": "true" },
        drawn("line", { ...stroke, x1: 0, x2: 26, y1: 5, y2: 5 }),
      );
      return element(
        "span",
        { class: "lr-reading" },
        swatch,
        `${this.#lines.length > 1 ? line.label : "lr"} `,
        values[index] as HTMLElement,
      );
    });
    this.#readout.replaceChildren(element("span", { class: "lr-reading" }, "step ", step), ...names);
    this.#read(null);
  }

  #read(at: number | null): void {
    const [step, ...values] = this.#values;
    if (step === undefined) {
      return;
    }
    step.textContent = at === null ? "–" : String(at);
    for (const [index, line] of this.#lines.entries()) {
      const value = at === null ? undefined : levelAt(line, at);
      (values[index] as HTMLElement).textContent = value === undefined ? "–" : shown(value);
    }
    if (at === null) {
      return;
    }
    this.#area.setAttribute("aria-valuenow", String(at));
    const heard = this.#lines.map(
      (line) => `${this.#lines.length > 1 ? line.label : "lr"} ${shown(levelAt(line, at) ?? Number.NaN)}`,
    );
    this.#area.setAttribute("aria-valuetext", `step ${at}: ${heard.join(", ")}`);
  }

  #walk(event: KeyboardEvent): void {
    const last = this.chart.count - 1;
    const far = Math.max(1, Math.round(last / 10));
    const now = this.chart.pointed;
    const to: Record<string, number> = {
      ArrowLeft: (now ?? 1) - 1,
      ArrowDown: (now ?? 1) - 1,
      ArrowRight: (now ?? -1) + 1,
      ArrowUp: (now ?? -1) + 1,
      PageDown: (now ?? far) - far,
      PageUp: (now ?? -far) + far,
      Home: 0,
      End: last,
    };
    if (event.key === "Escape") {
      this.chart.point(null);
    }
    if (!Object.hasOwn(to, event.key)) {
      return;
    }
    event.preventDefault();
    this.chart.point(to[event.key] as number);
  }
}
