/** Makes the schedulers and optimizers of the user's code, and keeps the constructor calls. */

import { type Construction, insertion } from "./construction.ts";
import { described } from "./described.ts";
import { dialect, type Translation } from "./dialect.ts";
import { arrange, groupsOf, isArranged, parameters, trained } from "./groups.ts";
import { guesses } from "./guesses.ts";
import type { Library } from "./library.ts";
import { Natures } from "./nature.ts";
import { note } from "./notes.ts";
import { addAll, type Compiler, dotted, type Evaluate, partsOf, type User } from "./python/compile.ts";
import { locate, Puzzle, TooMuch, Trouble, typeError, type Want } from "./python/errors.ts";
import { bind, type Frame, Func, instantiate, type Parameter, Partial } from "./python/functions.ts";
import { current, isStale } from "./python/spoil.ts";
import { type Actual, type Call, type Expression, type Statement, walk } from "./python/syntax.ts";
import { Class, type Dict, Instance, iterate, Sequence, Unknown, unknownOf, type Value } from "./python/values.ts";
import type { Note } from "./types.ts";

const MOST = 50;
const MOST_OPTIMIZERS = 200;
/** What stands for the `load_state_dict` of a scheduler or an optimizer of the code. */
const LOADING = new Unknown(null);
const OPTIMIZER_PARAMETERS: readonly string[] = ["optimizer", "scheduler_or_optimizer"];

/** The frame in which a call runs, and the compiler of its code. */
interface Context {
  readonly frame: Frame;
  readonly compiler: Compiler;
}

type Prepared = readonly (readonly [Actual, Evaluate])[];

export class Workshop {
  readonly schedulers: Construction[] = [];
  readonly optimizers: Construction[] = [];
  /** What there is to know about the calls of classes of another library. */
  readonly notes: Note[] = [];
  /** What optimizers are made of and is not understood: it may be param groups with learning rates of their own. */
  readonly unknownGroups: Expression[] = [];
  /** Further troubles with the arguments of a call that has already failed. */
  readonly more: Trouble[] = [];
  readonly #library: Library;
  readonly #lr: number;
  readonly #natures: Natures;
  /** Return the value that a name of the code has, if it has one. */
  readonly #bound: (name: string) => Value | undefined;
  readonly #user: User;
  readonly #assumed = new Map<string, Instance>();
  /** Whether a function is carried out that the code does not call itself, as far as is known. */
  asksAll = false;

  constructor(
    library: Library,
    lr: number,
    code: readonly Statement[],
    bound: (name: string) => Value | undefined,
    user: User,
  ) {
    this.#user = user;
    this.#natures = new Natures(code);
    this.#bound = bound;
    this.#library = library;
    this.#lr = lr;
  }

