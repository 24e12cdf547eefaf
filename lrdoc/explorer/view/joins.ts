/** What joins each drop of a learning rate to the metric that caused it. */

import type { Line } from "./chart.ts";
import type { Stretch } from "./columns.ts";
import { drawn } from "./dom.ts";

/** Where a level stands at a step, from the left and from the top; null where it is not seen. */
export type Place = (step: number, level: number) => readonly [number, number] | null;

/** So many joins can be told from each other; where there are more, zooming in shows them. */
const MOST = 100;

/** Return the steps, of those that are shown, with a lower learning rate than the step before, whose metric caused it. */
export function dropsOf({ lr }: Pick<Line, "lr">, { from, to }: Stretch): number[] {
  const drops: number[] = [];
  for (let step = Math.max(1, from); step < Math.min(to, lr.length); step += 1) {
    if ((lr[step] as number) < (lr[step - 1] as number)) {
      drops.push(step);
    }
  }
  return drops;
}

/** Return the joins of the curves that follow the metric that is shown: a dot on the metric, and a line from there to the drop. */
export function joins(lines: readonly Line[], stretch: Stretch, above: Place, below: Place): SVGElement[] {
  const joined = lines.filter(({ metric, pin }) => metric !== undefined && pin === undefined);
  const drops = joined.map((line) => dropsOf(line, stretch));
  const count = drops.reduce((sum, one) => sum + one.length, 0);
  if (count === 0 || count > MOST) {
    return []; // before anything is placed: a movement of a slider comes here
  }
  const ends = joined.flatMap(({ lr, metric }, at) => {
    const levels = metric?.() ?? [];
    return (drops[at] ?? []).map((step) => [
      above(step - 1, levels[step - 1] as number),
      below(step, lr[step - 1] as number),
    ]);
  });
  const seen = ends.filter(([from, to]) => from && to);
  if (seen.length === 0) {
    return [];
  }
  return [
    drawn("path", { d: seen.map(([from, to]) => `M${from}L${to}`).join(""), "stroke-dasharray": "4 3" }),
    drawn("path", { d: seen.map(([from]) => `M${from}h0`).join(""), "stroke-width": 7, "stroke-linecap": "round" }),
  ];
}
