/** The closed form of a scheduler: its learning rate at any step, without going through the steps before. */

import { type Attributes, type Forms, type Rate, reached, Uncovered } from "./forms.ts";
import { forms } from "./generated/forms.ts";
import { qualified } from "./generated/oneflow.ts";
import { call } from "./python/functions.ts";
import { Instance, Sequence, truth, type Value } from "./python/values.ts";

const BASE = "LRScheduler";
const QUALIFIED: ReadonlyMap<string, string> = new Map(Object.entries(qualified));
const ONEFLOW: ReadonlySet<string> = new Set(QUALIFIED.values());
const FORMS: ReadonlyMap<string, Forms[string]> = byQualifiedName(forms);

type Compose = (scheduler: Instance, group: number) => Rate;

/** What `step` computes in the classes that have their own: a composition of functions, or of the `get_lr` of other schedulers. */
const COMPOSED: ReadonlyMap<string, Compose> = byQualifiedName<Compose>({
  LambdaLR: (scheduler, group) => {
    const rule = listOf(scheduler, "lr_lambdas")[group] ?? null;
    return (base_lr, step) => base_lr * ruled(rule, step);
  },
  SequentialLR: (scheduler) => {
    const milestones = attributesOf(scheduler).numbers("milestones");
    const rescaled = listOf(scheduler, "interval_rescaling").map(truth);
    const rates = listOf(scheduler, "schedulers").map(rateOf);
    return (base_lr, step) => {
      const at = reached(milestones, step);
      const start = rescaled[at - 1] === true ? (milestones[at - 1] ?? Number.NaN) : 0;
      return rates[at]?.(base_lr, step - start) ?? Number.NaN;
    };
  },
  ChainedScheduler: (scheduler, group) => {
    const [first] = listOf(scheduler, "schedulers");
    if (!(first instanceof Instance) || group >= listOf(first, "base_lrs").length) {
      throw new Uncovered(); // the group was added after the first scheduler was made
    }
    const rates = listOf(scheduler, "schedulers").map(rateOf);
    return (base_lr, step) => rates.reduce((lr, rate) => rate(lr, step), base_lr);
  },
});

function byQualifiedName<T>(named: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(named).map(([name, one]) => [QUALIFIED.get(name) ?? name, one]));
}

/** Return the closed form for each of the first `groups` param groups, or null where there is none: for a class of the user's, or an attribute of an unexpected type. */
export function closedForms(scheduler: Instance, groups: number): Rate[] | null {
  if (!ONEFLOW.has(scheduler.cls.qualified)) {
    return null;
  }
  try {
    return Array.from({ length: groups }, (_, group) => stepped(scheduler, group));
  } catch (error) {
    if (error instanceof Uncovered) {
      return null;
    }
    throw error;
  }
}

/** Return what the scheduler's method `step` computes: what `get_lr` returns, unless the class steps in a way of its own. */
function stepped(scheduler: Instance, group: number): Rate {
  const owner = scheduler.cls.above("step", 0);
  if (owner?.name === BASE) {
    return rateOf(scheduler);
  }
  const compose = COMPOSED.get(owner?.qualified ?? "");
  if (compose === undefined || isPatched(scheduler)) {
    throw new Uncovered();
  }
  return compose(scheduler, group);
}

/** Return what the scheduler's method `get_lr` computes. */
function rateOf(scheduler: Value): Rate {
  const form = scheduler instanceof Instance ? FORMS.get(scheduler.cls.qualified) : undefined;
  if (form === undefined || !(scheduler instanceof Instance) || isPatched(scheduler)) {
    throw new Uncovered();
  }
  return form(attributesOf(scheduler));
}

/** Tell whether a method of the class was replaced in the object. */
function isPatched({ attributes, cls }: Instance): boolean {
  return Array.from(attributes.keys()).some((name) => cls.method(name) !== undefined);
}

function attributesOf({ attributes }: Instance): Attributes {
  return {
    number: (name) => numberOf(attributes.get(name)),
    numbers: (name) => itemsOf(attributes.get(name)).map(numberOf),
    truth: (name) => truth(attributes.get(name) ?? null),
  };
}

function listOf({ attributes }: Instance, name: string): readonly Value[] {
  return itemsOf(attributes.get(name));
}

function itemsOf(value: Value | undefined): readonly Value[] {
  if (!(value instanceof Sequence)) {
    throw new Uncovered();
  }
  return value.items;
}

/** Return an int or a float; throw for one that no finite float holds exactly. */
function numberOf(value: Value | undefined): number {
  const number = Number(value);
  const isExact = typeof value === "bigint" ? Number.isSafeInteger(number) : typeof value === "number";
  if (!isExact || !Number.isFinite(number)) {
    throw new Uncovered();
  }
  return number;
}

/** Return what a function of the step returns; NaN for what is no number, which is left to OneFlow's own code. */
function ruled(rule: Value, step: number): number {
  const result = call(rule, [BigInt(step)], null);
  return typeof result === "number" || typeof result === "bigint" ? Number(result) : Number.NaN;
}