  /** Compile a call; what is called is known only when it runs. */
  compile(node: Call, compiler: Compiler): Evaluate {
    const callee = this.#callee(node.callee, compiler);
    const prepared: Prepared = node.given.map((one) => [one, argument(one, compiler)]);
    return (frame) => {
      const [called, before] = unwrapped(callee(frame), node);
      if (called === LOADING) {
        this.notes.push(note("resumed", node));
        return null;
      }
      const isOptimizer = called instanceof Class && called.isA(this.#library.optimizer);
      const actuals = [...before, ...spread(prepared, frame, isOptimizer, this.#user)];
      if (called instanceof Class && this.#isScheduler(called)) {
        return this.#scheduler(...this.#begun(called, node, actuals), { frame, compiler });
      }
      if (isOptimizer) {
        return this.#optimizer(...this.#begun(called, node, actuals), { frame, compiler });
      }
      const given = actuals.map(([one]) => one);
      const unknown = guesses.stranger(called, node, given, this.#library, this.#natures);
      if (unknown !== null) {
        return this.#optimizer(...this.#begun(unknown.cls, node, actuals, unknown.translation), { frame, compiler });
      }
      const [placed, keywords] = split(actuals.map(([one, run]) => [one, run(frame)] as const));
      return compiler.callUser(this.#user, node, called, placed, keywords);
    };
  }

  /** Compile what is called: what would load a state into a scheduler or an optimizer is `LOADING`. */
  #callee(callee: Expression, compiler: Compiler): Evaluate {
    if (callee.type !== "attribute" || callee.name !== "load_state_dict") {
      return compiler.expression(callee);
    }
    const object = compiler.expression(callee.object);
    let value: Value = null; // the object is computed once: it may be made there
    const method = compiler.attribute(callee, () => value);
    return (frame) => {
      value = object(frame);
      const isOurs = [...this.schedulers, ...this.optimizers].some((one) => one.instance === value);
      return value !== null && isOurs ? LOADING : method(frame);
    };
  }

  /** Begin the construction of a class, and return its arguments as OneFlow's class takes them. */
  #begun(cls: Class, node: Call, actuals: Prepared, known: Translation | null = null): [Construction, Prepared] {
    const given = actuals.map(([one]) => one);
    const translation = known ?? dialect()?.translation(cls, node, given) ?? null;
    if (translation === null) {
      return [begun(cls, node, actuals, null), actuals];
    }
    this.notes.push(...translation.notes);
    const named = actuals.flatMap(([one, run], at) => {
      const name = translation.names[at];
      return name === null ? [] : [[name === undefined ? one : { ...one, keyword: name }, run] as const];
    });
    const made = begun(cls, node, named, translation);
    const set = Array.from(translation.more, ([keyword, value]) => {
      made.values.set(keyword, value);
      return [{ keyword, value: { ...insertion(node), type: "constant", value } }, () => value] as const;
    });
    return [made, [...named, ...set]];
  }

  /** Note that a scheduler cannot be stepped as the code does it. */
  getStuck(scheduler: Instance | undefined): void {
    for (const made of this.schedulers) {
      made.stuck ||= made.instance === scheduler;
    }
  }

  #isScheduler(cls: Class): boolean {
    return cls.isA(this.#library.base) || cls.isA(this.#library.plateau);
  }

  #scheduler(made: Construction, actuals: Prepared, at: Context): Value {
    if (this.schedulers.length >= MOST) {
      throw new TooMuch("manySchedulers", { most: MOST });
    }
    this.schedulers.push(made);
    this.#takeIn(this.#namedIn(made.node));
    const values = this.#evaluated(made, actuals, at);
    this.#takeIn(values.map(([, value]) => value));
    return this.#construct(made, values);
  }

  /** Evaluate all arguments, so that everything that is wrong with them is found at once. */
  #evaluated(made: Construction, actuals: Prepared, at: Context): (readonly [Actual, Value])[] {
    const troubles: Trouble[] = [];
    const values = actuals.flatMap(([actual, run]) => {
      try {
        return [[actual, this.#argument(made, actual, run, at.frame)] as const];
      } catch (error) {
        if (!(error instanceof Trouble)) {
          throw error;
        }
        troubles.push(locate(error, actual.value), ...error.also);
        return [];
      }
    });
    keep(made, values);
    const [first, ...others] = troubles;
    if (first !== undefined) {
      this.more.push(...others);
      throw first;
    }
    return values;
  }

  /** Evaluate an argument; where an optimizer is expected, a name without a value stands for one with the base learning rate. */
  #argument(made: Construction, actual: Actual, run: Evaluate, frame: Frame): Value {
    const value = run(frame);
    const parameter = parameterOf(made, actual) ?? "";
    if (value instanceof Unknown && OPTIMIZER_PARAMETERS.includes(parameter)) {
      return this.#standIn(value, dotted(actual.value));
    }
    settle(value, kindOf(made.cls, parameter));
    return value;
  }

  /** Return the optimizer that an unknown value stands for: one that was given to what returned it, else an assumed one. */
  #standIn(value: Unknown, name: string | null): Value {
    const [carried, ...others] = value.carried;
    if (carried !== undefined && others.length === 0) {
      guesses.carried(this.#user, value.carrier);
      return carried;
    }
    const [why] = value.whys;
    const wanted = why instanceof Puzzle ? why.wanted : null;
    if (wanted !== null && wanted === value.path) {
      if (this.asksAll && this.optimizers.length > 0) {
        throw new Puzzle("whichOptimizer", { name: wanted });
      }
      return this.assumed(wanted);
    }
    if (name !== null && wanted?.endsWith(")") === true) {
      if (this.optimizers.length > 0) {
        throw new Puzzle("whichOptimizer", { name });
      }
      return this.assumed(name);
    }
    return value.demand();
  }

  /** Return the optimizer that a name without a value stands for. */
  assumed(name: string): Instance {
    const known = this.#assumed.get(name);
    if (known !== undefined) {
      return known;
    }
    const optimizer = new Instance(this.#library.optimizers.get("SGD") ?? this.#library.optimizer);
    instantiate(optimizer.cls, [null, this.#lr], null, optimizer);
    arrange(optimizer, null, new Map([["lr", this.#lr]]));
    this.#assumed.set(name, optimizer);
    return optimizer;
  }

  /** Return what the code calls an optimizer that it does not make. */
  nameOf(optimizer: Instance): string | undefined {
    return Array.from(this.#assumed).find(([, one]) => one === optimizer)?.[0];
  }

  /** Return the values of the names in a call. */
  #namedIn(node: Call): Value[] {
    const found: Value[] = [];
    const others: Expression[] = []; // lambdas, and what the call takes no more than an attribute of
    walk(node, (one) => {
      if (one.type === "lambda" || one.type === "attribute") {
        others.push(one.type === "lambda" ? one : one.object);
      }
    });
    walk(node, (one) => {
      const isAside = others.some(({ from, to }) => from <= one.from && one.to <= to);
      const value = isAside ? undefined : this.#bound(dotted(one) ?? "");
      if (value !== undefined) {
        found.push(value);
      }
    });
    return found;
  }

  #takeIn(values: readonly Value[]): void {
    const inside = values.flatMap((value) => (value instanceof Sequence ? value.items : [value]));
    for (const made of this.schedulers) {
      made.inner ||= made.instance !== null && inside.includes(made.instance);
    }
  }

  #construct(made: Construction, values: readonly (readonly [Actual, Value])[]): Value {
    made.cls.gap()?.demand();
    made.cls.riddle()?.demand();
    const init = made.cls.method("__init__");
    if (!(init instanceof Func)) {
      throw new Puzzle("attribute", { name: "__init__" });
    }
    const instance = new Instance(made.cls);
    const [given, keywords] = split(values);
    const slots: (Value | undefined)[] = [];
    bind(init.name, init.parameters, [instance, ...given], keywords, slots);
    const complete = slots.map((value) => value ?? null);
    this.#refuseStale(made, complete);
    for (const [at, parameter] of init.parameters.entries()) {
      if (at > 0) {
        made.values.set(parameter.name, complete[at] ?? null);
      }
    }
    init.call([instance, ...given], keywords);
    made.instance = instance;
    this.#takeIn(Array.from(instance.attributes.values()));
    made.lrs = ratesOf(instance.attributes.get("optimizer"));
    made.left = new Map(Array.from(instance.attributes, ([name, value]) => [name, copied(value)] as const));
    return instance;
  }

  /** Refuse a scheduler that goes on from the optimizer's learning rate, where that is not known: another one has been stepped. */
  #refuseStale({ cls, translation }: Construction, values: readonly Value[]): void {
    const own = this.#library.schedulers.get(translation === null ? cls.name : (cls.base?.name ?? ""));
    const goesOn = cls.isA(this.#library.plateau) || (own !== cls && own !== cls.base);
    if (goesOn && values.some((value) => value instanceof Instance && isStale(value))) {
      throw new Puzzle("stepped");
    }
  }

  #optimizer(made: Construction, actuals: Prepared, at: Context): Value {
    if (this.optimizers.length >= MOST_OPTIMIZERS) {
      throw new TooMuch("manyOptimizers", { most: MOST_OPTIMIZERS });
    }
    const { cls } = made;
    const isWhole = this.#library.optimizers.has(cls.order.find((one) => !one.isUsers)?.name ?? "");
    if (isWhole && cls.above("__init__", 0)?.isUsers === true) {
      throw new Puzzle("notUnderstood"); // it may give other learning rates than it is given
    }
    this.optimizers.push(made);
    const params = this.#params(made, actuals, at);
    const values = actuals.flatMap(([actual, run]) => {
      const name = parameterOf(made, actual);
      const value = name === "params" ? params : this.#ofOptimizer(actual, run, name === "lr", at);
      return value === undefined ? [] : [[actual, value] as const];
    });
    keep(made, values);
    const [given, keywords] = split(values);
    const instance = new Instance(cls);
    instantiate(cls, given, keywords, instance);
    made.values.delete("params");
    if (!isArranged(instance)) {
      arrange(instance, params, new Map(made.values), made.translation !== null);
    }
    made.instance = instance;
    return instance;
  }

  /** Evaluate what an optimizer is to train; keep it where it may be param groups that are not understood. */
  #params(made: Construction, actuals: Prepared, { frame, compiler }: Context): Value {
    const actual = made.actuals.get("params");
    const node = actual?.value;
    if (node === undefined) {
      return null;
    }
    const held = node.type === "starred" ? actuals.find(([one]) => one === actual)?.[1](frame) : undefined;
    const isModel = held instanceof Unknown && held.path?.endsWith("parameters()") === true;
    const nature = isModel ? "model" : this.#natures.of(node);
    const value = held ?? trained(node, nature, compiler)(frame);
    if (value instanceof Sequence && value.items.some((one) => one instanceof Unknown && !one.keeps)) {
      throw new Puzzle("groups"); // objects of a class that derives from dict, for example
    }
    if (!(value instanceof Sequence) && nature === "unknown") {
      this.unknownGroups.push(node);
    }
    return value;
  }

  /** Evaluate an argument of an optimizer; return `undefined` for one that is not understood, unless it is the learning rate. */
  #ofOptimizer(actual: Actual, run: Evaluate, isLr: boolean, at: Context): Value | undefined {
    try {
      const value = run(at.frame);
      settle(value, "number");
      return value;
    } catch (error) {
      if (error instanceof Puzzle && !isLr) {
        return undefined;
      }
      throw error instanceof Puzzle ? locate(error, actual.value) : error;
    }
  }
}

/** Throw where a value, or one in it, is unknown. */
function settle(value: Value, kind: Want["kind"]): void {
  if (value instanceof Unknown) {
    value.demand(kind);
  }
  const inner = value instanceof Sequence ? value.items : value instanceof Instance ? groupsOf(value) : [];
  unknownOf(inner.map(current))?.demand();
}

/** Return what a parameter of a scheduler takes, as a reader would give it. */
function kindOf(cls: Class, parameter: string): Want["kind"] {
  const kind = described(cls.name)?.parameters.find(({ name }) => name === parameter)?.kind;
  return kind === "milestones" ? "list" : kind === "choice" ? "text" : kind === "flag" ? "flag" : "number";
}

/** Return the class of which a partial call holds the first arguments, and those; anything else as it is. */
function unwrapped(called: Value, node: Call): [Value, Prepared] {
  if (!(called instanceof Partial && called.run instanceof Class)) {
    return [called, []];
  }
  const { from, to } = node.callee;
  const actual = (keyword: string | null, value: Value): Prepared[number] => [
    { keyword, value: { from, to, type: "constant", value } },
    () => value,
  ];
  const placed = called.given.map((value) => actual(null, value));
  const named = Array.from(called.keywords).filter(([name]) => !node.given.some(({ keyword }) => keyword === name));
  return [called.run, [...placed, ...named.map(([name, value]) => actual(name, value))]];
}

function starless(value: Expression): Expression {
  return value.type === "starred" ? value.value : value;
}

/** Put what arguments with stars stand for in their place; the others are computed in their order, but for those of an optimizer, which are more than values. */
function spread(prepared: Prepared, frame: Frame, isOptimizer: boolean, user: User): Prepared {
  const isLate = isOptimizer || !prepared.some(([{ value }]) => value.type === "starred");
  return prepared.flatMap(([actual, run]): Prepared => {
    const { value: node } = actual;
    if (node.type !== "starred" && isLate) {
      return [[actual, run]];
    }
    const given = run(frame);
    if (node.type !== "starred") {
      return [[actual, () => given]];
    }
    const value = given instanceof Unknown && node.stars === "**" ? partsOf(given, node, user) : given;
    if (value instanceof Unknown && node.stars === "**") {
      throw locate(new Puzzle("unpacking"), node);
    }
    if (node.stars === "**") {
      const dict: Dict = new Map();
      addAll(dict, value);
      return Array.from(dict, ([key, one]) => [{ keyword: String(key), value: node }, () => one] as const);
    }
    return Array.from(iterate(value), (one) => [{ keyword: null, value: node }, () => one] as const);
  });
}

/** Compile an argument; parameters that a dict is made of, as in `dict(params=…)`, may stand for themselves. */
function argument({ keyword, value }: Actual, compiler: Compiler): Evaluate {
  return keyword === "params" ? parameters(value, compiler) : compiler.expression(starless(value));
}

function begun(cls: Class, node: Call, actuals: Prepared, translation: Translation | null): Construction {
  const parameters = parametersOf(cls);
  const placed = actuals.map(([one]) => one).filter(({ keyword }) => keyword === null);
  const named = actuals.flatMap(([one]) => {
    const name = one.keyword ?? parameters[placed.indexOf(one)]?.name;
    return name === undefined || !parameters.some((parameter) => parameter.name === name) ? [] : [[name, one] as const];
  });
  const actualOf = new Map(named);
  const values = new Map(
    parameters.flatMap(({ name, default: value }) =>
      value === undefined || actualOf.has(name) ? [] : [[name, value] as const],
    ),
  );
  return {
    cls,
    node,
    actuals: actualOf,
    values,
    instance: null,
    label: null,
    inner: false,
    stuck: false,
    translation,
    lrs: [],
    left: new Map(),
  };
}

/** Return the parameters of a class's constructor, without `self`. */
export function parametersOf(cls: Class): readonly Parameter[] {
  const init = cls.method("__init__");
  return init instanceof Func ? init.parameters.slice(1) : [];
}

function parameterOf(made: Construction, actual: Actual): string | undefined {
  for (const [name, one] of made.actuals) {
    if (one === actual) {
      return name;
    }
  }
  return undefined;
}

/** Keep the values of arguments under the names of their parameters. */
function keep(made: Construction, values: readonly (readonly [Actual, Value])[]): void {
  for (const [actual, value] of values) {
    const name = parameterOf(made, actual);
    if (name !== undefined) {
      made.values.set(name, value);
    }
  }
}

/** Return a list as it is now, and any other value itself. */
function copied(value: Value): Value {
  return value instanceof Sequence ? new Sequence([...value.items], value.kind) : value;
}

/** Divide arguments into those by position and those by name. */
function split(values: readonly (readonly [Actual, Value])[]): [Value[], Map<string, Value> | null] {
  const given = values.flatMap(([one, value]) => (one.keyword === null ? [value] : []));
  const named = values.flatMap(([one, value]) => (one.keyword === null ? [] : [[one.keyword, value] as const]));
  const keywords = new Map(named);
  const twice = named.find(([name], at) => named.slice(0, at).some(([other]) => other === name));
  if (twice !== undefined) {
    throw typeError(`got multiple values for keyword argument '${twice[0]}'`);
  }
  return [given, named.length === 0 ? null : keywords];
}

/** Return the learning rate of each param group of an optimizer now. */
export function ratesOf(optimizer: Value | undefined): Value[] {
  return groupsOf(optimizer).map((group) => group.get("lr") ?? null);
}
