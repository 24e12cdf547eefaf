/** Make the schedulers and optimizers of the user's code, and keep what they are made from. */

import type { Library } from "./library.ts";
import { type Compiler, dotted, type Run } from "./python/compile.ts";
import { Puzzle, TooMuch, Trouble } from "./python/errors.ts";
import { bind, call, type Frame, Func, instantiate, type Parameter } from "./python/functions.ts";
import type { Actual, Call } from "./python/syntax.ts";
import { Class, Instance, Sequence, type Value } from "./python/values.ts";
import type { Made } from "./record.ts";

const MOST = 50;
const OPTIMIZER_PARAMETERS: readonly string[] = ["optimizer", "scheduler_or_optimizer"];

type Prepared = readonly (readonly [Actual, Run])[];

export class Workshop {
  readonly schedulers: Made[] = [];
  readonly optimizers: Made[] = [];
  /** The arguments of every scheduler made by the code, its defaults included. */
  readonly arguments = new Map<Instance, ReadonlyMap<string, Value>>();
  /** Further troubles with the arguments of a call that has already failed. */
  readonly more: Trouble[] = [];
  readonly #library: Library;
  readonly #lr: number;
  readonly #assumed = new Map<string, Instance>();

  constructor(library: Library, lr: number) {
    this.#library = library;
    this.#lr = lr;
  }

  /** Compile a call; what is called is known only when it runs. */
  compile(node: Call, compiler: Compiler): Run {
    const callee = compiler.expression(node.callee);
    const actuals: Prepared = node.given.map((one) => [one, compiler.expression(one.value)]);
    return (frame) => {
      const called = callee(frame);
      if (called instanceof Class && this.#isScheduler(called)) {
        return this.#scheduler(called, node, actuals, frame);
      }
      if (called instanceof Class && called.isA(this.#library.optimizer)) {
        return this.#optimizer(called, node, actuals, frame);
      }
      const [given, keywords] = split(actuals.map(([one, run]) => [one, run(frame)] as const));
      return call(called, given, keywords);
    };
  }

  #isScheduler(cls: Class): boolean {
    return cls.isA(this.#library.base) || cls.isA(this.#library.plateau);
  }

  #scheduler(cls: Class, node: Call, actuals: Prepared, frame: Frame): Value {
    if (this.schedulers.length >= MOST) {
      throw new TooMuch(`this makes more than ${MOST} schedulers`);
    }
    const made = begun(cls, node, actuals);
    this.schedulers.push(made);
    const values = this.#evaluated(made, actuals, frame);
    this.#takeIn(values.map(([, value]) => value));
    return this.#construct(made, values);
  }

  /** Evaluate all arguments, so that everything that is wrong with them is found at once. */
  #evaluated(made: Made, actuals: Prepared, frame: Frame): (readonly [Actual, Value])[] {
    const troubles: Trouble[] = [];
    const values = actuals.flatMap(([actual, run]) => {
      try {
        return [[actual, this.#argument(made, actual, run, frame)] as const];
      } catch (error) {
        if (!(error instanceof Trouble)) {
          throw error;
        }
        troubles.push(error);
        return [];
      }
    });
    for (const [actual, value] of values) {
      const name = parameterOf(made, actual);
      if (name !== undefined) {
        made.values.set(name, value);
      }
    }
    const [first, ...others] = troubles;
    if (first !== undefined) {
      this.more.push(...others);
      throw first;
    }
    return values;
  }

  /** What stands for the optimizer need not be known: it is taken for one with the base learning rate. */
  #argument(made: Made, actual: Actual, run: Run, frame: Frame): Value {
    try {
      return run(frame);
    } catch (error) {
      const isOptimizer = OPTIMIZER_PARAMETERS.includes(parameterOf(made, actual) ?? "");
      if (isOptimizer && error instanceof Puzzle && error.wanted !== null && error.wanted === dotted(actual.value)) {
        return this.assumed(dotted(actual.value) ?? `${actual.value.from}`);
      }
      throw error;
    }
  }

