/** The chart with what belongs to it: the keys, the words of the step that is pointed at, and the curve in words. */

import { Chart, type Line } from "./chart.ts";
import { levelAt } from "./columns.ts";
import { swatch } from "./compared.ts";
import { button, drawn, element, freshId, write } from "./dom.ts";
import { joins, type Place } from "./joins.ts";
import { onThemeChange } from "./look.ts";
import { shown } from "./numbers.ts";
import { LIMITS } from "./state.ts";
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
  readonly #whole: HTMLButtonElement;
  readonly #resight: () => void;
  readonly #above: Chart | null;
  readonly #joins = drawn("svg", { class: "lr-joins", "aria-hidden": "true" });
  #resighting = false;
  #lines: readonly Line[] = [];
  #values: HTMLElement[] = [];
  /** Where the charts begin, above and below. */
  #tops: readonly [number, number] = [0, 0];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `above` is the chart of what the learning rates follow; `resight` is called when the reader looks at steps whose learning rates may not be computed yet. */
  constructor(above: Chart | null, resight: () => void) {
    this.#resight = resight;
    this.#above = above;
    this.chart = new Chart({ axis: "lr", onStep: (step) => this.#read(step), onZoom: () => this.#zoomed() });
    this.#whole = button(text("zoomOut"), () => this.chart.zoom(null), { hidden: true });
    this.#whole.classList.add("lr-whole");
    this.#area = element(
      "div",
      {
        class: "lr-area",
        role: "slider",
        tabindex: 0,
        "aria-label": text("chart"),
        "aria-keyshortcuts": "+ - 0",
        "aria-describedby": this.words.id,
        "aria-valuemin": 0,
        "aria-valuemax": 0,
        "aria-valuenow": 0,
      },
      this.chart.root,
    );
    // What goes with the learning rates on the same steps stands above them.
    const parts = above === null ? [this.#area] : [above.root, this.#area, this.#joins];
    const charts = element("div", { class: "lr-charts" }, ...parts, this.#whole);
    for (const chart of above === null ? [] : [above, this.chart]) {
      chart.onDrawn = () => this.#join(above as Chart);
    }
    if (above !== null) {
      // Asked for when a drop is joined, they would have the page laid out at every movement of a slider.
      new ResizeObserver(() => {
        this.#tops = [above.root.offsetTop, this.chart.root.offsetTop];
        this.#join(above);
      }).observe(charts);
    }
    this.root = element("div", { class: "lr-stage" }, charts, this.#readout);
    this.#area.addEventListener("keydown", (event) => {
      this.#walk(event);
      this.#look(event);
    });
    this.#area.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") {
        this.chart.point(null); // a lifted finger leaves the step marked
      }
    });
    onThemeChange(() => this.chart.rebuild());
  }

  /** Keep the limits of the axes as they are, or let them follow the curves again. */
  hold(held: boolean): void {
    this.chart.hold(held);
    this.#above?.hold(held);
  }

  /** Join what is drawn in both charts. */
  #join(above: Chart): void {
    const lines = this.root.classList.contains("lr-stale") ? [] : this.#lines;
    const found = joins(lines, this.chart.stretch, placeIn(above, this.#tops[0]), placeIn(this.chart, this.#tops[1]));
    this.#joins.replaceChildren(...found);
  }

  /** Show these curves; `stale` marks them as those of earlier code. */
  draw(lines: readonly Line[], steps: number, log: boolean, stale: boolean): void {
    const anew =
      lines.length !== this.#lines.length || lines.some((line, index) => line.label !== this.#lines[index]?.label);
    this.#lines = lines;
    if (anew) {
      this.#name();
    }
    this.root.classList.toggle("lr-stale", stale);
    this.chart.draw(lines, steps, log);
    this.#area.setAttribute("aria-valuemax", String(Math.max(0, this.chart.count - 1)));
    clearTimeout(this.#timer);
    if (lines.some(({ places }) => places !== undefined)) {
      if (lines.length * steps > LIMITS.values) {
        this.words.replaceChildren(); // all steps are too many to be computed
      }
      return; // or they will follow
    }
    if (this.words.childElementCount === 0) {
      this.#describe();
    } else {
      this.#timer = setTimeout(() => this.#describe(), PAUSE);
    }
  }

  #describe(): void {
    const many = this.#lines.length > 1;
    const said = this.#lines.map(({ label, lr }) =>
      many ? text("summaryOf", { label, words: summary(lr) }) : summary(lr),
    );
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
      const named = this.#lines.length > 1 ? { translate: "no" } : {}; // names of variables
      return element(
        "span",
        { class: "lr-reading", ...named },
        swatch(index),
        `${this.#labelOf(line)} `,
        values[index] as HTMLElement,
      );
    });
    this.#readout.replaceChildren(element("span", { class: "lr-reading" }, `${text("readStep")} `, step), ...names);
    this.#read(null);
  }

  #read(at: number | null): void {
    const [step, ...values] = this.#values;
    if (step === undefined) {
      return;
    }
    write(step, at === null ? "–" : String(at));
    for (const [index, line] of this.#lines.entries()) {
      const value = at === null ? undefined : levelAt(line, at);
      write(values[index] as HTMLElement, value === undefined ? "–" : shown(value));
    }
    if (at === null) {
      return;
    }
    if (!this.#resighting && this.#lines.some((line) => line.places?.includes(at) === false)) {
      this.#resighting = true;
      this.#resight(); // which reads this step again
      this.#resighting = false;
      return;
    }
    this.#area.setAttribute("aria-valuenow", String(at));
    const heard = this.#lines.map((line) => `${this.#labelOf(line)} ${shown(levelAt(line, at) ?? Number.NaN)}`);
    this.#area.setAttribute("aria-valuetext", text("heard", { step: at, values: heard.join(text("summaryAnd")) }));
  }

  /** What a curve is called beside its values. */
  #labelOf({ label }: Line): string {
    return this.#lines.length > 1 ? label : text("readLr");
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
    if (!Object.hasOwn(to, event.key)) {
      return;
    }
    event.preventDefault();
    this.chart.point(to[event.key] as number);
    this.#follow();
  }

  /** Keep the step that the keys lead to among those that are shown. */
  #follow(): void {
    const { from, to } = this.chart.stretch;
    const at = this.chart.pointed ?? from;
    if (this.chart.zoomed && (at < from || at >= to)) {
      const start = at < from ? at : at + 1 - (to - from);
      this.chart.zoom({ from: start, to: start + to - from });
    }
  }

  /** Zoom by the keys. */
  #look(event: KeyboardEvent): void {
    const acts: Record<string, () => void> = {
      "+": () => this.chart.zoomBy(1 / 2),
      "=": () => this.chart.zoomBy(1 / 2),
      "-": () => this.chart.zoomBy(2),
      "0": () => this.chart.zoom(null),
      Escape: () => (this.chart.zoomed ? this.chart.zoom(null) : this.chart.point(null)),
    };
    if (Object.hasOwn(acts, event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      (acts[event.key] as () => void)();
    }
  }

  #zoomed(): void {
    this.#whole.hidden = !this.chart.zoomed;
    const { from, to } = this.chart.stretch;
    this.#above?.zoom(this.chart.zoomed ? { from, to } : null);
    this.#whole.setAttribute("aria-label", text("zoomedTo", { from, to: to - 1 }));
    this.#resight();
  }
}

/** Return where levels of a chart, which begins so far down, stand in the box that holds all charts. */
function placeIn(chart: Chart, top: number): Place {
  return (step, level) => {
    const place = chart.place(step, level);
    return place && [place[0], place[1] + top];
  };
}
