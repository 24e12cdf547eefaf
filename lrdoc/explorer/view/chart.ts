/** The drawing of curves, by uPlot: levels that hold from a step to the next, never a slope between two. */

import uPlot from "uplot";
import { element } from "./dom.ts";
import { lookOf, type Palette, paletteOf } from "./look.ts";
import { shown } from "./numbers.ts";

/** One curve to draw: `lr[t]` is the learning rate of step `t`. */
export interface Line {
  label: string;
  lr: ArrayLike<number>;
}

export interface ChartOptions {
  axis: string;
  /** Called when the reader points at another step; `null` when at none. */
  onStep?: (step: number | null) => void;
  /** The limits of the vertical axis, where they do not follow from the curves. */
  range?: () => readonly [number, number] | null;
}

const ROOM_FOR_DOTS = 7; // CSS pixels between two steps
const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** A chart of curves that share their steps. */
export class Chart {
  readonly root = element("div", { class: "lr-plot" });
  #plot: uPlot | undefined;
  #lines: readonly Line[] = [];
  #columns: Float64Array[] = [];
  #step: number | null = null;
  #drawnTo = Number.POSITIVE_INFINITY;
  #log = false;
  readonly #options: ChartOptions;

  constructor(options: ChartOptions) {
    this.#options = options;
    new ResizeObserver(() => this.#fit()).observe(this.root);
    this.root.addEventListener("pointermove", (event) => this.#follow(event));
    this.root.addEventListener("pointerdown", (event) => this.#follow(event));
  }

  /** Draw these curves in place of the present ones, on an axis of so many steps. */
  draw(lines: readonly Line[], steps: number, log = false): void {
    const anew = log !== this.#log || lines.length !== this.#lines.length || this.#plot === undefined;
    this.#lines = lines;
    this.#log = log;
    this.#columns = columnsOf(lines, steps, log);
    if (anew) {
      this.rebuild();
    } else {
      this.#paint();
    }
    this.point(this.#step);
  }

  /** Hide what comes after a step, as if training had come so far; infinity shows everything. */
  drawTo(step: number): void {
    this.#drawnTo = step;
    this.#paint();
    if (Number.isFinite(step)) {
      this.point(step);
    }
  }

  /** Mark a step; `null` marks none. */
  point(step: number | null): void {
    const count = this.count;
    this.#step = step === null || count === 0 ? null : Math.max(0, Math.min(step, count - 1));
    this.#mark();
    this.#options.onStep?.(this.#step);
  }

  #mark(): void {
    if (this.#plot === undefined) {
      return;
    }
    const left = this.#step === null ? -10 : this.#plot.valToPos(this.#step, "x");
    this.#plot.setCursor({ left, top: this.#step === null ? -10 : 1 }, false);
  }

  /** The step that is marked. */
  get pointed(): number | null {
    return this.#step;
  }

  /** How many steps there are. */
  get count(): number {
    return Math.max(0, (this.#columns[0]?.length ?? 1) - 1);
  }

  /** Return where in the chart a pointer is, as step and value. */
  locate(event: PointerEvent): { step: number; value: number } | null {
    if (this.#plot === undefined) {
      return null;
    }
    const area = this.#plot.over.getBoundingClientRect();
    const step = Math.round(this.#plot.posToVal(event.clientX - area.left, "x"));
    return { step, value: this.#plot.posToVal(event.clientY - area.top, "y") };
  }

  /** Draw everything anew, as the colours or the size of letters may have changed. */
  rebuild(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    if (this.root.clientWidth === 0 || this.#lines.length === 0) {
      return;
    }
    this.#plot = new uPlot(this.#plotOptions(paletteOf(this.root)), this.#visible(), this.root);
    this.#plot.root.inert = true; // the words beside it say what it shows
  }

  /** The canvas, for the export. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.#plot?.ctx.canvas;
  }

  get #size(): { width: number; height: number } {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
  }

  /** Draw at once: uPlot's own way is to wait until the present task is over. */
  #paint(): void {
    const plot = this.#plot;
    plot?.batch(() => plot.setData(this.#visible()));
  }

  #fit(): void {
    if (this.#plot === undefined) {
      this.rebuild();
    } else if (this.#plot.width !== this.root.clientWidth && this.root.clientWidth > 0) {
      this.#plot.setSize(this.#size);
    }
  }

  #follow(event: PointerEvent): void {
    const at = this.locate(event);
    if (at !== null) {
      this.point(at.step);
    }
  }

  #visible(): uPlot.AlignedData {
    const end = Math.min(this.#drawnTo + 1, this.count + 1);
    return this.#columns.map((column) => column.subarray(0, end)) as unknown as uPlot.AlignedData;
  }

  #plotOptions(palette: Palette): uPlot.Options {
    const axis = { font: FONT, stroke: palette.text, ticks: { show: true, stroke: palette.axis, width: 1, size: 4 } };
    return {
      ...this.#size,
      padding: [12, 14, 0, 0],
      legend: { show: false },
      hooks: { draw: [() => this.#mark()] }, // the scales are known by then
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 9, fill: (_plot, index) => lookOf(palette, index - 1).colour },
        bind: silent,
      },
      scales: {
        x: { time: false, range: () => [0, Math.max(1, this.count)] },
        y: { distr: this.#log ? 3 : 1, range: () => this.#verticalRange() },
      },
      axes: [
        {
          ...axis,
          label: "step",
          labelFont: FONT,
          labelSize: 18,
          size: 26,
          gap: 3,
          grid: { show: false },
          incrs: INTEGERS,
        },
        {
          ...axis,
          label: this.#options.axis,
          labelFont: FONT,
          labelSize: 18,
          size: 62,
          gap: 4,
          grid: { show: true, stroke: palette.grid, width: 1 },
          ticks: { show: false },
          values: (_plot, marks) => marks.map((mark) => (mark === null ? "" : shown(mark))),
        },
      ],
      series: [{}, ...this.#lines.map((_line, index) => this.#series(palette, index))],
    };
  }

  #verticalRange(): [number, number] {
    const given = this.#options.range?.();
    if (given) {
      return [...given];
    }
    return this.#log ? logRange(this.#columns) : linearRange(this.#columns);
  }

  #series(palette: Palette, index: number): uPlot.Series {
    const { colour, dashes } = lookOf(palette, index);
    return {
      stroke: colour,
      width: 2,
      dash: [...dashes],
      spanGaps: false,
      paths: (plot, series, from, to) => pathsFor(plot)(plot, series, from, to),
      points: {
        size: 5,
        stroke: colour,
        fill: index % 2 === 0 ? colour : palette.background,
        show: (plot) => plot.bbox.width / devicePixelRatio / Math.max(1, this.count) >= ROOM_FOR_DOTS,
        // The last column only carries the last level to its end.
        filter: (_plot, series, room) =>
          room ? each(Math.min(this.#lines[series - 1]?.lr.length ?? 0, this.#drawnTo + 1)) : null,
      },
    };
  }
}

const INTEGERS = [1, 2, 5]
  .flatMap((digit) => [0, 1, 2, 3, 4, 5, 6].map((power) => digit * 10 ** power))
  .sort((a, b) => a - b);
const stepped = uPlot.paths.stepped?.({ align: 1 }) as uPlot.Series.PathBuilder;
const linear = uPlot.paths.linear?.() as uPlot.Series.PathBuilder;

/** Where many steps share a pixel, a column from their least to their largest value looks the same and costs less. */
function pathsFor(plot: uPlot): uPlot.Series.PathBuilder {
  return plot.data[0].length > 4 * plot.bbox.width ? linear : stepped;
}

/** uPlot's own mouse handling is off: pointers of all kinds and the keyboard go through `Chart.point`. */
const none = () => null;
const silent: uPlot.Cursor.Bind = {
  mousedown: none,
  mouseup: none,
  click: none,
  dblclick: none,
  mousemove: none,
  mouseleave: none,
  mouseenter: none,
};

/** Return the columns for uPlot: the steps, then one column per curve; each last level is carried one step on, to its end. */
function columnsOf(lines: readonly Line[], count: number, log: boolean): Float64Array[] {
  return [Float64Array.from(each(count + 1)), ...lines.map((line) => column(line.lr, count, log))];
}

function column(lr: ArrayLike<number>, count: number, log: boolean): Float64Array {
  const values = new Float64Array(count + 1).fill(Number.NaN);
  for (let step = 0; step < lr.length; step += 1) {
    values[step] = lr[step] as number;
  }
  // A curve that ends earlier is followed by a gap.
  if (lr.length === count) {
    values[count] = lr[count - 1] as number;
  }
  if (log) {
    for (let step = 0; step <= count; step += 1) {
      if (!((values[step] as number) > 0)) {
        values[step] = Number.NaN;
      }
    }
  }
  return values;
}

function each(count: number): number[] {
  return Array.from({ length: count }, (_nothing, index) => index);
}

function limits(columns: readonly Float64Array[]): [number, number] {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of columns.slice(1)) {
    for (const value of values) {
      if (value < least) {
        least = value;
      }
      if (value > largest) {
        largest = value;
      }
    }
  }
  return [least, largest];
}

function linearRange(columns: readonly Float64Array[]): [number, number] {
  const [least, largest] = limits(columns);
  if (!Number.isFinite(largest) || !Number.isFinite(least)) {
    return [0, 1];
  }
  const span = Math.max(largest, 0) - Math.min(least, 0);
  return [least < 0 ? least - 0.05 * span : 0, largest > 0 ? largest + 0.05 * span : span === 0 ? 1 : 0];
}

function logRange(columns: readonly Float64Array[]): [number, number] {
  const [least, largest] = limits(columns);
  if (!Number.isFinite(largest) || !Number.isFinite(least)) {
    return [1e-3, 1];
  }
  const [low, high] = [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(largest))];
  return [low, high > low ? high : low * 10];
}
