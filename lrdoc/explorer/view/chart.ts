/** The drawing of curves, by uPlot: levels that hold from a step to the next, never a slope between two. */

import uPlot from "uplot";
import { logLimits, logMarks, powerOfTen } from "./axes.ts";
import { type Columns, columnsOf, isDrawable, type Levels, levelAt, type Stretch } from "./columns.ts";
import type { Parameters } from "./compared.ts";
import { element, hide } from "./dom.ts";
import { lookOf, type Palette, paletteOf } from "./look.ts";
import { shownAlike } from "./numbers.ts";

/** What is pinned: its place among the pins, and its name. */
export interface Pinned {
  readonly at: number;
  readonly name: string;
}

/** One curve to draw. */
export interface Line extends Levels {
  label: string;
  /** Return what it is drawn with. */
  told?: () => Parameters;
  /** Return the metric that it follows: `metric()[t]` acts from step `t + 1` on. */
  metric?: () => readonly number[];
  /** Of which pinned state it is; none for the present ones. */
  pin?: Pinned;
}

export interface ChartOptions {
  axis: string;
  /** Called when the reader points at another step; `null` when at none. */
  onStep?: (step: number | null) => void;
  /** Called when other steps are shown than before. */
  onZoom?: () => void;
  /** Whether the steps have no marks of their own, as those of the chart below. */
  bare?: boolean;
  /** The limits of the vertical axis, where they do not follow from the curves. */
  range?: () => readonly [number, number] | null;
}

const ROOM_FOR_DOTS = 7; // CSS pixels between two steps
/** CSS pixels; a shorter movement of a pressed pointer is no choice of steps. */
const LEAST_DRAG = 6;
/** The fewest steps that are shown. */
const LEAST_STEPS = 4;
const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** A chart of curves that share their steps. */
export class Chart {
  readonly root = element("div", { class: "lr-plot" });
  /** Called when the curves have been drawn. */
  onDrawn = (): void => {};
  #plot: uPlot | undefined;
  #lines: readonly Line[] = [];
  #columns: Columns = { steps: [], levels: [], merged: false };
  #dots: HTMLElement[] = [];
  #count = 0;
  #step: number | null = null;
  #drawnTo = Number.POSITIVE_INFINITY;
  #log = false;
  /** The steps that the reader chose to see; all where it is null. */
  #chosen: Stretch | null = null;
  /** What the axes keep while curves change. */
  #kept: { readonly steps: Stretch; readonly vertical: readonly [number, number] } | null = null;
  #vertical: readonly [number, number] = [0, 1];
  /** Where a pointer went down that may choose steps, in CSS pixels from the left of the area. */
  #from: number | null = null;
  /** Where the fingers on the chart are, by their pointers, in CSS pixels from the left of the area. */
  readonly #fingers = new Map<number, number>();
  /** The steps that two fingers hold; empty where there are not two. */
  #pinched: readonly number[] = [];
  /** The exponents of the limits of a logarithmic axis. */
  #powers: [number, number] = [0, 1];
  readonly #options: ChartOptions;

