/** The curves as files: CSV, SVG and PNG, made on the reader's machine. */

import { logLimits, logMarks, roundMarks } from "./axes.ts";
import type { Line } from "./chart.ts";
import { type Columns, columnsOf, levelAt, type Stretch } from "./columns.ts";
import { drawn } from "./dom.ts";
import { joins, type Place } from "./joins.ts";
import { lookOf, type Palette } from "./look.ts";
import { shownAlike } from "./numbers.ts";

/** Hand a file to the reader. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Rows of a table that are written without a pause. */
const ROWS = 5_000;

/** Return the curves as the pieces of a CSV file: a column of steps, then one per curve, and the metric that they follow, every digit of each number kept; a row for each step that a curve has. */
export async function csv(curves: readonly Line[]): Promise<string[]> {
  const lines = [...curves, ...followedBy(curves)];
  const heads = ["step", ...lines.map((line) => line.label || "lr")].map(quoted).join(",");
  const some = heldPlaces(lines);
  const count = heldSteps(lines);
  const pieces = [`${heads}\n`];
  for (let from = 0; from < count; from += ROWS) {
    let rows = "";
    for (let at = from; at < Math.min(from + ROWS, count); at += 1) {
      const step = some?.[at] ?? at;
      rows += `${[step, ...lines.map((line) => levelAt(line, step) ?? "")].join(",")}\n`;
    }
    pieces.push(rows);
    if (count > ROWS) {
      await new Promise((done) => setTimeout(done)); // the page stays alive
    }
  }
  return pieces;
}

/** Return the metric that the curves follow, as a curve; none where they follow none. */
function followedBy(lines: readonly Line[]): Line[] {
  const lr = lines.find(({ pin, metric }) => pin === undefined && metric !== undefined)?.metric?.();
  return lr === undefined ? [] : [{ label: "metric", lr }];
}

/** Return how many rows a table of the curves has. */
export function heldSteps(lines: readonly Line[]): number {
  return heldPlaces(lines)?.length ?? Math.max(...lines.map((line) => line.lr.length));
}

/** Return the steps whose learning rates are known, rising; null where they are all. */
function heldPlaces(lines: readonly Line[]): readonly number[] | null {
  const some = lines.flatMap(({ places }) => (places === undefined ? [] : [places]));
  return some.length === 0 ? null : [...new Set(some.flat())].sort((one, other) => one - other);
}

