/** The scheduler part of a piece of code, written anew for OneFlow alone. */

import { type Construction, drawn } from "./construction.ts";
import { dialect } from "./dialect.ts";
import { groupsOf, labelsOf } from "./groups.ts";
import { Names, Unwritable } from "./names.ts";
import { note } from "./notes.ts";
import { type Class, Instance, Sequence, type Value } from "./python/values.ts";
import { sourceOf } from "./recipes.ts";
import type { Script } from "./script.ts";
import { ran } from "./script.ts";
import { curvesOf, refusal, type Settings, settled, trace } from "./trace.ts";
import type { Note, Options, Problem } from "./types.ts";
import { ratesOf } from "./workshop.ts";

/** Return code for OneFlow that makes the optimizers and schedulers whose curves are drawn, with their values in place of names; null where nothing is drawn, or something cannot be written down. */
export function asOneFlow(code: string, options: Options = {}): { code: string; notes: readonly Note[] } | null {
  const settings = settled(options);
  if (refusal(code, settings) !== null) {
    return null;
  }
  const script = ran(code, settings.names, settings.lr);
  const errors: Problem[] = [];
  if (curvesOf(script, { ...settings, steps: 1 }, errors).length === 0) {
    return null;
  }
  try {
    const written = new Writer(code, script).text();
    return isSame(code, written, settings)
      ? { code: written, notes: [note("modelsStandIn", { from: 0, to: 0 })] }
      : null;
  } catch (error) {
    if (error instanceof Unwritable || error instanceof RangeError) {
      return null; // a RangeError comes of what holds itself
    }
    throw error;
  }
}

/** The steps of which code that was written is compared with the original, and a metric for what needs one. */
const CHECKED = { steps: 100, metrics: [1] };

/** Tell whether what was written gives the curves of the original. */
function isSame(code: string, written: string, { lr, names }: Settings): boolean {
  const one = trace(code, { ...CHECKED, lr, names });
  const other = trace(written, { ...CHECKED, lr });
  const pairs = one.curves.map((curve, at) => [curve.lr, other.curves[at]?.lr ?? []] as const);
  return (
    other.curves.length === one.curves.length &&
    pairs.every(([a, b]) => a.length === b.length && a.every((rate, step) => isClose(rate, b[step])))
  );
}

function isClose(one: number, other: number | undefined): boolean {
  return other !== undefined && (Object.is(one, other) || Math.abs(one - other) <= 1e-12 * Math.abs(one));
}

/** The optimizer that stands for one that the code defines itself. */
const STAND_IN = "SGD";

/** The item of a param group that timm's schedulers multiply its learning rate by. */
const SCALE = "lr_scale";

/** Writes one script. */
class Writer {
  readonly #names: Names;
  readonly #script: Script;
  /** What instances are called that are already written. */
  readonly #written = new Map<Instance, string>();
  readonly #lines: string[] = [];

  constructor(code: string, script: Script) {
    this.#script = script;
    this.#names = new Names(code, script, (instance) => this.#written.get(instance));
  }

  text(): string {
    for (const made of drawn(this.#script.workshop.schedulers)) {
      this.#scheduler(made);
    }
    const parts = [this.#names.head(), this.#lines];
    return `${parts
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n")}\n`;
  }

  #scheduler(made: Construction): string {
    const { instance } = made;
    if (instance === null) {
      throw new Unwritable();
    }
    const known = this.#written.get(instance);
    if (known !== undefined) {
      return known;
    }
    if (isChanged(made, instance)) {
      throw new Unwritable();
    }
    const optimizer = instance.attributes.get("optimizer") ?? null;
    this.#optimizer(optimizer, made);
    const given = this.#arguments(made);
    const name = this.#names.free(made.label ?? "scheduler");
    this.#written.set(instance, name);
    this.#lines.push(`${name} = ${this.#path(made.cls)}(${given.join(", ")})`);
    this.#afterwards(made, optimizer);
    return name;
  }

  /** Return the arguments of a scheduler: those that the code gives, and those that make OneFlow do as the original. */
  #arguments(made: Construction): string[] {
    const asked = [...made.actuals.keys(), ...(made.translation?.more.keys() ?? [])];
    return asked.flatMap((name, at) => {
      const value = made.values.get(name) ?? null;
      const text = this.#value(value, made);
      return at === 0 && value instanceof Instance ? [text] : [`${name}=${text}`];
    });
  }