  constructor(options: ChartOptions) {
    this.#options = options;
    new ResizeObserver(() => this.#fit()).observe(this.root);
    if (options.onZoom !== undefined) {
      this.root.addEventListener("pointerdown", (event) => this.#press(event));
      this.root.addEventListener("pointermove", (event) => this.#drag(event));
      this.root.addEventListener("pointerup", (event) => this.#lift(event));
      this.root.addEventListener("pointercancel", (event) => {
        this.#release(event);
        this.#select(0, 0);
      });
      this.root.addEventListener("dblclick", () => this.zoom(null));
    }
    this.root.addEventListener("pointermove", (event) => this.#follow(event));
    this.root.addEventListener("pointerdown", (event) => this.#follow(event));
  }

  /** The steps that are shown. */
  get stretch(): Stretch {
    const to = Math.max(1, this.count);
    const { from, to: end } = this.#chosen ?? this.#kept?.steps ?? { from: 0, to };
    if (this.#chosen === null) {
      return { from, to: end };
    }
    return from >= to - 1 ? { from: 0, to } : { from, to: Math.min(end, to) };
  }

  /** Whether not all steps are shown. */
  get zoomed(): boolean {
    return this.#chosen !== null;
  }

  /** Show the steps of a stretch alone; `null` shows all. */
  zoom(stretch: Stretch | null): void {
    const last = Math.max(1, this.count);
    if (stretch === null || stretch.to - stretch.from >= last) {
      this.#chosen = null;
    } else {
      const length = Math.max(Math.min(LEAST_STEPS, last), Math.round(stretch.to - stretch.from));
      const from = Math.max(0, Math.min(Math.round(stretch.from), last - length));
      this.#chosen = length >= last ? null : { from, to: from + length };
    }
    this.#repaint();
    this.point(this.#step);
    this.#options.onZoom?.();
  }

  /** Show half as many steps around the marked one, or twice as many. */
  zoomBy(factor: number): void {
    const { from, to } = this.stretch;
    const middle = this.#step ?? (from + to) / 2;
    const share = (middle - from) / (to - from);
    const length = (to - from) * factor;
    this.zoom({ from: middle - share * length, to: middle + (1 - share) * length });
  }

  /** Keep the limits of the axes as they are, or let them follow the curves again. */
  hold(held: boolean): void {
    this.#kept = held ? { steps: { from: 0, to: Math.max(1, this.count) }, vertical: this.#vertical } : null;
    this.#repaint();
    this.#mark();
  }

  #press(event: PointerEvent): void {
    if (event.pointerType !== "touch") {
      this.#from = event.button === 0 ? this.#across(event) : null;
      return;
    }
    // One finger scrolls the page, and reads; two hold the steps that they are on.
    this.#fingers.set(event.pointerId, this.#across(event));
    this.#pinched = this.#fingers.size === 2 ? [...this.#fingers.values()].map((at) => this.#stepAt(at)) : [];
  }

  #release({ pointerId }: PointerEvent): void {
    this.#fingers.delete(pointerId);
    this.#pinched = [];
  }

  /** Show those steps with which the two that fingers hold stay below these. */
  #pinch(): void {
    const [one, other] = [...this.#fingers.values()] as [number, number];
    const [first, second] = this.#pinched as [number, number];
    const perPixel = (second - first) / (other - one);
    if (perPixel > 0 && Number.isFinite(perPixel)) {
      const from = first - one * perPixel;
      this.zoom({ from, to: from + (this.#plot?.over.clientWidth ?? 0) * perPixel });
    }
  }

  #stepAt(across: number): number {
    return this.#plot?.posToVal(across, "x") ?? 0;
  }

  #drag(event: PointerEvent): void {
    if (this.#fingers.has(event.pointerId)) {
      this.#fingers.set(event.pointerId, this.#across(event));
      if (this.#pinched.length > 0) {
        this.#pinch();
      }
      return;
    }
    if (this.#from !== null && event.buttons === 1) {
      const at = this.#across(event);
      this.root.setPointerCapture(event.pointerId);
      this.#select(Math.min(at, this.#from), Math.abs(at - this.#from));
    }
  }

  #lift(event: PointerEvent): void {
    const [from, to] = [this.#from, this.#across(event)];
    this.#from = null;
    this.#release(event);
    this.#select(0, 0);
    if (from !== null && this.#plot !== undefined && Math.abs(to - from) >= LEAST_DRAG) {
      const [start, end] = [Math.min(from, to), Math.max(from, to)].map((at) => this.#stepAt(at));
      this.zoom({ from: Math.floor(start as number), to: Math.ceil(end as number) });
    }
  }

  #across(event: PointerEvent): number {
    const area = this.#plot?.over.getBoundingClientRect();
    return area === undefined ? 0 : Math.max(0, Math.min(event.clientX - area.left, area.width));
  }

  #select(left: number, width: number): void {
    this.#plot?.setSelect({ left, width, top: 0, height: width > 0 ? this.#plot.over.clientHeight : 0 }, false);
  }

  /** Draw these curves in place of the present ones, on an axis of so many steps. */
  draw(lines: readonly Line[], steps: number, log = false): void {
    const anew = log !== this.#log || lines.length !== this.#lines.length || this.#plot === undefined;
    this.#lines = lines;
    this.#log = log;
    this.#count = lines.length === 0 ? 0 : steps;
    if (anew) {
      this.rebuild();
    } else {
      this.#repaint();
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
    const { from, to } = this.stretch;
    const hidden = this.#step === null || this.#step < from || this.#step > to;
    const left = hidden ? -10 : this.#plot.valToPos(this.#step as number, "x");
    this.#plot.setCursor({ left, top: hidden ? -10 : 1 }, false);
    for (const [index, dot] of this.#dots.entries()) {
      const line = this.#lines[index];
      const level = hidden || line === undefined ? undefined : levelAt(line, this.#step as number);
      hide(dot, level === undefined || !isDrawable(level, this.#above));
      if (!dot.hidden) {
        dot.style.translate = `${left}px ${this.#plot.valToPos(level as number, "y")}px`;
      }
    }
  }

  /** The step that is marked. */
  get pointed(): number | null {
    return this.#step;
  }

  /** How many steps there are. */
  get count(): number {
    return this.#count;
  }

  /** Return where in the chart a pointer is, as value, and as the step whose level holds there. */
  locate(event: PointerEvent): { step: number; value: number } | null {
    if (this.#plot === undefined) {
      return null;
    }
    const area = this.#plot.over.getBoundingClientRect();
    const step = Math.floor(this.#plot.posToVal(event.clientX - area.left, "x"));
    return { step, value: this.#plot.posToVal(event.clientY - area.top, "y") };
  }

  /** Return where a level stands at a step, in CSS pixels from the corner of the chart; null where it is not seen. */
  place(step: number, level: number): readonly [number, number] | null {
    const { from, to } = this.stretch;
    const isShown = step >= from && step <= Math.min(to, this.#drawnTo) && isDrawable(level, this.#above);
    if (this.#plot === undefined || !isShown) {
      return null;
    }
    const { left, top, height } = this.#plot.bbox;
    const [x, y] = [this.#plot.valToPos(step, "x", true), this.#plot.valToPos(level, "y", true)];
    const isWithin = x >= left && y >= top && y <= top + height;
    return isWithin ? [x / devicePixelRatio, y / devicePixelRatio] : null;
  }

  /** Draw everything anew, as the colours or the size of letters may have changed. */
  rebuild(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    if (this.root.clientWidth === 0 || this.#lines.length === 0) {
      this.onDrawn();
      return;
    }
    const palette = paletteOf(this.root);
    this.#measure(this.root.clientWidth);
    this.#plot = new uPlot(this.#plotOptions(palette), this.#visible(), this.root);
    this.#plot.root.inert = true; // the words beside it say what it shows
    this.#dots = this.#lines.map((_line, index) => dot(lookOf(palette, index).colour));
    this.#plot.over.append(...this.#dots);
    this.#mark();
  }

  get #size(): { width: number; height: number } {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
  }

  /** Find what of the curves can be seen on a chart of this width. */
  #measure(width: number): void {
    this.#columns = columnsOf(this.#lines, this.#count, width * devicePixelRatio, this.#above, this.stretch);
  }

  /** Draw other curves; the width is the chart's own, as asking the page for it would have it laid out in between. */
  #repaint(): void {
    this.#measure(this.#plot?.width ?? 0);
    this.#paint();
  }

  /** Levels must be larger to be drawn. */
  get #above(): number {
    return this.#log ? 0 : Number.NEGATIVE_INFINITY;
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
      this.#repaint();
    }
  }

  #follow(event: PointerEvent): void {
    const at = this.#fingers.size > 1 ? null : this.locate(event);
    if (at !== null) {
      this.point(at.step);
    }
  }

  #visible(): uPlot.AlignedData {
    const { steps, levels } = this.#columns;
    const beyond = steps.findIndex((step) => step > this.#drawnTo);
    const end = beyond < 0 ? steps.length : beyond;
    return [steps.slice(0, end), ...levels.map((column) => column.slice(0, end))];
  }

  #plotOptions(palette: Palette): uPlot.Options {
    const axis = { font: FONT, stroke: palette.text, ticks: { show: true, stroke: palette.axis, width: 1, size: 4 } };
    return {
      ...this.#size,
      padding: [12, ROOM_FOR_LABEL, this.#options.bare === true ? 12 : 0, 0],
      legend: { show: false },
      // The scales are known by then.
      hooks: { draw: [() => this.#mark(), () => this.onDrawn()] },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { show: false }, // uPlot would put them at what is drawn, which need not be the step itself
        bind: silent,
      },
      scales: {
        x: { time: false, range: () => [this.stretch.from, this.stretch.to] },
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
          space: SPACE,
          values: (_plot, marks) => shownAlike(marks),
          show: this.#options.bare !== true,
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
          ...(this.#log ? this.#logarithmicMarks() : {}),
          values: (_plot, marks) => shownAlike(marks),
        },
      ],
      series: [{}, ...this.#lines.map((_line, index) => this.#series(palette, index))],
    };
  }

  /** uPlot's own marks end at 1e-32, and never end below it. */
  #logarithmicMarks(): Pick<uPlot.Axis, "splits" | "filter"> {
    return {
      splits: () => logMarks(...this.#powers).map(({ value }) => value),
      filter: () => logMarks(...this.#powers).map(({ value, labelled }) => (labelled ? value : null)),
    };
  }

  #verticalRange(): [number, number] {
    const given = this.#options.range?.() ?? this.kept;
    if (given) {
      return [...given];
    }
    const [least, largest] = limits(this.#columns);
    if (this.#log) {
      this.#powers = logLimits(least, largest);
    }
    this.#vertical = this.#log
      ? [powerOfTen(this.#powers[0]), powerOfTen(this.#powers[1])]
      : linearRange(least, largest);
    return [...this.#vertical];
  }

  /** The limits that the vertical axis keeps; null where it keeps none, or none that its scale can have. */
  get kept(): readonly [number, number] | null {
    const [low] = this.#kept?.vertical ?? [0];
    return this.#log && low <= 0 ? null : (this.#kept?.vertical ?? null);
  }

  /** Return the step before which the levels of a series end, of those that are shown. */
  #lastOf(series: number): number {
    return Math.min(this.#lines[series - 1]?.lr.length ?? 0, this.#drawnTo + 1, this.stretch.to);
  }

  #series(palette: Palette, index: number): uPlot.Series {
    const { colour, dashes } = lookOf(palette, index);
    return {
      stroke: colour,
      width: 2,
      dash: [...dashes],
      spanGaps: false,
      // A stretch of many steps from its least to its largest level, by a straight line, is a column a pixel wide.
      paths: (plot, series, from, to) => (this.#columns.merged ? linear : stepped)(plot, series, from, to),
      points: {
        size: 5,
        stroke: colour,
        fill: index % 2 === 0 ? colour : palette.background,
        show: (plot) =>
          plot.bbox.width / devicePixelRatio / Math.max(1, this.stretch.to - this.stretch.from) >= ROOM_FOR_DOTS,
        // The last column only carries the last level to its end.
        filter: (_plot, series, room) => (room ? each(this.#lastOf(series) - this.stretch.from) : null),
      },
    };
  }
}

/** CSS pixels: half the width of the longest number of a step, as the last one stands below the end of the axis. */
const ROOM_FOR_LABEL = 28;
/** CSS pixels between the numbers of steps. */
const SPACE = 62;

const INTEGERS = [1, 2, 5]
  .flatMap((digit) => [0, 1, 2, 3, 4, 5, 6].map((power) => digit * 10 ** power))
  .sort((a, b) => a - b);
const stepped = uPlot.paths.stepped?.({ align: 1 }) as uPlot.Series.PathBuilder;
const linear = uPlot.paths.linear?.() as uPlot.Series.PathBuilder;

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

function each(count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_nothing, index) => index);
}

/** Return a dot that marks the step of one curve. */
function dot(colour: string): HTMLElement {
  const made = element("div", { class: "lr-dot", hidden: true });
  made.style.background = colour;
  return made;
}

function limits({ levels }: Columns): [number, number] {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of levels) {
    for (const level of column) {
      if (level !== null) {
        [least, largest] = [Math.min(least, level), Math.max(largest, level)];
      }
    }
  }
  return [least, largest];
}

function linearRange(least: number, largest: number): [number, number] {
  if (largest < least) {
    return [0, 1];
  }
  const span = Math.max(largest, 0) - Math.min(least, 0);
  return [least < 0 ? least - 0.05 * span : 0, largest > 0 ? largest + 0.05 * span : span === 0 ? 1 : 0];
}