  /** Return the optimizer that a name is taken for. */
  assumed(name: string): Instance {
    const known = this.#assumed.get(name);
    if (known !== undefined) {
      return known;
    }
    const optimizer = new Instance(this.#library.optimizers.get("SGD") ?? this.#library.optimizer);
    instantiate(optimizer.cls, [null, this.#lr], null, optimizer);
    this.#assumed.set(name, optimizer);
    return optimizer;
  }

  #takeIn(values: readonly Value[]): void {
    const inside = values.flatMap((value) => (value instanceof Sequence ? value.items : [value]));
    for (const made of this.schedulers) {
      made.inner ||= made.instance !== null && inside.includes(made.instance);
    }
  }

  #construct(made: Made, values: readonly (readonly [Actual, Value])[]): Value {
    const init = made.cls.method("__init__");
    if (!(init instanceof Func)) {
      throw new Puzzle(`${made.cls.name} has no constructor`);
    }
    const instance = new Instance(made.cls);
    const [given, keywords] = split(values);
    const slots: (Value | undefined)[] = [];
    bind(init.name, init.parameters, [instance, ...given], keywords, slots);
    const complete = slots.map((value) => value ?? null);
    for (const [at, parameter] of init.parameters.entries()) {
      if (at > 0) {
        made.values.set(parameter.name, complete[at] ?? null);
      }
    }
    init.call(complete, null);
    made.instance = instance;
    made.lr = learningRate(instance);
    this.arguments.set(instance, made.values);
    return instance;
  }

  #optimizer(cls: Class, node: Call, actuals: Prepared, frame: Frame): Value {
    const made = begun(cls, node, actuals);
    this.optimizers.push(made);
    const values = actuals.flatMap(([actual, run]) => {
      const name = parameterOf(made, actual);
      const value = name === "params" ? null : evaluated(run, frame, name === "lr");
      return value === undefined ? [] : [[actual, value] as const];
    });
    for (const [actual, value] of values) {
      const name = parameterOf(made, actual);
      if (name !== undefined) {
        made.values.set(name, value);
      }
    }
    const [given, keywords] = split(values);
    const instance = new Instance(cls);
    instantiate(cls, given, keywords, instance);
    made.instance = instance;
    made.lr = groupOf(instance).get("lr") ?? null;
    return instance;
  }
}

/** Return a value, or `undefined` where it is not understood and not needed. */
function evaluated(run: Run, frame: Frame, needed: boolean): Value | undefined {
  try {
    return run(frame);
  } catch (error) {
    if (needed || !(error instanceof Puzzle)) {
      throw error;
    }
    return undefined;
  }
}

function begun(cls: Class, node: Call, actuals: Prepared): Made {
  const parameters = parametersOf(cls);
  const named = actuals.flatMap(([one], at) => {
    const name = one.keyword ?? parameters[at]?.name;
    return name === undefined || !parameters.some((parameter) => parameter.name === name) ? [] : [[name, one] as const];
  });
  const values = new Map(
    parameters.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value] as const])),
  );
  return { cls, node, actuals: new Map(named), values, instance: null, label: null, inner: false, lr: null };
}

/** Return the parameters of a class's constructor, without `self`. */
export function parametersOf(cls: Class): readonly Parameter[] {
  const init = cls.method("__init__");
  return init instanceof Func ? init.parameters.slice(1) : [];
}

function parameterOf(made: Made, actual: Actual): string | undefined {
  for (const [name, one] of made.actuals) {
    if (one === actual) {
      return name;
    }
  }
  return undefined;
}

/** Divide arguments into those by position and those by name. */
function split(values: readonly (readonly [Actual, Value])[]): [Value[], Map<string, Value> | null] {
  const given = values.flatMap(([one, value]) => (one.keyword === null ? [value] : []));
  const named = values.flatMap(([one, value]) => (one.keyword === null ? [] : [[one.keyword, value] as const]));
  return [given, named.length === 0 ? null : new Map(named)];
}

/** Return the first param group of an optimizer. */
export function groupOf(optimizer: Value | undefined): Map<Value, Value> {
  const groups = optimizer instanceof Instance ? optimizer.attributes.get("param_groups") : undefined;
  const [group] = groups instanceof Sequence ? groups.items : [];
  return group instanceof Map ? group : new Map();
}

/** Return the learning rate that the optimizer of a scheduler holds now. */
export function learningRate(scheduler: Instance): Value {
  return groupOf(scheduler.attributes.get("optimizer")).get("lr") ?? null;
}
