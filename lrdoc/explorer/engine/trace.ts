/** Compute the learning rates of every scheduler of a piece of code. */

import { closedForms } from "./closed.ts";
import { type Construction, drawn, labelled } from "./construction.ts";
import { type Rate, Uncovered } from "./forms.ts";
import { MOST_IN_TURN, MOST_STEPS } from "./generated/limits.ts";
import { groupsOf, labelsOf } from "./groups.ts";
import { guesses } from "./guesses.ts";
import { asksOf, own, problem, problemsOf } from "./problems.ts";
import { begin, surface } from "./python/effort.ts";
import { asTrouble, locate, Puzzle, Trouble } from "./python/errors.ts";
import { attributeOf, call } from "./python/functions.ts";
import { current } from "./python/spoil.ts";
import { Complex, type Dict, Instance, Sequence, text, Unknown, type Value } from "./python/values.ts";
import { type Recurrent, recurrent } from "./recurring.ts";
import { MOST_CHARACTERS, ran, type Script } from "./script.ts";
import type { Curve, Options, Problem, Traced } from "./types.ts";
import { ratesOf } from "./workshop.ts";

/** The largest number of steps of which some alone are asked for. */
const MOST_SPARSE = 100_000_000;

/** The most curves, each of which may have as many steps. */
const MOST_CURVES = 100;

/** The options, with what holds where one is not given. */
export type Settings = Required<Options>;

export function settled(options: Options): Settings {
  return { lr: 0.1, steps: 100, metrics: [], names: {}, places: [], inTurn: true, ...options };
}

/** Return one curve per scheduler that is not an argument of another, in the order of the code, and what is wrong. */
export function trace(code: string, options: Options = {}): Traced {
  const settings = settled(options);
  const refused = refusal(code, settings);
  if (refused !== null) {
    return { curves: [], errors: [refused], asks: [], notes: [] };
  }
  const script = ran(code, settings.names, settings.lr);
  const errors = problemsOf(script, code.length);
  const curves = curvesOf(script, settings, errors);
  return { curves, errors, asks: asksOf(script, errors), notes: script.notes };
}

/** Return the curves of a script that has run; what goes wrong on the way is added to `errors`. */
export function curvesOf(script: Script, settings: Settings, errors: Problem[]): Curve[] {
  const outer = drawn(script.workshop.schedulers);
  const count = outer.reduce((sum, { instance }) => sum + groupsOf(instance?.attributes.get("optimizer")).length, 0);
  if (count > MOST_CURVES) {
    errors.push(own("manyCurves", { most: MOST_CURVES }));
    return [];
  }
  const labels = labelled(outer);
  const found = outer.map((made) => new CurveTracer(script, made, labels.get(made) ?? "", settings, errors).curves());
  const curves = found.flat();
  const rule = outer.length > 1 ? outer.find(runsCode) : undefined;
  if (rule !== undefined && !areApart(script, settings, curves)) {
    errors.push(own("shared", {}, rule.node));
    return [];
  }
  begin();
  return found.flatMap((each, at) => lasting(script, outer[at] as Construction, each, settings, errors));
}

/** Return the curves of a scheduler, if it had the same before the steps that the code itself makes; refuse them where something that they depend on was changed meanwhile. */
function lasting(
  script: Script,
  made: Construction,
  curves: readonly Curve[],
  settings: Settings,
  errors: Problem[],
): readonly Curve[] {
  const times = script.stepped.flatMap((all, at) => (all.includes(made.instance) ? at : []));
  const [first] = curves;
  const isOpen = errors.some(({ curve, oneflow }) => curve === first?.label && !oneflow);
  const isSame = (lr: Float64Array, other: Float64Array | undefined): boolean =>
    other === undefined ||
    ((isOpen || lr.length === other.length) && lr.every((rate, step) => Object.is(rate, other[step])));
  const held = (at: number): boolean => {
    const before = ran(script.text, settings.names, settings.lr, at);
    const then = before.workshop.schedulers[script.workshop.schedulers.indexOf(made)];
    const was = then?.instance ? new CurveTracer(before, then, "", settings, []).curves() : [];
    return was.length > 0 && curves.every(({ lr }, group) => isSame(lr, was[group]?.lr));
  };
  const some = new Set([0, times.length >> 1, times.length - 1].flatMap((at) => times[at] ?? []));
  if (first === undefined || Array.from(some).every(held)) {
    return curves;
  }
  errors.push(own("changedLate", {}, made.node));
  return [];
}