  /** Return an argument as code; schedulers inside are written first. */
  #value(value: Value, around: Construction): string {
    if (value instanceof Instance) {
      const made = this.#script.workshop.schedulers.find((one) => one.instance === value);
      if (made !== undefined && made.lrs.length !== around.lrs.length) {
        throw new Unwritable(); // a param group came between the two
      }
      return made === undefined ? this.#names.value(value) : this.#scheduler(made);
    }
    if (value instanceof Sequence && value.items.some((item) => item instanceof Instance)) {
      return `[${value.items.map((item) => this.#value(item, around)).join(", ")}]`;
    }
    return this.#names.value(value);
  }

  /** Return what a scheduler's class is called in the code that is written. */
  #path(cls: Class): string {
    const source = dialect()?.source(cls) ?? sourceOf(cls);
    if (source !== null) {
      this.#names.port(source);
      return cls.name;
    }
    const own = this.#names.ownClass(cls);
    if (own !== null) {
      return own;
    }
    this.#names.importOneFlow();
    return `flow.optim.lr_scheduler.${cls.name}`;
  }

  #optimizer(value: Value, scheduler: Construction): void {
    if (!(value instanceof Instance) || this.#written.has(value)) {
      return;
    }
    const made = this.#script.workshop.optimizers.find(({ instance }) => instance === value);
    const assumed = this.#script.workshop.nameOf(value)?.split(".").at(-1) ?? "";
    const name = this.#names.free(made?.label ?? (/^\w+$/.test(assumed) ? assumed : "optimizer"));
    this.#written.set(value, name);
    this.#names.importOneFlow();
    const [defaults, rates] = [value.attributes.get("_default_options"), beginning(value, scheduler)];
    const options = made === undefined ? [] : this.#options(made);
    const lr = defaults instanceof Map ? (defaults.get("lr") ?? null) : null;
    const known = rates.slice(0, knownGroups(scheduler));
    const params = this.#params(value, known, lr);
    const [only] = known;
    const own = this.#names.value(known.length === 1 ? (only ?? lr) : lr);
    const cls = this.#oneflowClass(value.cls);
    this.#lines.push(
      `${name} = flow.optim.${cls ?? STAND_IN}(${[params, `lr=${own}`, ...(cls === null ? [] : options)].join(", ")})`,
    );
    if (isResumed(scheduler)) {
      this.#lines.push(`for group in ${name}.param_groups:`, '    group["initial_lr"] = group["lr"]');
    }
  }

  /** Return further arguments of an optimizer, as far as they are plain values. */
  #options(made: Construction): string[] {
    return Array.from(made.actuals.keys()).flatMap((name) => {
      const value = made.values.get(name);
      const isPlain = value !== undefined && name !== "params" && name !== "lr";
      return isPlain && this.#names.isPlain(value) ? [`${name}=${this.#names.value(value)}`] : [];
    });
  }

  /** Return the first argument of an optimizer: models that stand for the code's own, one for each group. */
  #params(optimizer: Instance, rates: readonly Value[], lr: Value): string {
    const [first] = rates;
    if (rates.length === 1 && first !== undefined && groupsOf(optimizer)[0]?.has(SCALE) !== true) {
      return `${this.#names.model("model")}.parameters()`;
    }
    const labels = labelsOf(optimizer);
    const groups = rates.map((rate, at) => {
      const model = this.#names.model(/^\d+$/.test(labels[at] ?? "0") ? `part${at}` : (labels[at] ?? ""));
      const own = rate === lr ? "" : `, "lr": ${this.#names.value(rate)}`;
      const scale = groupsOf(optimizer)[at]?.get(SCALE);
      const scaled = scale === undefined ? "" : `, "${SCALE}": ${this.#names.value(scale)}`;
      return `    {"params": ${model}.parameters()${own}${scaled}},`;
    });
    return `[\n${groups.join("\n")}\n]`;
  }

  /** Return the optimizer of OneFlow that a class is or stands for; null for a class of the code's own. */
  #oneflowClass(cls: Class): string | null {
    const { optimizers } = this.#script.library;
    return cls.order.find((one) => optimizers.get(one.name) === one)?.name ?? null;
  }

  /** Write what the code does with param groups once the scheduler is made. */
  #afterwards(made: Construction, optimizer: Value): void {
    if (made.inner || !(optimizer instanceof Instance)) {
      return;
    }
    const name = this.#written.get(optimizer) ?? "";
    const [groups, rates] = [groupsOf(optimizer), ratesOf(optimizer)];
    for (let at = knownGroups(made); at < groups.length; at += 1) {
      const model = this.#names.model(labelsOf(optimizer)[at] ?? `part${at}`);
      const lr = this.#names.value(rates[at] ?? null);
      this.#lines.push(`${name}.add_param_group({"params": ${model}.parameters(), "lr": ${lr}})`);
    }
    const byHand = made.lrs.flatMap((lr, at) => (rates[at] === undefined || rates[at] === lr ? [] : [at]));
    const isAlone = this.#script.workshop.schedulers.every(
      (one) => one === made || one.inner || one.instance?.attributes.get("optimizer") !== optimizer,
    );
    for (const at of isAlone ? byHand : []) {
      this.#lines.push(`${name}.param_groups[${at}]["lr"] = ${this.#names.value(rates[at] ?? null)}`);
    }
  }
}

/** Tell whether the code sets an attribute of a scheduler once it is made. */
function isChanged({ left }: Construction, { attributes }: Instance): boolean {
  return Array.from(left).some(([name, before]) => {
    const now = attributes.get(name);
    const isSame =
      before instanceof Sequence && now instanceof Sequence
        ? before.items.length === now.items.length && before.items.every((item, at) => item === now.items[at])
        : before === now;
    return !isSame;
  });
}

/** Return how many of the optimizer's groups were there when the scheduler was made. */
function knownGroups(made: Construction): number {
  return made.lrs.length;
}

/** Return the learning rate that each group had when the first scheduler was made. */
function beginning(optimizer: Instance, made: Construction): Value[] {
  const bases = made.left.get("base_lrs");
  const known = bases instanceof Sequence ? bases.items : made.lrs;
  return groupsOf(optimizer).map((group, at) => known[at] ?? group.get("lr") ?? null);
}

/** Tell whether a scheduler goes on from a step, so that its groups have to have an initial learning rate. */
function isResumed(made: Construction): boolean {
  const last = made.values.get("last_step") ?? made.values.get("last_epoch") ?? -1n;
  return last !== -1n;
}
