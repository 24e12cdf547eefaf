/** The curves as files: CSV, SVG and PNG, made on the reader's machine. */

import type { Line } from "./chart.ts";
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
const MOST_POINTS = 4000;

/** Return the curves as the text of an SVG file, on linear or logarithmic axes. */
export function svg(lines: readonly Line[], palette: Palette, log: boolean): string {
  const count = Math.max(1, ...lines.map((line) => line.lr.length));
  const axis = verticalAxis(lines, log);
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
    ...lines.flatMap((line, index) => svgCurve(line, index, lines.length, palette, { x, y, drawable: axis.drawable })),
  );
  return new XMLSerializer().serializeToString(root);
}

interface Projection {
  x: (step: number) => number;
  y: (value: number) => number;
  drawable: (value: number) => boolean;
}

function svgCurve(line: Line, index: number, of: number, palette: Palette, projection: Projection): SVGElement[] {
  const { colour, dashes } = lookOf(palette, index);
  const stroke = { stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes.join(" ") };
  const curve = drawn("path", { ...stroke, d: outline(line.lr, projection), fill: "none" });
  if (of === 1) {
    return [curve];
  }
  const [left, top] = [AREA.right - 190, AREA.top + 10 + 18 * index];
  const label = {
    x: left + 36,
    y: top + 4,
    "font-family": "system-ui, sans-serif",
    "font-size": 12,
    fill: palette.text,
  };
  return [
    curve,
    drawn("line", { ...stroke, x1: left, x2: left + 28, y1: top, y2: top }),
    drawn("text", label, line.label.slice(0, 40)),
  ];
}

/** Return the path of the levels; only the steps where the learning rate changes are written. */
function outline(lr: ArrayLike<number>, projection: Projection): string {
  const parts: string[] = [];
  const stride = Math.ceil(lr.length / MOST_POINTS);
  let open = false;
  for (let step = 0; step < lr.length; step += stride) {
    const value = lr[step] as number;
    if (!projection.drawable(value)) {
      open = false;
      continue;
    }
    const [left, right, height] = [
      projection.x(step),
      projection.x(Math.min(step + stride, lr.length)),
      projection.y(value),
    ];
    parts.push(
      open
        ? `V${height.toFixed(2)}H${right.toFixed(2)}`
        : `M${left.toFixed(2)} ${height.toFixed(2)}H${right.toFixed(2)}`,
    );
    open = true;
  }
  return parts.join("");
}

interface Axis {
  share: (value: number) => number;
  marks: number[];
  drawable: (value: number) => boolean;
}

function verticalAxis(lines: readonly Line[], log: boolean): Axis {
  const drawable = (value: number): boolean => Number.isFinite(value) && (!log || value > 0);
  let [least, largest] = log ? [Number.POSITIVE_INFINITY, 0] : [0, 0];
  for (const { lr } of lines) {
    for (let step = 0; step < lr.length; step += 1) {
      const value = lr[step] as number;
      if (drawable(value)) {
        [least, largest] = [Math.min(least, value), Math.max(largest, value)];
      }
    }
  }
  return log ? logAxis(least, largest, drawable) : linearAxis(least, largest, drawable);
}

function linearAxis(least: number, largest: number, drawable: Axis["drawable"]): Axis {
  const high = largest > least ? largest + 0.05 * (largest - least) : 1;
  return { share: (value) => (value - least) / (high - least), marks: roundMarks(least, high), drawable };
}

function logAxis(least: number, largest: number, drawable: Axis["drawable"]): Axis {
  const low = largest > 0 ? Math.floor(Math.log10(least)) : -3;
  const high = Math.max(low + 1, largest > 0 ? Math.ceil(Math.log10(largest)) : 0);
  const every = Math.ceil((high - low) / 8);
  const marks = [];
  for (let power = low; power <= high; power += every) {
    marks.push(10 ** power);
  }
  return { share: (value) => (Math.log10(value) - low) / (high - low), marks, drawable };
}

/** Return about six round numbers within two limits. */
function roundMarks(low: number, high: number): number[] {
  const raw = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(raw));
  const distance = power * ([1, 2, 5, 10].find((digit) => digit * power >= raw) as number);
  const marks = [];
  for (let index = Math.ceil(low / distance); index * distance <= high; index += 1) {
    marks.push(index * distance);
  }
  return marks;
}