/** Tell whether a scheduler's learning rates come from functions that the code defines. */
function runsCode({ instance }: Construction): boolean {
  return instance !== null && (instance.attributes.has("lr_lambdas") || instance.cls.isUsers);
}

/** Tell whether all curves are the same if they are computed in the other order: not where what one does changes what another's functions use. */
function areApart(script: Script, settings: Settings, curves: readonly Curve[]): boolean {
  if (guesses.computesAlone(script)) {
    return true;
  }
  const other = ran(script.text, settings.names, settings.lr);
  const again = drawn(other.workshop.schedulers).reverse();
  const found = again.map((made) => new CurveTracer(other, made, "", settings, []).curves()).reverse();
  return found.flat().every(({ lr }, at) => lr.every((rate, step) => Object.is(rate, curves[at]?.lr[step])));
}

/** Return why nothing can be computed, if the code or an option is not what it must be. */
export function refusal(code: string, { lr, steps, metrics, names, places }: Settings): Problem | null {
  if (typeof code !== "string") {
    return own("isText");
  }
  if (code.length > MOST_CHARACTERS) {
    return own("manyCharacters", { most: MOST_CHARACTERS });
  }
  if (!Number.isInteger(steps) || steps < 1 || steps > (places.length > 0 ? MOST_SPARSE : MOST_STEPS)) {
    return own("isSteps", { most: MOST_STEPS });
  }
  if (typeof lr !== "number") {
    return own("isLr");
  }
  if (!Array.isArray(metrics) || !metrics.every((metric) => typeof metric === "number")) {
    return own("isMetrics");
  }
  if (typeof names !== "object" || names === null || !Object.values(names).every(isGiven)) {
    return own("isNames");
  }
  return null;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isGiven) : ["number", "string", "boolean"].includes(typeof value);
}

/** Computes the curves of one scheduler, one per param group, as if it were the only scheduler of its optimizer. */
class CurveTracer {
  readonly #made: Construction;
  readonly #scheduler: Instance;
  readonly #label: string;
  readonly #settings: Settings;
  readonly #errors: Problem[];
  readonly #isPlateau: boolean;
  /** Whether its rates come from a function, which may look at the optimizer. */
  readonly #isLambda: boolean;
  /** The closed form of each group that the scheduler knows; null where there is none. */
  readonly #forms: readonly Rate[] | null;
  readonly #bases: readonly number[];
  readonly #groups: readonly Dict[];
  readonly #script: Script;

  constructor(script: Script, made: Construction, label: string, settings: Settings, errors: Problem[]) {
    if (made.instance === null) {
      throw new TypeError(`${label} was not made`);
    }
    this.#script = script;
    this.#made = made;
    this.#scheduler = made.instance;
    this.#label = label;
    this.#settings = settings;
    this.#errors = errors;
    this.#isPlateau = made.instance.cls.method("get_lr") === undefined;
    this.#isLambda = made.instance.attributes.has("lr_lambdas");
    this.#groups = groupsOf(this.#optimizer);
    this.#bases = basesOf(made.instance).slice(0, this.#groups.length);
    const step = made.instance.attributes.get("last_step");
    const isCounted = typeof step === "bigint" && step >= 0n && !this.#isPlateau;
    this.#forms = isCounted ? closedForms(made.instance, this.#bases.length) : null;
  }