function quoted(word: string): string {
  // A spreadsheet takes a cell that begins like this for a formula.
  const plain = /^[=+\-@\t\r]/.test(word) ? `'${word}` : word;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Pixels of a PNG for each unit of the picture. */
const SCALE = 2;

/** Return a picture that `svg` has made as a PNG. */
export async function png(picture: string): Promise<Blob> {
  const image = new Image(WIDTH * SCALE, HEIGHT * SCALE);
  image.src = `data:image/svg+xml,${encodeURIComponent(picture)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  (canvas.getContext("2d") as CanvasRenderingContext2D).drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG came of the canvas"))), "image/png"),
  );
}

const [WIDTH, HEIGHT] = [960, 400];
/** The curves; their names stand to the right of them. */
const AREA = { left: 72, right: 690, top: 16, bottom: 344 };
/** What is left of their area below the metric that they follow, and the area of the metric. */
const [BELOW, ABOVE] = [
  { ...AREA, top: 150 },
  { ...AREA, bottom: 126 },
];
const LEGEND = { left: 714, lines: 20 };
/** Characters of a line of the legend. */
const CHARACTERS = 28;
/** Columns of the area that a reader who enlarges the picture can tell from each other. */
export const PIXELS = 1000;

/** What a picture shows beside the curves. */
export interface Shown {
  readonly log: boolean;
  /** The number of steps. */
  readonly steps: number;
  /** Those of them that are shown. */
  readonly stretch: Stretch;
  /** The limits of the vertical axis, where they do not follow from the curves. */
  readonly kept: readonly [number, number] | null;
  /** What it holds, in words. */
  readonly words: string;
}

/** Return the curves as the text of an SVG file, on linear or logarithmic axes, with a legend beside them. */
export function svg(lines: readonly Line[], palette: Palette, { log, steps, stretch, kept, words }: Shown): string {
  const { from, to } = stretch;
  const metric = followedBy(lines);
  const panel = (name: string, shown: readonly Line[], area: Area, isLog: boolean, within: Shown["kept"]): Panel => {
    const columns = columnsOf(shown, steps, PIXELS, isLog ? 0 : Number.NEGATIVE_INFINITY, stretch);
    const axis = verticalAxis(columns, isLog, within);
    const x = (step: number): number => area.left + ((area.right - area.left) * (step - from)) / (to - from);
    const y = (value: number): number => area.bottom - (area.bottom - area.top) * axis.share(value);
    return { name, area, columns, marks: axis.marks, x, y };
  };
  const below = panel("lr", lines, metric.length > 0 ? BELOW : AREA, log, kept);
  const above = metric.map((line) => panel(line.label, [line], ABOVE, false, null));
  const marks = roundMarks(from, to).filter(Number.isInteger);
  const numbers = shownAlike(marks);
  const font = fontOf(palette);
  const foot = { ...font, "text-anchor": "middle" };
  const root = drawn(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT },
    drawn("desc", {}, words),
    drawn("rect", { width: WIDTH, height: HEIGHT, fill: palette.background }),
    ...[...above, below].flatMap((one) => frame(one, palette)),
    ...marks.map((mark, index) =>
      drawn("text", { ...foot, x: below.x(mark), y: AREA.bottom + 18 }, numbers[index] as string),
    ),
    drawn("text", { ...foot, x: (AREA.left + AREA.right) / 2, y: AREA.bottom + 36 }, "step"),
    ...above.flatMap((one) => [
      drawn("path", { stroke: palette.text, "stroke-width": 2, d: outline(one, 0), fill: "none" }),
      drawn("g", { stroke: palette.curves[1] as string }, ...joins(lines, stretch, placeIn(one), placeIn(below))),
    ]),
    clipOf(below.area),
    ...lines.map((_line, index) =>
      drawn("path", { ...strokeOf(palette, index), d: outline(below, index), fill: "none", "clip-path": "url(#area)" }),
    ),
    ...legend(lines, palette),
  );
  return new XMLSerializer().serializeToString(root);
}

type Area = typeof AREA;

/** A part of the picture with a vertical axis of its own. */
interface Panel {
  readonly name: string;
  readonly area: Area;
  readonly columns: Columns;
  readonly marks: readonly number[];
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
}

/** Return the axes of a panel. */
function frame({ name, area, marks, y }: Panel, palette: Palette): SVGElement[] {
  const { left, right, top, bottom } = area;
  const heights = shownAlike(marks);
  const font = fontOf(palette);
  const middle = (top + bottom) / 2;
  return [
    ...marks.flatMap((mark, index) => [
      drawn("line", { x1: left, x2: right, y1: y(mark), y2: y(mark), stroke: palette.grid }),
      drawn("text", { ...font, x: left - 6, y: y(mark) + 4, "text-anchor": "end" }, heights[index] as string),
    ]),
    drawn("path", { d: `M${left} ${top}V${bottom}H${right}`, fill: "none", stroke: palette.axis }),
    drawn("text", { ...font, x: 14, y: middle, transform: `rotate(-90 14 ${middle})`, "text-anchor": "middle" }, name),
  ];
}

/** Return what cuts off lines that leave an area, as they may where its vertical axis does not follow them; they are 2 wide. */
function clipOf({ left, right, top, bottom }: Area): SVGElement {
  const rect = { x: left, y: top - 1, width: right - left, height: bottom - top + 2 };
  return drawn("clipPath", { id: "area" }, drawn("rect", rect));
}

function placeIn({ area, x, y }: Panel): Place {
  return (step, level) => {
    const height = y(level);
    return height >= area.top && height <= area.bottom ? [x(step), height] : null;
  };
}

function fontOf({ text }: Palette): Record<string, string | number> {
  return { "font-family": "system-ui, sans-serif", "font-size": 12, fill: text };
}

function strokeOf(palette: Palette, index: number): Record<string, string | number> {
  const { colour, dashes } = lookOf(palette, index);
  return { stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes.join(" ") };
}

/** Return the names of the curves, each over as many lines as it needs, with the look of its line. */
function legend(lines: readonly Line[], palette: Palette): SVGElement[] {
  const font = fontOf(palette);
  const room = Math.max(1, Math.floor((AREA.bottom - AREA.top) / LEGEND.lines / lines.length));
  let top = AREA.top + 8;
  return lines.flatMap(({ label, told }, index) => {
    const values = [...(told?.() ?? [])].map(([name, value], at) => (at === 0 ? value : `${name}=${value}`));
    const words = broken(label || "lr", values).slice(0, room);
    const parts = [
      drawn("line", { ...strokeOf(palette, index), x1: LEGEND.left, x2: LEGEND.left + 28, y1: top, y2: top }),
      ...words.map((line, at) =>
        drawn("text", { ...font, x: LEGEND.left + 36, y: top + 4 + LEGEND.lines * 0.8 * at }, line),
      ),
    ];
    top += LEGEND.lines + LEGEND.lines * 0.8 * (words.length - 1);
    return parts;
  });
}

/** Return a name, and below it what is told of it, in lines that fit beside the curves. */
function broken(name: string, told: readonly string[]): string[] {
  const lines = [name.slice(0, CHARACTERS)];
  for (const word of told) {
    const last = lines.at(-1) as string;
    if (lines.length > 1 && last.length + word.length < CHARACTERS) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word.slice(0, CHARACTERS));
    }
  }
  return lines;
}

/** Return the path of a curve. */
function outline({ columns: { steps, levels, merged }, x, y }: Panel, index: number): string {
  const places = steps.map((step) => x(step).toFixed(2));
  const heights = (levels[index] ?? []).map((level) => (level === null ? null : y(level).toFixed(2)));
  return (merged ? joined : held)(places, heights).join("");
}

/** Return the path of levels that hold from a step to the next; `null` is a gap. */
function held(places: readonly string[], heights: readonly (string | null)[]): string[] {
  let open = false;
  return heights.map((height, at) => {
    const ends = height === null || at === heights.length - 1; // the level before holds until here
    const line = ends ? `H${places[at]}` : `H${places[at]}V${height}`;
    const start = height === null ? "" : `M${places[at]} ${height}`;
    const part = open ? line : start;
    open = height !== null;
    return part;
  });
}

/** Return the path of lines between the extremes of many steps; `null` is a gap. */
function joined(places: readonly string[], heights: readonly (string | null)[]): string[] {
  return heights.map((height, at) => {
    const open = at > 0 && heights[at - 1] !== null;
    return height === null ? "" : `${open ? "L" : "M"}${places[at]} ${height}`;
  });
}

interface Axis {
  share: (value: number) => number;
  marks: number[];
}

function verticalAxis({ levels }: Columns, log: boolean, kept: Shown["kept"]): Axis {
  if (kept !== null) {
    return log ? logAxis(...kept) : linearAxis(...kept);
  }
  let [least, largest] = log ? [Number.POSITIVE_INFINITY, 0] : [0, 0];
  for (const level of levels.flat()) {
    if (level !== null) {
      [least, largest] = [Math.min(least, level), Math.max(largest, level)];
    }
  }
  return log ? logAxis(least, largest) : linearAxis(least, largest > least ? largest + 0.05 * (largest - least) : 1);
}

function linearAxis(low: number, high: number): Axis {
  return { share: (value) => (value - low) / (high - low), marks: roundMarks(low, high) };
}

function logAxis(least: number, largest: number): Axis {
  const [low, high] = logLimits(least, largest);
  const marks = logMarks(low, high).filter(({ labelled }) => labelled);
  return { share: (value) => (Math.log10(value) - low) / (high - low), marks: marks.map(({ value }) => value) };
}
