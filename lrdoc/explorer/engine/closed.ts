/** The closed form of a scheduler that the code has made, where its arguments are such that it holds. */

import type { Forms, Given, Rate } from "./forms.ts";
import { forms } from "./generated/forms.ts";
import { qualified } from "./generated/oneflow.ts";
import { schedulers } from "./generated/schedulers.ts";
import { call } from "./python/functions.ts";
import { type Callable, Instance, isCallable, Sequence, type Value } from "./python/values.ts";
import type { Parameter, Scheduler } from "./types.ts";

/** The values of a constructor's parameters, by their names. */
export type Arguments = ReadonlyMap<string, Value>;

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(qualified));
const FORMS: ReadonlyMap<string, Forms[string]> = new Map(
  Object.entries(forms).map(([name, form]) => [NAMES.get(name) ?? name, form]),
);
const DESCRIBED: ReadonlyMap<string, Scheduler> = new Map(
  schedulers.map((one) => [NAMES.get(one.className) ?? "", one]),
);

/** Return the closed form, or null where there is none or an argument is outside what it is defined for. */
export function closedForm(scheduler: Instance, made: ReadonlyMap<Instance, Arguments>): Rate | null {
  const form = FORMS.get(scheduler.cls.qualified);
  const given = made.get(scheduler);
  const described = DESCRIBED.get(scheduler.cls.qualified);
  if (form === undefined || given === undefined || described === undefined) {
    return null;
  }
  if (!described.parameters.every((one) => holds(one, given.get(one.name)))) {
    return null;
  }
  const inside = within(given, made);
  return inside === null ? null : form(reader(given, inside));
}

/** Tell whether a value is in the range that the closed form is checked on. */
function holds(parameter: Parameter, value: Value | undefined): boolean {
  if (!parameter.shapes || value === undefined) {
    return true;
  }
  switch (parameter.kind) {
    case "integer":
      return typeof value === "bigint" && inRange(parameter, Number(value));
    case "real":
      return (typeof value === "number" || typeof value === "bigint") && inRange(parameter, Number(value));
    case "flag":
      return (
        typeof value === "boolean" ||
        (parameter.several === true &&
          value instanceof Sequence &&
          value.items.every((one) => typeof one === "boolean"))
      );
    case "choice":
      return typeof value === "string";
    case "milestones":
      return value instanceof Sequence && value.items.every(isMilestone);
    case "function":
      return isCallable(value);
    default:
      return true;
  }
}

function inRange(
  { minimum = -Infinity, maximum = Infinity, open = false, below = false }: Parameter,
  value: number,
): boolean {
  const low = open ? value > minimum : value >= minimum;
  const high = below ? value < maximum : value <= maximum;
  return low && high && Number.isFinite(value);
}

function isMilestone(value: Value, at: number, all: readonly Value[]): boolean {
  const before = all[at - 1];
  return typeof value === "bigint" && value > 0n && (typeof before !== "bigint" || before < value);
}

/** Return the closed forms of the schedulers that are arguments; null where one has none or takes no place in another. */
function within(given: Arguments, made: ReadonlyMap<Instance, Arguments>): Map<Instance, Rate> | null {
  const found = new Map<Instance, Rate>();
  for (const scheduler of schedulersIn(given)) {
    const rate = ownRule(scheduler) ? closedForm(scheduler, made) : null;
    if (rate === null) {
      return null;
    }
    found.set(scheduler, rate);
  }
  return found;
}

function schedulersIn(given: Arguments): Instance[] {
  const values = Array.from(given.values()).flatMap((value) => (value instanceof Sequence ? value.items : [value]));
  return values.filter((value): value is Instance => value instanceof Instance && DESCRIBED.has(value.cls.qualified));
}

/** Tell whether the scheduler's class computes a learning rate from a base and a step, as those must that stand in another. */
function ownRule(scheduler: Instance): boolean {
  const base = scheduler.cls.base;
  return scheduler.cls.methods.has("get_lr") && base !== null && base.name === "LRScheduler";
}

function reader(given: Arguments, inside: ReadonlyMap<Instance, Rate>): Given {
  const value = (name: string): Value => given.get(name) ?? null;
  const items = (name: string): readonly Value[] => {
    const found = value(name);
    return found instanceof Sequence ? found.items : [];
  };
  const rate = (one: Value): Rate => (one instanceof Instance ? inside.get(one) : undefined) ?? ((base_lr) => base_lr);
  return {
    number: (name) => Number(value(name)),
    numbers: (name) => items(name).map(Number),
    flag: (name) => value(name) === true,
    flags: (name) => (value(name) instanceof Sequence ? items(name).map(Boolean) : value(name) === true),
    word: (name) => String(value(name)),
    rule: (name) => rule(value(name)),
    rate: (name) => rate(value(name)),
    rates: (name) => items(name).map(rate),
  };
}

/** A function gives NaN where its value is no number that a float holds; what OneFlow makes of that is found out by its own rule. */
function rule(value: Value): (step: number) => number {
  const callable = value as Callable;
  return (step) => {
    const result = call(callable, [BigInt(step)], null);
    return typeof result === "number" || typeof result === "bigint" ? Number(result) : Number.NaN;
  };
}