  get #optimizer(): Value {
    return this.#scheduler.attributes.get("optimizer") ?? null;
  }

  curves(): Curve[] {
    const { left, lrs, node } = this.#made;
    const isMoved = this.#scheduler.attributes.get("last_step") !== left.get("last_step");
    if (isMoved && ratesOf(this.#optimizer).some((lr, at) => lr !== lrs[at])) {
      this.#errors.push(own("stepped", {}, node)); // the code has run the method in another way than by calling it
      return [];
    }
    const some = this.#some();
    if (some === null && this.#settings.steps > MOST_STEPS) {
      this.#errors.push({ ...own("isSteps", { most: MOST_STEPS }), curve: this.#label });
      return [];
    }
    const rates = some ?? (this.#settings.places.length === 0 || this.#settings.inTurn ? this.#all() : this.#none());
    const { from, to } = this.#made.node;
    const labels = this.#optimizer instanceof Instance && rates.length > 1 ? labelsOf(this.#optimizer) : [];
    return rates.map((lr, index) => ({
      label: this.#label,
      lr,
      ...(some === null ? {} : { places: this.#settings.places }),
      call: { from, to },
      metric: this.#isPlateau,
      ...(labels.length === 0 ? {} : { group: { index, label: labels[index] ?? String(index) } }),
    }));
  }

  #none(): Float64Array[] {
    return this.#groups.map(() => new Float64Array(0));
  }

  /** Return the learning rates of every step that OneFlow would reach; of the first ones, where there are more than can be computed in turn. */
  #all(): Float64Array[] {
    const rates = this.#groups.map(() => new Float64Array(this.#settings.steps));
    const count = this.#fill(rates);
    return rates.map((lr) => lr.subarray(0, count));
  }

  /** Return the learning rates of the steps that are asked for; null where they are not to be had without all others. */
  #some(): Float64Array[] | null {
    const { places } = this.#settings;
    const forms = this.#forms;
    if (places.length === 0 || forms === null || this.#isLambda) {
      return null;
    }
    const rates = this.#groups.map(() => new Float64Array(places.length));
    try {
      this.#begin();
      this.#settle();
      this.#keep(rates, 0);
    } catch {
      return null; // what is wrong is told where all steps are computed
    }
    const first = this.#firstStep();
    for (const [group, lr] of rates.entries()) {
      const form = forms[group];
      for (let at = 1; at < places.length; at += 1) {
        // A group that the scheduler does not know keeps its learning rate.
        const rate = form === undefined ? lr[0] : closed(form, this.#base(group), first + (places[at] ?? 0));
        if (rate === undefined || !Number.isFinite(rate)) {
          return null;
        }
        lr[at] = rate;
      }
    }
    return rates;
  }

  /** Throw where a list that the scheduler holds may have been changed since, in a way that is not understood. */
  #settle(): void {
    for (const value of [this.#scheduler, ...this.#scheduler.attributes.values()]) {
      const now = value instanceof Sequence || value === this.#scheduler ? current(value) : value;
      if (now instanceof Unknown) {
        now.demand();
      }
    }
  }

  /** Compute as many learning rates as OneFlow would; return their number. */
  #fill(rates: readonly Float64Array[]): number {
    let at = 0;
    this.#begin();
    try {
      this.#settle();
      this.#keep(rates, 0);
      if (this.#recur(rates)) {
        return this.#end(Math.min(this.#settings.steps, MOST_IN_TURN));
      }
      const first = this.#firstStep();
      let inTurn = 1;
      for (at = 1; at < this.#settings.steps; at += 1) {
        const isCovered = this.#compute(rates, first + at, at);
        inTurn += isCovered && !this.#isLambda ? 0 : 1;
        if (inTurn > MOST_IN_TURN) {
          return this.#end(at);
        }
        if (!isCovered) {
          this.#byItsRule(first + at, at);
          this.#keep(rates, at);
        }
      }
      this.#leave(rates);
      return this.#settings.steps;
    } catch (error) {
      this.#report(asTrouble(error), at);
      return at;
    }
  }

  /** Return the number of steps that are computed; say so where it is not all of them. */
  #end(count: number): number {
    const { steps } = this.#settings;
    if (count < steps) {
      const { from, to } = this.#made.node;
      this.#errors.push({ ...own("inTurn", { most: count, steps }), from, to, curve: this.#label, step: count });
    }
    return count;
  }

  /** Give the optimizer the learning rates with which the training begins: what its constructor left, where other schedulers of the optimizer came after it. */
  #begin(): void {
    const others = this.#script.workshop.schedulers.some(
      ({ instance, inner }) =>
        !inner && instance !== this.#scheduler && instance?.attributes.get("optimizer") === this.#optimizer,
    );
    for (const [at, lr] of others ? this.#made.lrs.entries() : []) {
      this.#groups[at]?.set("lr", lr);
    }
  }

  /** Put down what the optimizer holds now. */
  #keep(rates: readonly Float64Array[], at: number): void {
    for (const [group, lr] of ratesOf(this.#optimizer).entries()) {
      (rates[group] as Float64Array)[at] = plain(lr);
    }
  }

  /** Compute the learning rates of a step by the closed form; return false where it has no finite answer for all of them, as OneFlow's own code decides then: it may raise an exception. */
  #compute(rates: readonly Float64Array[], step: number, at: number): boolean {
    if (this.#forms === null) {
      return false;
    }
    if (this.#isLambda) {
      this.#scheduler.attributes.set("last_step", BigInt(step)); // what a rule may look at
    }
    for (const [group, lr] of rates.entries()) {
      const form = this.#forms[group];
      // A group that the scheduler does not know keeps its learning rate.
      lr[at] = form === undefined ? (lr[at - 1] ?? Number.NaN) : closed(form, this.#base(group), step);
      if (!Number.isFinite(lr[at])) {
        return false;
      }
    }
    for (const [group, lr] of this.#isLambda ? rates.entries() : []) {
      this.#groups[group]?.set("lr", lr[at] ?? Number.NaN);
    }
    return true;
  }

  /** Compute all learning rates by the scheduler's recurrence; return false where it has none, or does not cover a step: OneFlow's own code goes through all steps then, from what the scheduler still holds. */
  #recur(rates: readonly Float64Array[]): boolean {
    const isFed = this.#isPlateau && this.#settings.metrics.length > 0;
    const recurrence = isFed ? recurrent(this.#scheduler) : null;
    if (recurrence === null) {
      return false;
    }
    try {
      this.#advance(recurrence, rates);
    } catch (error) {
      if (error instanceof Uncovered) {
        return false;
      }
      throw error;
    }
    this.#leave(rates);
    return true;
  }

  #advance(recurrence: Recurrent, rates: readonly Float64Array[]): void {
    const groups = this.#groups.map((group, at) => [recurrence.group(group), rates[at] as Float64Array] as const);
    for (let at = 1; at < Math.min(this.#settings.steps, MOST_IN_TURN); at += 1) {
      recurrence.step(this.#metric(at - 1));
      for (const [group, lr] of groups) {
        lr[at] = group.lr;
      }
    }
  }

  /** Leave the optimizer with the last learning rates, as OneFlow's code does: a function of another scheduler may look at them. What has not changed stays the int that it may be. */
  #leave(rates: readonly Float64Array[]): void {
    for (const [group, lr] of rates.entries()) {
      const last = lr[Math.min(this.#settings.steps, MOST_IN_TURN) - 1] ?? Number.NaN;
      if (last !== lr[0]) {
        this.#groups[group]?.set("lr", last);
      }
    }
  }

  #byItsRule(step: number, at: number): void {
    surface();
    if (this.#forms !== null) {
      this.#scheduler.attributes.set("last_step", BigInt(step - 1));
    }
    call(attributeOf(this.#scheduler, "step"), this.#isPlateau ? [this.#metric(at - 1)] : [], null);
  }

  #metric(at: number): number {
    const { metrics } = this.#settings;
    const metric = metrics[Math.min(at, metrics.length - 1)];
    if (metric === undefined) {
      throw new Puzzle("needsMetrics", { name: this.#made.cls.name });
    }
    return metric;
  }

  #base(group: number): number {
    return this.#bases[group] ?? Number.NaN;
  }

  #firstStep(): number {
    return Number(this.#scheduler.attributes.get("last_step") ?? 0n);
  }

  #report(trouble: Trouble, step: number): void {
    const found = problem(locate(trouble, this.#made.node) as Trouble, this.#script.workshop.schedulers);
    this.#errors.push({ ...found, curve: this.#label, step });
  }
}

/** Return the base learning rates that a scheduler has for the groups that it knows; NaN for what is no number. */
function basesOf(scheduler: Instance): number[] {
  const bases = scheduler.attributes.get("base_lrs");
  const items = bases instanceof Sequence ? bases.items : [];
  return items.map((base) => (typeof base === "number" || typeof base === "bigint" ? Number(base) : Number.NaN));
}

/** Return NaN for what the closed form does not cover, and where a function raises an exception: OneFlow's own code, which is run next, raises it again. */
function closed(form: Rate, base: number, step: number): number {
  try {
    return form(base, step);
  } catch (error) {
    if (error instanceof Trouble || error instanceof Uncovered) {
      return Number.NaN;
    }
    throw error;
  }
}

/** Return a learning rate as a float; throw where it is no real number. */
function plain(lr: Value): number {
  if (typeof lr === "number" || typeof lr === "bigint" || typeof lr === "boolean") {
    return Number(lr);
  }
  if (lr instanceof Unknown) {
    lr.demand();
  }
  throw new Puzzle(lr instanceof Complex ? "complex" : "noNumber", { value: text(lr) });
}
