/** The curves as files: CSV, SVG and PNG, made on the reader's machine. */

import { logLimits, logMarks, roundMarks } from "./axes.ts";
import type { Line } from "./chart.ts";
import { type Columns, columnsOf } from "./columns.ts";
import { drawn } from "./dom.ts";
import { lookOf, type Palette } from "./look.ts";
import { shown } from "./numbers.ts";

/** Hand a file to the reader. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Return the curves as CSV: a column of steps, then one per curve, every digit of each number kept. */
export function csv(lines: readonly Line[]): string {
  const count = Math.max(...lines.map((line) => line.lr.length));
  const heads = ["step", ...lines.map((line) => line.label || "lr")].map(quoted).join(",");
  const rows = Array.from({ length: count }, (_nothing, step) =>
    [step, ...lines.map((line) => line.lr[step] ?? "")].join(","),
  );
  return `${[heads, ...rows].join("\n")}\n`;
}

function quoted(word: string): string {
  // A spreadsheet takes a cell that begins like this for a formula.
  const plain = /^[=+\-@\t\r]/.test(word) ? `'${word}` : word;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Return the canvas on the page's background as a PNG. */
export function png(canvas: HTMLCanvasElement, background: string): Promise<Blob> {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d") as CanvasRenderingContext2D;
  context.fillStyle = background;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve, reject) =>
    copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG came of the canvas"))), "image/png"),
  );
}

const [WIDTH, HEIGHT] = [720, 360];
const AREA = { left: 72, right: 704, top: 16, bottom: 304 };
/** Columns of the area that a reader who enlarges the picture can tell from each other. */
const PIXELS = 1000;

/** Return the curves as the text of an SVG file, on linear or logarithmic axes. */
export function svg(lines: readonly Line[], palette: Palette, log: boolean): string {
  const count = Math.max(1, ...lines.map((line) => line.lr.length));
  const columns = columnsOf(lines, count, PIXELS, log ? 0 : Number.NEGATIVE_INFINITY);
  const axis = verticalAxis(columns, log);
  const x = (step: number): number => AREA.left + ((AREA.right - AREA.left) * step) / count;
  const y = (value: number): number => AREA.bottom - (AREA.bottom - AREA.top) * axis.share(value);
  const font = { "font-family": "system-ui, sans-serif", "font-size": 12, fill: palette.text };
  const root = drawn(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT },
    drawn("rect", { width: WIDTH, height: HEIGHT, fill: palette.background }),
    ...axis.marks.flatMap((mark) => [
      drawn("line", { x1: AREA.left, x2: AREA.right, y1: y(mark), y2: y(mark), stroke: palette.grid }),
      drawn("text", { ...font, x: AREA.left - 6, y: y(mark) + 4, "text-anchor": "end" }, shown(mark)),
    ]),
    drawn("path", { d: `M${AREA.left} ${AREA.top}V${AREA.bottom}H${AREA.right}`, fill: "none", stroke: palette.axis }),
    ...roundMarks(0, count).map((mark) =>
      drawn("text", { ...font, x: x(mark), y: AREA.bottom + 18, "text-anchor": "middle" }, shown(mark)),
    ),
    drawn("text", { ...font, x: (AREA.left + AREA.right) / 2, y: AREA.bottom + 36, "text-anchor": "middle" }, "step"),
    drawn("text", { ...font, x: 14, y: 160, transform: "rotate(-90 14 160)", "text-anchor": "middle" }, "lr"),
    ...lines.flatMap(({ label }, index) => [
      drawn("path", { ...strokeOf(palette, index), d: outline(columns, index, x, y), fill: "none" }),
      ...(lines.length > 1 ? key(label, index, palette) : []),
    ]),
  );
  return new XMLSerializer().serializeToString(root);
}

function strokeOf(palette: Palette, index: number): Record<string, string | number> {
  const { colour, dashes } = lookOf(palette, index);
  return { stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes.join(" ") };
}

/** Return the name of a curve, with the look of its line. */
function key(label: string, index: number, palette: Palette): SVGElement[] {
  const [left, top] = [AREA.right - 190, AREA.top + 10 + 18 * index];
  const font = { "font-family": "system-ui, sans-serif", "font-size": 12, fill: palette.text };
  return [
    drawn("line", { ...strokeOf(palette, index), x1: left, x2: left + 28, y1: top, y2: top }),
    drawn("text", { ...font, x: left + 36, y: top + 4 }, label.slice(0, 40)),
  ];
}

type Place = (value: number) => number;

/** Return the path of a curve. */
function outline({ steps, levels, merged }: Columns, index: number, x: Place, y: Place): string {
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

function verticalAxis({ levels }: Columns, log: boolean): Axis {
  let [least, largest] = log ? [Number.POSITIVE_INFINITY, 0] : [0, 0];
  for (const level of levels.flat()) {
    if (level !== null) {
      [least, largest] = [Math.min(least, level), Math.max(largest, level)];
    }
  }
  return log ? logAxis(least, largest) : linearAxis(least, largest);
}

function linearAxis(least: number, largest: number): Axis {
  const high = largest > least ? largest + 0.05 * (largest - least) : 1;
  return { share: (value) => (value - least) / (high - least), marks: roundMarks(least, high) };
}

function logAxis(least: number, largest: number): Axis {
  const [low, high] = logLimits(least, largest);
  const marks = logMarks(low, high).filter(({ labelled }) => labelled);
  return { share: (value) => (Math.log10(value) - low) / (high - low), marks: marks.map(({ value }) => value) };
}
