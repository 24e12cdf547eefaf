/** The recurrence of a scheduler that has no closed form: its steps one after another, without interpreting OneFlow's source for each. */

import { Uncovered } from "./forms.ts";
import { recurrences } from "./generated/recurrences.ts";
import { library } from "./library.ts";
import { current } from "./python/spoil.ts";
import { type Class, type Dict, Instance, Sequence, type Value } from "./python/values.ts";
import type { Attributes, Recurrence, Recurring } from "./recurrence.ts";

/** A scheduler that is stepped apart from its instance, which stays as it is. */
export interface Recurrent extends Recurrence {
  /** Return what stands for a param group and always holds its learning rate. */
  group(group: Dict): { readonly lr: number };
}

/** Return the recurrence of a scheduler, or null where there is none: the code has a method of its own in it, or an attribute is of an unexpected type. */
export function recurrent(scheduler: Instance): Recurrent | null {
  const recurring = recurringOf(scheduler);
  if (recurring === null) {
    return null;
  }
  const attributes = new Read(scheduler);
  try {
    const recurrence = new recurring(attributes);
    return { step: (metrics) => recurrence.step(metrics), group: (group) => attributes.copy(group) };
  } catch (error) {
    if (error instanceof Uncovered) {
      return null;
    }
    throw error;
  }
}

function recurringOf(scheduler: Instance): Recurring | null {
  const { cls, attributes } = scheduler;
  const found = Object.entries(recurrences).find(([name]) => derives(cls, library().schedulers.get(name)));
  const ours = library().schedulers.get(found?.[0] ?? "");
  if (found === undefined || ours === undefined || cls.gap() !== null) {
    return null;
  }
  const [, recurring] = found;
  const isOurs = (name: string): boolean =>
    !attributes.has(name) && cls.method(name) === ours.method(name) && cls.property(name) === ours.property(name);
  return recurring.methods.every(isOurs) ? recurring : null;
}

function derives(cls: Class, from: Class | undefined): boolean {
  return from !== undefined && cls.order.includes(from);
}

/** The attributes of an instance, and copies of the dicts that were asked for. */
class Read implements Attributes {
  readonly #scheduler: Instance;
  readonly #copies = new Map<Value, Readonly<Record<string, number>> & { readonly lr: number }>();

  constructor(scheduler: Instance) {
    this.#scheduler = scheduler;
  }

  number(name: string): number {
    return numberOf(heldBy(this.#scheduler, name));
  }

  numbers(name: string): readonly number[] {
    return itemsOf(heldBy(this.#scheduler, name)).map(numberOf);
  }

  text(name: string): string {
    const value = heldBy(this.#scheduler, name);
    return typeof value === "string" ? value : uncovered();
  }

  truth(name: string): boolean {
    const value = heldBy(this.#scheduler, name);
    return typeof value === "boolean" ? value : uncovered();
  }

  groups<K extends string>(owner: string, name: string, keys: readonly K[]): readonly Record<K, number>[] {
    return itemsOf(heldBy(heldBy(this.#scheduler, owner), name)).map((dict) => this.#copied(dict, keys));
  }

  copy(dict: Dict): { readonly lr: number } {
    return this.#copies.get(dict) ?? uncovered();
  }

  #copied<K extends string>(given: Value, keys: readonly K[]): Record<K, number> {
    const dict = current(given);
    if (!(dict instanceof Map) || this.#copies.has(dict)) {
      return uncovered(); // one dict that is in the list twice would have two copies
    }
    const copy = Object.fromEntries([...keys, "lr"].map((key) => [key, numberOf(dict.get(key))])) as Record<
      K | "lr",
      number
    >;
    this.#copies.set(dict, copy);
    return copy;
  }
}

function uncovered(): never {
  throw new Uncovered();
}

function heldBy(instance: Value, name: string): Value {
  return instance instanceof Instance ? current(instance.attributes.get(name) ?? null) : uncovered();
}

function itemsOf(value: Value): readonly Value[] {
  return value instanceof Sequence && (value.kind === "list" || value.kind === "tuple") ? value.items : uncovered();
}

/** Return any float, or an int that a float holds exactly. */
function numberOf(value: Value | undefined): number {
  const number = Number(typeof value === "bigint" || typeof value === "number" ? value : uncovered());
  return typeof value === "number" || Number.isSafeInteger(number) ? number : uncovered();
}
