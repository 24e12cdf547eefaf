/** The number of steps that shows a schedule whole, as far as its code tells. */

import { type Argument, type Call, described, read, type Value } from "../engine/index.ts";
import { exampleOf } from "./examples.ts";
import { LIMITS } from "./state.ts";

/** Where a schedule takes less than this share of the axis, it is too small to be seen. */
const LEAST_SHARE = 0.1;

/** How many times the largest count of steps in its arguments a class is shown for; known once it is asked for. */
const STRETCHED = new Map<string, number>();

/** Return the number of steps to show in place of `steps`; null where these show the schedules of the code well, or the code tells none. */
export function proposedSteps(calls: readonly Call[], steps: number): number | null {
  const wanted = Math.min(LIMITS.steps, Math.ceil(Math.max(0, ...calls.map(lengthOf))));
  return wanted > steps || (wanted > 0 && wanted < LEAST_SHARE * steps) ? wanted : null;
}

/** Tell whether the code counts steps that so many do not reach. */
export function isBeyond(calls: readonly Call[], steps: number): boolean {
  return calls.some((call) => largestOf(call) > steps);
}

/** Return the number of steps that shows a call as its page shows its example. */
function lengthOf(call: Call): number {
  return Math.max(stretchOf(call.className) * ownOf(call), ...childrenOf(call).map(lengthOf), 0);
}

function stretchOf(className: string): number {
  const known = STRETCHED.get(className);
  if (known !== undefined) {
    return known;
  }
  const [preset] = described(className)?.presets ?? [];
  const { code = "", steps = 1 } = preset === undefined ? {} : exampleOf(preset).state;
  const largest = Math.max(0, ...read(code).schedulers.map(largestOf));
  const found = largest > 0 ? Math.max(1, steps / largest) : 1;
  STRETCHED.set(className, found);
  return found;
}

function largestOf(call: Call): number {
  return Math.max(ownOf(call), ...childrenOf(call).map(largestOf));
}

/** Return the largest count of steps in the arguments of a call itself; 0 if there is none. */
function ownOf(call: Call): number {
  return Math.max(0, ...call.arguments.flatMap((argument) => countsOf(call, argument)));
}

function countsOf(call: Call, { parameter, value }: Argument): readonly number[] {
  const kind = described(call.className)?.parameters.find(({ name }) => name === parameter)?.kind;
  const counts = kind === "milestones" && Array.isArray(value) ? value : kind === "steps" ? [value] : [];
  return counts.filter((count): count is number => typeof count === "number" && Number.isFinite(count));
}

function childrenOf(call: Call): Call[] {
  const values = call.arguments.flatMap(({ value }) => (Array.isArray(value) ? (value as Value[]) : [value]));
  return values.filter((value): value is Call => typeof value === "object" && value !== null && "className" in value);
}
