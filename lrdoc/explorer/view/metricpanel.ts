/** The metric that ReduceLROnPlateau is given: a preset, typed numbers, or a line drawn with the pointer; and its chart, which stands above that of the learning rates. */

import { Chart } from "./chart.ts";
import { element, hide } from "./dom.ts";
import { ChoiceField, ListField } from "./fields.ts";
import { onThemeChange } from "./look.ts";
import { held, type Point, PRESETS, stroke, valuesOf } from "./metrics.ts";
import { readNumbers } from "./numbers.ts";
import { LIMITS, type Metric } from "./state.ts";
import { text } from "./strings.ts";

const OWN = "own";

export class MetricPanel {
  readonly root: HTMLElement;
  /** The chart, which can be drawn on. */
  readonly chart: Chart;
  readonly #choice: ChoiceField;
  readonly #list: ListField;
  #values: readonly number[] = [];
  #steps = 1;
  #shown: Metric | null = null;
  #pen: Point | null = null;
  #range: readonly [number, number] | null = null;
  readonly #onInput: (metric: Metric) => void;

  constructor(example: readonly number[] | undefined, onInput: (metric: Metric) => void) {
    this.#onInput = onInput;
    this.chart = new Chart({ axis: text("metric"), range: () => this.#range, bare: true });
    const choices = [
      ...PRESETS.map((name) => [name, text(`metric_${name}`)] as const),
      [OWN, text("metric_own")] as const,
    ];
    this.#choice = new ChoiceField(text("metricPreset"), "", choices, (name) => this.#choose(name, example));
    this.#list = new ListField(text("metricNumbers"), "", (values) => this.#type(values), readNumbers);
    this.root = element(
      "fieldset",
      { class: "lr-group lr-metric", hidden: true },
      element("legend", {}, text("metric")),
      element("div", { class: "lr-grid-fields" }, this.#choice.root, this.#list.root),
      element("p", { class: "lr-hint" }, text("metricDraw")),
    );
    this.chart.root.classList.add("lr-pad");
    this.chart.root.hidden = true;
    this.chart.root.addEventListener("pointerdown", (event) => this.#press(event));
    this.chart.root.addEventListener("pointermove", (event) => this.#pull(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.chart.root.addEventListener(name, () => this.#lift());
    }
    onThemeChange(() => this.chart.rebuild());
  }

  show(metric: Metric, steps: number, visible: boolean): void {
    hide(this.root, !visible);
    hide(this.chart.root, !visible);
    if (!visible || (metric === this.#shown && steps === this.#steps)) {
      return; // a slider of the scheduler leaves the metric as it is
    }
    this.#shown = metric;
    this.#steps = steps;
    this.#values = held(valuesOf(metric, steps), steps);
    this.#choice.show("preset" in metric ? metric.preset : OWN);
    this.#list.show("preset" in metric ? [] : metric.values);
    this.#list.blame("");
    this.chart.draw([{ label: "metric", lr: this.#values }], steps);
  }

  #choose(name: string, example: readonly number[] | undefined): void {
    if (name !== OWN) {
      this.#onInput({ preset: name });
    } else {
      this.#onInput({ values: example ?? rounded(this.#values) });
    }
  }

  #type(values: readonly number[]): void {
    if (values.length === 0 || values.length > LIMITS.metric) {
      this.#list.blame(text("metricCount", { most: LIMITS.metric }));
    } else {
      this.#onInput({ values });
    }
  }

  #press(event: PointerEvent): void {
    // The axis keeps its range while a line is drawn.
    const least = this.#values.reduce((a, b) => Math.min(a, b), 0);
    const most = this.#values.reduce((a, b) => Math.max(a, b), least);
    this.#range = [least, most > least ? most + 0.2 * (most - least) : least + 1];
    this.chart.rebuild();
    this.chart.root.setPointerCapture(event.pointerId);
    // uPlot draws, and knows its scales, once this event is over.
    queueMicrotask(() => {
      this.#pen = this.chart.locate(event);
      this.#pull(event);
    });
  }

  #pull(event: PointerEvent): void {
    const to = this.chart.locate(event);
    if (this.#pen === null || to === null || event.buttons === 0) {
      return;
    }
    const drawn = stroke(held(this.#values, Math.min(this.#steps, LIMITS.metric)), this.#pen, to);
    this.#pen = to;
    this.#values = rounded(drawn);
    this.#onInput({ values: this.#values });
  }

  #lift(): void {
    this.#pen = null;
    this.#range = null;
    this.chart.rebuild();
  }
}

function rounded(values: readonly number[]): number[] {
  return values.slice(0, LIMITS.metric).map((value) => Number(value.toPrecision(4)));
}
