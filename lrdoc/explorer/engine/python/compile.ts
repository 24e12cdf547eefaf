/** Compile the tree of an expression to a function that computes it. No part of the code is run as JavaScript. */

import { guesses } from "../guesses.ts";
import type { Span } from "../types.ts";
import { attribute, isMissing, methods, modules } from "./attributes.ts";
import { spend } from "./effort.ts";
import { Lost, locate, Puzzle, PythonError, type Trouble, typeError } from "./errors.ts";
import { call, Frame, Func, hasAttribute, noAttribute, type Parameter } from "./functions.ts";
import { compare, contains, equal, invert, negate, operator, plus, toFloat } from "./operators.ts";
import { originate } from "./origins.ts";
import { lambdaNames, Scope, targetNames } from "./scope.ts";
import { current, isStale, program, spoilChoices, spoilWhole } from "./spoil.ts";
import type {
  Binding,
  Call,
  Clause,
  Comparator,
  Definition,
  Expression,
  Formal,
  Replacement,
  Statement,
} from "./syntax.ts";
import {
  byOwn,
  Class,
  Complex,
  type Dict,
  Instance,
  isCallable,
  isDict,
  isOwn,
  item,
  iterate,
  type Keywords,
  keyOf,
  Namespace,
  owners,
  type Proposal,
  Range,
  repr,
  Sequence,
  Slice,
  Steps,
  text,
  truth,
  typeName,
  Unknown,
  type Value,
} from "./values.ts";

/** What is known of a scheduler that has been stepped. */
const OF_STALE: ReadonlySet<string> = new Set(["step", "step_update", "optimizer", "add_param_group"]);

type Attribute = Extract<Expression, { type: "attribute" }>;
export type Evaluate = (frame: Frame) => Value;

/** What surrounds code: its globals, and what differs between the user's code and OneFlow's own. */
export interface Surroundings {
  readonly globals: Map<string, Value>;
  /** Return the name of a class with that of its module. */
  qualify(name: string): string;
  /** Return the value of a name that is not among the globals, or of `a.b` where `a` is not. */
  missing(name: string, at: Span): Value;
  /** Whether the code is the user's, so that exceptions are located in it. */
  readonly located: boolean;
  /** Compile a call, or an attribute, that needs special treatment; return `null` for any other. */
  special(node: Call | Attribute, compiler: Compiler): Evaluate | null;
  /** Compile an item of a dict whose value needs special treatment; return `null` for any other. */
  item(key: Expression, value: Expression, compiler: Compiler): Evaluate | null;
  /** What holds of the user's code alone, which may be anything; null for OneFlow's own. */
  readonly user: User | null;
  /** Whether the code stands in a scheduler's class: what it steps, and the learning rates that it sets, make the curve. */
  readonly makesCurve?: boolean;
}

/** The variables among which code stands. */
export interface Place {
  readonly compiler: Compiler;
  readonly frame: Frame;
}

/** How the user's code is read: what is not understood is kept from having an effect in silence. */
export interface User {
  /** Return the value of an expression that the code calls `name`: the reader's, else the code's own proposal, else an unknown one. */
  ask(name: string, at: Span | null, proposal?: Proposal): Value;
  /** The text of a piece of the code as a name for it; null where it is too long for one. */
  nameOf(at: Span): string | null;
  /** Take it that an unknown object has changed what it was made with. */
  touch(value: Value, at: Span): void;
  /** Take it that values were used together with something unknown, which decides what is called of them and may raise an exception. */
  use(values: readonly Value[], at: Span): void;
  /** Return the lists, dicts and objects that statements name. */
  namedIn(statements: readonly Statement[], frame: Frame, compiler: Compiler): Value[];
  /** Let an object have kept the value of an attribute, whatever an unknown class above its own makes of it. */
  kept(gap: Unknown, value: Value, node: Expression): void;
  /** Return how many times the code has used something unknown. */
  guesses(): number;
  /** Call what is unknown. */
  callUnknown(callee: Unknown, node: Call, given: readonly Value[]): Value;
  /** Note which name holds a value. */
  label(name: string, value: Value): void;
  /** A global is deleted. */
  removed(name: string): void;
  /** Return what an import binds. */
  imported(binding: Binding, at: Span): Iterable<readonly [string, Value]>;
  /** Keep a trouble that a statement had. */
  keep(trouble: Trouble, node: Statement, before: number): void;
  /** Return how many schedulers and optimizers the code has begun to make. */
  made(): number;
  /** Make unknown what a statement may have changed. */
  forget(node: Statement, frame: Frame, compiler: Compiler, why: Trouble | null): void;
  /** Return whether a condition holds; ask for it where that is unknown. */
  holds(test: Expression, truth: () => boolean): boolean;
  /** Tell whether a loop is that of the training. */
  isTraining(node: Statement, frame: Frame, compiler: Compiler): boolean;
  /** Pass over the loop of the training. */
  train(node: Statement, frame: Frame, compiler: Compiler): void;
  /** Note a function that the code defines, and where it stands. */
  defined(node: Definition, value: Value, cls: Class | null, at: Place): void;
  /** Pass over a step of a scheduler; return false for any other call. */
  steps(called: Value, node: Call): boolean;
  /** Tell whether a statement steps something or sets a learning rate. */
  setsRates(node: Statement): boolean;
}

export type { Proposal };

export class Compiler {
  readonly around: Surroundings;
  readonly scope: Scope;
  /** Expressions that stand for what was computed before. */
  readonly #given = new Map<Expression, Evaluate>();

  constructor(around: Surroundings, scope: Scope = new Scope(null, [])) {
    this.around = around;
    this.scope = scope;
  }

  /** Return a compiler for the body of a function. */
  inside(names: Iterable<string>, globals: ReadonlySet<string> = new Set()): Compiler {
    return new Compiler(this.around, new Scope(this.scope, names, globals));
  }

  /** Return the compiler of the body of a class. */
  insideClass(names: Iterable<string>, globals: ReadonlySet<string>): Compiler {
    return new Compiler(this.around, new Scope(this.scope, names, globals, true));
  }

  /** Return about how much work a piece of code is, as `spend` counts it: estimated by its length; OneFlow's own is short. */
  cost({ from, to }: Span): number {
    return this.around.located ? 3 + (to - from) / 8 : 4;
  }

  expression(node: Expression): Evaluate {
    const run = this.#given.get(node) ?? this.#expression(node);
    if (!this.around.located || node.type === "constant" || node.type === "lambda") {
      return run;
    }
    const span = { from: node.from, to: node.to };
    return (frame) => {
      try {
        return current(run(frame));
      } catch (error) {
        throw locate(error, span);
      }
    };
  }

  #expression(node: Expression): Evaluate {
    switch (node.type) {
      case "constant": {
        const value = node.value;
        return () => value;
      }
      case "name":
        return this.#name(node.name, node);
      case "unary":
        return this.#unary(node.sign, this.expression(node.operand));
      case "binary":
        return binary(operator(node.sign), this.expression(node.left), this.expression(node.right));
      case "call":
        return this.around.special(node, this) ?? this.#call(node);
      case "attribute":
        return this.around.special(node, this) ?? this.attribute(node, this.expression(node.object));
      case "odd":
        return () => {
          throw new Puzzle(node.key, node.filling);
        };
      default:
        return this.#compound(node);
    }
  }

  #compound(
    node: Exclude<Expression, { type: "constant" | "name" | "unary" | "binary" | "call" | "attribute" | "odd" }>,
  ): Evaluate {
    switch (node.type) {
      case "compare":
        return this.#comparison(
          this.expression(node.first),
          node.rest.map((one) => [COMPARATORS[one.sign], this.expression(one.operand)] as const),
        );
      case "logic":
        return logic(node.sign, this.expression(node.left), this.expression(node.right));
      case "conditional":
        return choose(this.expression(node.test), this.expression(node.then), this.expression(node.otherwise));
      case "yield":
        return () => {
          throw new Puzzle("generators");
        };
      case "lambda":
        return this.originating(node, this.lambda("<lambda>", node.parameters, node.body));
      case "subscript":
        return this.#subscript(node);
      case "slice": {
        const parts = node.parts.map((part) => (part === null ? () => null : this.expression(part)));
        return (frame) =>
          new Slice(
            ...(parts
              .concat(NOTHING, NOTHING)
              .slice(0, 3)
              .map((run) => run(frame)) as [Value, Value, Value]),
          );
      }
      case "walrus": {
        const [value, store] = [this.expression(node.value), this.store(node.target)];
        return (frame) => {
          const result = value(frame);
          store(frame, result);
          return result;
        };
      }
      case "starred":
        throw new Puzzle("unpacking");
      default:
        return this.#collection(node);
    }
  }

  #subscript(node: Extract<Expression, { type: "subscript" }>): Evaluate {
    const [object, index] = [this.expression(node.object), this.expression(node.index)];
    const { user } = this.around;
    if (user === null) {
      return binary(item, object, index);
    }
    return (frame) => {
      const [container, at] = [object(frame), index(frame)];
      if (container instanceof Unknown && container.path !== null && isKey(at)) {
        const name = `${container.path}[${typeof at === "string" ? JSON.stringify(at) : at}]`;
        return container.attributes.get(`[${String(at)}]`) ?? askedPart(container, `[${String(at)}]`, name, node, user);
      }
      return subscript(container, at);
    };
  }

  #collection(
    node: Extract<Expression, { type: "format" | "sequence" | "dict" | "comprehension" | "mapping" }>,
  ): Evaluate {
    switch (node.type) {
      case "sequence": {
        const { kind } = node;
        const items = this.several(node.items);
        return kind === "set" ? (frame) => setOf(items(frame)) : (frame) => new Sequence(items(frame), kind);
      }
      case "dict":
        return this.#dict(node);
      case "comprehension":
        return this.#comprehension(node.kind, node.element, node.clauses);
      case "mapping":
        return this.#mapping(node);
      case "format": {
        const parts = node.parts.map((part) => (typeof part === "string" ? part : this.#shown(part)));
        return (frame) => parts.map((part) => (typeof part === "string" ? part : part(frame))).join("");
      }
    }
  }

  /** Compile expressions between commas, of which some may stand for several values. */
  several(nodes: readonly Expression[]): (frame: Frame) => Value[] {
    const runs = nodes.map((one) => this.expression(one.type === "starred" ? one.value : one));
    if (!nodes.some((one) => one.type === "starred")) {
      return (frame) => runs.map((run) => run(frame));
    }
    return (frame) => runs.flatMap((run, at) => (nodes[at]?.type === "starred" ? listed(run(frame)) : [run(frame)]));
  }

  /** Return what stands after two stars. */
  #spread(value: Value, node: Expression): Value {
    const { user } = this.around;
    return value instanceof Unknown && user !== null ? partsOf(value, node, user) : value;
  }

  #dict(node: Extract<Expression, { type: "dict" }>): Evaluate {
    const items = node.items.map(([key, value]) =>
      key.type === "starred"
        ? ([null, this.expression(key.value)] as const)
        : ([this.expression(key), this.around.item(key, value, this) ?? this.expression(value)] as const),
    );
    return (frame) => {
      const dict: Dict = new Map();
      for (const [key, value] of items) {
        if (key === null) {
          addAll(dict, this.#spread(value(frame), node));
        } else {
          const at = key(frame);
          dict.set(keyOf(dict, at), value(frame));
        }
      }
      return dict;
    };
  }

  #shown({ value, shown, format }: Replacement): (frame: Frame) => string {
    const run = this.expression(value);
    if (format !== "") {
      return (frame) => (this.around.located ? formats.format : formatted)(run(frame), format);
    }
    return shown === "str" ? (frame) => text(run(frame)) : (frame) => repr(run(frame));
  }

  #name(name: string, { from, to }: Span): Evaluate {
    const variable = this.scope.find(name);
    if (variable === null) {
      const { globals } = this.around;
      return () => {
        const value = globals.get(name);
        return value === undefined ? this.around.missing(name, { from, to }) : value;
      };
    }
    const { depth, slot } = variable;
    if (depth === 0 && this.scope.isClass) {
      const around = new Compiler(this.around, this.scope.parent ?? undefined).#name(name, { from, to });
      return (frame) => {
        const own = frame.slots[slot];
        return own === undefined ? around(frame.parent ?? frame) : own;
      };
    }
    if (depth === 0) {
      return (frame) => assigned(frame.slots[slot], name);
    }
    return (frame) => {
      const value = outer(frame, depth).slots[slot];
      if (value === undefined) {
        throw new Puzzle("noValue", { name });
      }
      return value;
    };
  }

  #unary(sign: "-" | "+" | "~" | "not", operand: Evaluate): Evaluate {
    switch (sign) {
      case "~":
        return (frame) => invert(operand(frame));
      case "-":
        return (frame) => negate(operand(frame));
      case "+":
        return (frame) => plus(operand(frame));
      default:
        return (frame) => !truth(operand(frame));
    }
  }

  #comparison(first: Evaluate, rest: readonly (readonly [(a: Value, b: Value) => boolean, Evaluate])[]): Evaluate {
    const [only] = rest;
    if (rest.length === 1 && only !== undefined) {
      return binary(only[0], first, only[1]);
    }
    return (frame) => {
      let left = first(frame);
      for (const [holds, operand] of rest) {
        const right = operand(frame);
        if (!holds(left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  /** Let the functions of the user's code know where they come from. */
  originating(node: Expression | Definition, make: Evaluate): Evaluate {
    return this.around.located ? (frame) => originate(make(frame), { node, scope: this.scope, frame }) : make;
  }

  /** Compile a lambda to what makes the function, with the present frame as its closure. */
  lambda(name: string, formals: readonly Formal[], body: Expression): Evaluate {
    const inner = this.inside(lambdaNames(formals, body));
    const run = inner.expression(body);
    return this.functionOf(name, formals, inner.scope, this.cost(body), run);
  }

  functionOf(name: string, formals: readonly Formal[], scope: Scope, cost: number, run: Evaluate): Evaluate {
    const defaults = formals.map((one) => (one.default === null ? null : this.expression(one.default)));
    return (frame) => {
      const parameters: Parameter[] = formals.map((one, at) => ({ ...one, default: defaults[at]?.(frame) }));
      return new Func(name, parameters, { size: scope.size, cost }, run, frame);
    };
  }

  /** Compile the reading of an attribute; `run` computes the object. */
  attribute(node: Extract<Expression, { type: "attribute" }>, run: Evaluate): Evaluate {
    const { name } = node;
    const { user } = this.around;
    if (user === null) {
      return (frame) => attribute(run(frame), name);
    }
    const path = dotted(node);
    return (frame) => {
      const value = run(frame);
      if (value instanceof Unknown) {
        return ofUnknown(value, name, node, user);
      }
      if (value instanceof Instance && program.runs && isStale(value) && !isKnownOfStale(value, name)) {
        return ofStale(value, name);
      }
      if (value instanceof Namespace && value.isPart && !value.members.has(name) && !modules.lack(value.name, name)) {
        return user.ask(path ?? name, node);
      }
      const gap = value instanceof Instance ? value.cls.gap() : null;
      return gap === null
        ? known(value, name)
        : besideUnknown(value as Instance, gap, name, path ?? `.${name}`, node, user);
    };
  }

  #call(node: Call): Evaluate {
    const actuals = this.actuals(node);
    if (node.callee.type === "attribute" && !this.around.located) {
      return this.#methodCall(node.callee, actuals);
    }
    const callee = this.expression(node.callee);
    const { user } = this.around;
    return (frame) => {
      const called = callee(frame);
      const [given, keywords] = actuals(frame);
      return user === null ? call(called, given, keywords) : this.callUser(user, node, called, given, keywords);
    };
  }

  /** Call what the user's code calls. */
  callUser(user: User, node: Call, called: Value, given: readonly Value[], keywords: Keywords | null): Value {
    spend(3);
    if (this.around.makesCurve !== true && user.steps(called, node)) {
      return null;
    }
    if (called instanceof Unknown) {
      return user.callUnknown(called, node, [...given, ...(keywords?.values() ?? [])]);
    }
    const all = [...given, ...(keywords?.values() ?? [])];
    const isVague = isCallable(called) && called.callable !== "function" && all.some((one) => one instanceof Unknown);
    if (isVague) {
      user.use(all, node);
    }
    const [first] = given;
    const asked =
      first instanceof Unknown && isCallable(called) ? ofFirst(called.name, first, given, node, user) : null;
    if (asked !== null) {
      return asked;
    }
    const result = call(called, given, keywords);
    return isVague && result instanceof Unknown ? guesses.chosen(result, all) : result;
  }

  /** Compile the arguments of a call to those by position and those by name. */
  actuals(node: Call): (frame: Frame) => [Value[], Map<string, Value> | null] {
    const runs = node.given.map(({ keyword, value }) => ({
      keyword,
      stars: value.type === "starred" ? value.stars : null,
      run: this.expression(value.type === "starred" ? value.value : value),
    }));
    return (frame) => {
      const given: Value[] = [];
      let keywords: Map<string, Value> | null = null;
      for (const { keyword, stars, run } of runs) {
        const value = run(frame);
        if (keyword !== null) {
          keywords ??= new Map();
          keywords.set(keyword, value);
        } else if (stars === "**") {
          keywords ??= new Map();
          spread(keywords, value);
        } else {
          given.push(...(stars === null ? [value] : listed(value)));
        }
      }
      return [given, keywords];
    };
  }

  /** Compile the call of a method of OneFlow's code without making a bound method first. */
  #methodCall(
    callee: Extract<Expression, { type: "attribute" }>,
    actuals: (frame: Frame) => [Value[], Map<string, Value> | null],
  ): Evaluate {
    const object = this.expression(callee.object);
    const { name } = callee;
    return (frame) => {
      const self = object(frame);
      const [given, keywords] = actuals(frame);
      const method = self instanceof Instance && !self.attributes.has(name) ? self.cls.method(name) : undefined;
      return method === undefined
        ? call(attribute(self, name), given, keywords)
        : method.call([self, ...given], keywords);
    };
  }

  #comprehension(kind: "list" | "set" | "generator", element: Expression, clauses: readonly Clause[]): Evaluate {
    const nest = this.#nest(clauses, element);
    switch (kind) {
      case "list":
        return (frame) => new Sequence(nest.all(frame));
      case "set":
        return (frame) => setOf(nest.all(frame));
      default:
        return (frame) => new Steps("generator", nest.each(frame), [], (why) => nest.forget(frame, why));
    }
  }

  #mapping({ key, element, clauses }: Extract<Expression, { type: "mapping" }>): Evaluate {
    const { from, to } = element;
    const nest = this.#nest(clauses, { from, to, type: "sequence", kind: "tuple", items: [key, element] });
    return (frame) => {
      const dict: Dict = new Map();
      for (const pair of nest.all(frame)) {
        const [at = null, value = null] = pair instanceof Sequence ? pair.items : [];
        dict.set(keyOf(dict, at), value);
      }
      return dict;
    };
  }

  /** Compile the loops of a comprehension; they have a frame of their own, as a function does. */
  #nest(clauses: readonly Clause[], element: Expression): Nest {
    const inner = this.inside(clauses.flatMap((clause) => targetNames(clause.target)));
    const loops = clauses.map((clause, at) => ({
      iterable: (at === 0 ? this : inner).expression(clause.iterable),
      store: inner.store(clause.target),
      conditions: clause.conditions.map((one) => inner.expression(one)),
    }));
    const cost = this.cost(element);
    const conditions = clauses.flatMap((clause) => [clause.iterable, ...clause.conditions]);
    const forget = (frame: Frame, why: Trouble): void => {
      for (const value of [element, ...conditions]) {
        this.around.user?.forget({ ...value, type: "expression", value }, frame, inner, why);
      }
    };
    return new Nest(loops, inner.expression(element), inner.scope, cost, forget);
  }

  /** Compile a target to what changes the value that it has: what it is an attribute or an item of is computed once. */
  change(target: Expression, combine: (a: Value, b: Value) => Value, by: Evaluate): Evaluate {
    const parts =
      target.type === "attribute" ? [target.object] : target.type === "subscript" ? [target.object, target.index] : [];
    const runs = parts.map((one) => this.expression(one));
    let held: Value[] = [];
    for (const [at, part] of parts.entries()) {
      this.#given.set(part, () => held[at] ?? null);
    }
    const [read, write] = [this.expression(target), this.store(target)];
    this.#given.clear();
    return (frame) => {
      const mine = runs.map((run) => run(frame));
      held = mine;
      const before = read(frame);
      const value = combine(before, by(frame));
      held = mine; // the same code may have run in between
      write(frame, value);
      return value;
    };
  }

  /** Compile an assignment target to what assigns a value to it. */
  store(target: Expression): (frame: Frame, value: Value) => void {
    if (target.type === "name") {
      return this.#storeName(target.name);
    }
    if (target.type === "sequence") {
      const stores = target.items.map((one) => this.store(one.type === "starred" ? one.value : one));
      const star = target.items.findIndex((one) => one.type === "starred");
      return (frame, value) => unpack(stores, star, frame, value);
    }
    if (target.type === "attribute") {
      const object = this.expression(target.object);
      const { user } = this.around;
      return (frame, value) => {
        user?.label(target.name, value);
        setAttribute(object(frame), target.name, value);
      };
    }
    if (target.type === "subscript") {
      const [object, index] = [this.expression(target.object), this.expression(target.index)];
      return (frame, value) => setItem(object(frame), index(frame), value);
    }
    return () => {
      throw new Puzzle("assigning");
    };
  }

  /** Return what a name stands for; undefined where it has no value yet. */
  peek(name: string, frame: Frame): Value | undefined {
    const variable = this.scope.find(name);
    return variable === null ? this.around.globals.get(name) : outer(frame, variable.depth).slots[variable.slot];
  }

  #storeName(name: string): (frame: Frame, value: Value) => void {
    const variable = this.scope.find(name);
    const { globals, user } = this.around;
    if (variable === null) {
      return (_frame, value) => {
        user?.label(name, value);
        globals.set(name, value);
      };
    }
    const { depth, slot } = variable;
    return (frame, value) => {
      user?.label(name, value);
      outer(frame, depth).slots[slot] = value;
    };
  }

  /** Compile a target of `del` to what removes it. */
  remove(target: Expression): (frame: Frame) => void {
    if (target.type === "name") {
      const variable = this.scope.find(target.name);
      const { globals, user } = this.around;
      return (frame) => {
        if (variable === null) {
          globals.delete(target.name);
          user?.removed(target.name);
        } else {
          outer(frame, variable.depth).slots[variable.slot] = undefined;
        }
      };
    }
    if (target.type === "attribute") {
      const [object, { name }] = [this.expression(target.object), target];
      return (frame) => removeAttribute(object(frame), name);
    }
    if (target.type !== "subscript") {
      return () => {
        throw new Puzzle("assigning");
      };
    }
    const [object, index] = [this.expression(target.object), this.expression(target.index)];
    return (frame) => removeItem(object(frame), index(frame));
  }
}

interface Loop {
  readonly iterable: Evaluate;
  readonly store: (frame: Frame, value: Value) => void;
  readonly conditions: readonly Evaluate[];
}

/** The loops of a comprehension, one in the other. */
class Nest {
  readonly #loops: readonly Loop[];
  readonly #element: Evaluate;
  readonly #scope: Scope;
  readonly #cost: number;
  readonly #forget: (frame: Frame, why: Trouble) => void;

  constructor(
    loops: readonly Loop[],
    element: Evaluate,
    scope: Scope,
    cost: number,
    forget: (frame: Frame, why: Trouble) => void,
  ) {
    this.#forget = forget;
    this.#loops = loops;
    this.#element = element;
    this.#scope = scope;
    this.#cost = cost;
  }

  /** Make unknown what the loops may change. */
  forget(outside: Frame, why: Trouble): void {
    this.#forget(new Frame(this.#scope.size, outside), why);
  }

  /** Return all values at once. */
  all(outside: Frame): Value[] {
    return Array.from(this.each(outside));
  }

  /** Return the values one by one, as they are asked for. */
  each(outside: Frame): Generator<Value> {
    const first = inOrder(this.#loops[0]?.iterable(outside) ?? null);
    return this.#yield(new Frame(this.#scope.size, outside), 0, first);
  }

  *#yield(frame: Frame, at: number, values: Iterable<Value>): Generator<Value> {
    const { store, conditions } = this.#loops[at] as Loop;
    const next = this.#loops[at + 1];
    for (const value of values) {
      spend(this.#cost);
      store(frame, value);
      if (conditions.every((run) => truth(run(frame)))) {
        if (next === undefined) {
          yield this.#element(frame);
        } else {
          yield* this.#yield(frame, at + 1, inOrder(next.iterable(frame)));
        }
      }
    }
  }
}

function outer(frame: Frame, depth: number): Frame {
  let found = frame;
  for (let at = depth; at > 0 && found.parent !== null; at -= 1) {
    found = found.parent;
  }
  return found;
}

function NOTHING(): Value {
  return null;
}

function isKey(value: Value): value is string | bigint {
  return typeof value === "string" || typeof value === "bigint";
}

function listed(value: Value): Value[] {
  const items: Value[] = [];
  for (const one of inOrder(value)) {
    spend(3);
    items.push(one);
  }
  return items;
}

/** Return a set of values, each once. */
export function setOf(values: readonly Value[]): Sequence {
  const found = new Map<Value, null>();
  for (const value of values) {
    spend(2);
    found.set(keyOf(found, value), null);
  }
  return new Sequence(Array.from(found.keys()), "set");
}

/** Put the items of a dict into another. */
export function addAll(dict: Dict, more: Value): void {
  if (more instanceof Unknown) {
    more.demand("list");
  }
  const keys = byOwn(more, "keys");
  if (keys !== undefined) {
    for (const key of iterate(keys)) {
      dict.set(keyOf(dict, key), byOwn(more, "__getitem__", key) ?? null);
    }
    return;
  }
  if (!isDict(more)) {
    throw typeError(`'${typeName(more)}' object is not a mapping`);
  }
  for (const [key, value] of more) {
    spend(2);
    dict.set(keyOf(dict, key), value);
  }
}

function spread(keywords: Map<string, Value>, more: Value): void {
  const dict: Dict = new Map();
  addAll(dict, more);
  for (const [key, value] of dict) {
    if (typeof key !== "string") {
      throw typeError("keywords must be strings");
    }
    if (keywords.has(key)) {
      throw new PythonError("TypeError", `got multiple values for keyword argument '${key}'`);
    }
    keywords.set(key, value);
  }
}

/** Return an item or, for a slice, a part of a sequence. */
export function subscript(container: Value, index: Value): Value {
  if (index instanceof Slice) {
    return slices.slice(container, index);
  }
  if (container instanceof Range || container instanceof Class || isOwn(container, "__getitem__")) {
    return slices.item(container, index);
  }
  return item(container, index);
}

/** Parts of sequences, for a page that reads whole scripts. */
export const slices: {
  slice(container: Value, at: Slice): Value;
  /** Put values in the place of a part, or of an item of an array; null removes it. */
  set(container: Value, at: Value, values: Value): void;
  item(container: Value, index: Value): Value;
  /** Set an attribute of what is no object of a class. */
  assign(object: Value, name: string, value: Value): void;
} = {
  slice() {
    throw new Puzzle("slices");
  },
  set() {
    throw new Puzzle("slices");
  },
  item() {
    throw new Puzzle("notUnderstood");
  },
  assign() {
    throw new Puzzle("assigning");
  },
};

/** Return a value of the code as a proposal; None tells that nothing is set. */
function proposed(value: Value | undefined): Proposal {
  return value === undefined || value === null ? {} : { default: value };
}

/** Methods of texts. */
export const TEXTUAL: ReadonlySet<string> = new Set(
  "split rsplit splitlines strip lstrip rstrip lower upper startswith endswith replace format join title capitalize isdigit find".split(
    " ",
  ),
);

/** Return an attribute of an unknown value; a method of texts tells that it is one. */
function ofUnknown(object: Unknown, name: string, node: Expression, user: User): Value {
  const own = object.attributes.get(name);
  if (own !== undefined) {
    return own;
  }
  if (TEXTUAL.has(name)) {
    return new Unknown(null, ...object.whys.map((why) => why.asking("text")));
  }
  if (name === "__dict__") {
    return methods.find(object, name) ?? object.demand();
  }
  return object.path === null
    ? partOf(object, new Unknown(null, ...object.whys))
    : askedPart(object, name, `${object.path}.${name}`, node, user);
}

/** Return an attribute of an object, which an unknown class above its own may have given it. */
function besideUnknown(
  object: Instance,
  gap: Unknown,
  name: string,
  path: string,
  node: Expression,
  user: User,
): Value {
  if (!hasAttribute(object, name)) {
    return holding(user.ask(path, node), guesses.held(object, name));
  }
  const found = known(object, name);
  user.kept(gap, found, node);
  return found;
}

/** Tell whether an attribute of an object that has been stepped is what it was, or what its class of the code's own says. */
function isKnownOfStale({ cls }: Instance, name: string): boolean {
  return OF_STALE.has(name) || cls.above(name, 0)?.isUsers === true;
}

/** Return an attribute of an object that has been stepped: a list of it may be changed, and the object itself by its dict. */
function ofStale(object: Instance, name: string): Value {
  const unknown = new Unknown(null, new Puzzle("stepped"));
  const held = name === "__dict__" ? object : object.attributes.get(name);
  unknown.choices = held === undefined ? [] : [held];
  return unknown;
}

/** Return a value as one that was made with lists, dicts and functions. */
function holding(value: Value, held: readonly Value[]): Value {
  if (value instanceof Unknown) {
    value.held = held;
  }
  return value;
}

/** Return what `len` or `getattr` finds of an unknown object; null for other functions. */
function ofFirst(
  name: string,
  first: Unknown,
  [, second, third]: readonly Value[],
  node: Call,
  user: User,
): Value | null {
  const { path, proposals } = first;
  if (name === "len" && path !== null) {
    return user.ask(`len(${path})`, node);
  }
  if (name !== "getattr" || typeof second !== "string") {
    return null;
  }
  const proposal = { ...(first.isForeign ? proposed(third) : {}), ...proposals.get(second) };
  const found = path === null ? new Unknown(null, ...first.whys) : user.ask(`${path}.${second}`, node, proposal);
  return first.attributes.get(second) ?? partOf(first, found);
}

/** Return a value as an attribute of an unknown object, which has a part in what that does. */
function partOf(object: Unknown, found: Value): Value {
  if (found instanceof Unknown) {
    found.held = object.held;
    found.isForeign = object.isForeign && (object.path === null || found.isForeign);
    found.owner = object;
  }
  return found;
}

/** Return as a dict all items of something unknown, where the code says which it has. */
export function partsOf(object: Unknown, node: Expression, user: User): Value {
  const { path, proposals, attributes } = object;
  const owner = path === null ? "" : `${path.replace(/^vars\((.*)\)$/, "$1")}.`;
  const names = new Set([...proposals.keys(), ...Array.from(attributes.keys(), (key) => key.slice(1, -1))]);
  const items = Array.from(names, (name): [Value, Value] => {
    const key = `[${name}]`;
    return [name, attributes.get(key) ?? askedPart(object, key, owner + name, node, user)];
  });
  return proposals.size === 0 ? object : new Map(items);
}

/** Return an attribute or an item of an unknown object as the code calls it: the same each time, as long as nothing may have changed it. */
function askedPart(object: Unknown, key: string, name: string, node: Expression, user: User): Value {
  const proposal = object.proposals.get(key.replace(/^\[(.*)\]$/, "$1"));
  const part = partOf(object, object.parts.get(key) ?? user.ask(name, node, proposal));
  if (part instanceof Unknown) {
    object.parts.set(key, part);
  }
  return part;
}

function binary(run: (a: Value, b: Value) => Value, left: Evaluate, right: Evaluate): Evaluate {
  return (frame) => run(left(frame), right(frame));
}

function logic(sign: "and" | "or", left: Evaluate, right: Evaluate): Evaluate {
  return sign === "and"
    ? (frame) => {
        const value = left(frame);
        return truth(value) ? right(frame) : value;
      }
    : (frame) => {
        const value = left(frame);
        return truth(value) ? value : right(frame);
      };
}

function choose(test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (frame) => (truth(test(frame)) ? yes(frame) : no(frame));
}

/** Return an attribute that the user's code asks for; one that the engine does not know is not understood, rather than missing. */
function known(value: Value, name: string): Value {
  try {
    const found = attribute(value, name);
    if (isCallable(found) && (value instanceof Sequence || value instanceof Map)) {
      owners.set(found, value);
    }
    return found;
  } catch (error) {
    const isVague = error instanceof PythonError && error.kind === "AttributeError" && !isMissing(value, name);
    throw isVague ? new Puzzle("attribute", { name }) : error;
  }
}

/** How values are shown in a format such as `.5f` in the user's code; a page that reads whole scripts knows more than to refuse. */
export const formats: { format(value: Value, format: string): string } = {
  format() {
    throw new Puzzle("format");
  },
};

/** Return a number in a format such as `.5f`, roughly: the text is only printed; it matters that other values raise an exception. */
function formatted(value: Value, format: string): string {
  if (typeof value === "string") {
    throw new PythonError("ValueError", `Unknown format code '${format.at(-1)}' for object of type 'str'`);
  }
  if (typeof value === "number" || typeof value === "bigint") {
    return String(toFloat(value));
  }
  if (typeof value === "boolean" || value instanceof Complex) {
    return text(value);
  }
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function assigned(value: Value | undefined, name: string): Value {
  if (value === undefined) {
    throw new PythonError("UnboundLocalError", `local variable '${name}' referenced before assignment`);
  }
  return value;
}

function unpack(
  stores: readonly ((frame: Frame, value: Value) => void)[],
  star: number,
  frame: Frame,
  value: Value,
): void {
  if (value instanceof Unknown) {
    for (const store of stores) {
      store(frame, value.part());
    }
    return;
  }
  const values = listed(value);
  if (star >= 0 && values.length >= stores.length - 1) {
    values.splice(star, 0, new Sequence(values.splice(star, values.length - stores.length + 1)));
  }
  if (values.length !== stores.length) {
    const few = `not enough values to unpack (expected ${stores.length}, got ${values.length})`;
    const many = `too many values to unpack (expected ${stores.length})`;
    throw new PythonError("ValueError", values.length < stores.length ? few : many);
  }
  for (const [at, store] of stores.entries()) {
    store(frame, values[at] ?? null);
  }
}

/** Set an attribute of an object of the user's. */
export function setAttribute(object: Value, name: string, value: Value): void {
  if (object instanceof Namespace) {
    throw new Lost("patched", { name: object.name });
  }
  if (object instanceof Class) {
    setInClass(object, name, value);
  } else if (object instanceof Instance) {
    const isLate = program.runs && isStale(object) && hasAttribute(object, name);
    setInInstance(object, name, isLate ? new Unknown(null, new Puzzle("stepped")) : value);
  } else if (object instanceof Unknown) {
    if (object.keeps) {
      object.attributes.set(name, value);
    }
    object.take(value);
    spoilChoices(object);
  } else {
    slices.assign(object, name, value);
  }
}

function setInInstance(object: Instance, name: string, value: Value): void {
  const { cls } = object;
  if (name === "__class__" || name === "__dict__") {
    spoilWhole(object, new Unknown(null, new Puzzle("assigning")));
    return;
  }
  const shared = cls.attribute(name);
  if (shared instanceof Unknown && !shared.keeps) {
    throw new Puzzle("assigning"); // it may decide itself what that means
  }
  if (cls.property(name) !== undefined) {
    const setter = cls.setter(name);
    if (setter === undefined) {
      throw new PythonError("AttributeError", `can't set attribute '${name}'`);
    }
    setter.call([object, value], null);
  } else if (!hasPlace(cls, name)) {
    throw noAttribute(object, name);
  } else if (cls.order.some((one) => one.isFrozen)) {
    throw new PythonError("FrozenInstanceError", `cannot assign to field '${name}'`);
  } else {
    object.attributes.set(name, value);
  }
}

/** Tell whether objects have a place for an attribute: where all classes name theirs in `__slots__`, there are no others. */
function hasPlace(cls: Class, name: string): boolean {
  return cls.order.some(({ attributes }) => {
    const slots = attributes.get("__slots__");
    const names = slots instanceof Sequence ? slots.items : [slots];
    return names.some((one) => typeof one !== "string" || one === name || one.startsWith("__"));
  });
}

/** Remove an attribute of an object of the user's. */
export function removeAttribute(object: Value, name: string): void {
  if (
    !(object instanceof Instance) ||
    object.cls.property(name) !== undefined ||
    object.cls.attribute(name) instanceof Unknown
  ) {
    throw new Puzzle("assigning");
  }
  if (!object.attributes.delete(name)) {
    throw new PythonError("AttributeError", name);
  }
}

function setInClass(cls: Class, name: string, value: Value): void {
  if (!cls.isUsers) {
    throw new Lost("patched", { name: cls.name });
  }
  const held = cls.convert === null ? null : cls.attributes.get(name);
  if (held instanceof Instance && held.cls === cls) {
    throw new PythonError("AttributeError", "Cannot reassign members."); // of an Enum
  }
  cls.hold(name, value, value instanceof Func);
}

/** Tell whether something has items by their places that can be set. */
function isListed(object: Value): object is Sequence {
  return object instanceof Sequence && (object.kind === "list" || object.kind === "deque");
}

function setItem(object: Value, index: Value, value: Value): void {
  if (index instanceof Slice || (object instanceof Sequence && object.kind === "array")) {
    slices.set(object, index, value);
  } else if (byOwn(object, "__setitem__", index, value) !== undefined) {
    return;
  } else if (object instanceof Unknown && !object.keeps) {
    throw new Puzzle("assigning");
  } else if (object instanceof Unknown) {
    object.attributes.set(`[${index instanceof Unknown ? index.demand("text") : text(index)}]`, value);
    object.take(value);
    spoilChoices(object);
  } else if (object instanceof Map) {
    object.set(keyOf(object, index), value);
  } else if (isListed(object) && typeof index === "bigint") {
    item(object, index); // raises an exception where there is none
    object.items[Number(index < 0n ? BigInt(object.items.length) + index : index)] = value;
  } else {
    throw new Puzzle("assigning");
  }
}

function removeItem(object: Value, index: Value): void {
  if (index instanceof Slice) {
    slices.set(object, index, null);
    return;
  }
  if (byOwn(object, "__delitem__", index) !== undefined) {
    return;
  }
  item(object, index); // raises an exception where there is none
  if (isDict(object)) {
    object.delete(keyOf(object, index));
  } else if (isListed(object) && typeof index === "bigint") {
    object.items.splice(Number(index), 1);
  } else {
    throw new Puzzle("assigning");
  }
}

/** Return the values that a loop goes through, where their order is known. */
export function inOrder(value: Value): Iterable<Value> {
  if (value instanceof Sequence && value.kind === "set" && value.items.length > 1) {
    throw new Puzzle("setOrder");
  }
  return iterate(value);
}

/** Return the path of an expression such as `a.b.c`; null for any other. */
export function dotted(node: Expression): string | null {
  if (node.type === "name") {
    return node.name;
  }
  const object = node.type === "attribute" ? dotted(node.object) : null;
  return node.type === "attribute" && object !== null ? `${object}.${node.name}` : null;
}

function identical(a: Value, b: Value): boolean {
  for (const one of [a, b]) {
    if (one instanceof Unknown) {
      one.demand(b === null ? "text" : "flag");
    }
  }
  const isNumber = typeof a === "number" || (typeof a === "bigint" && (a < -5n || a > 256n));
  if (a === b ? isNumber : isTuple(a) && isTuple(b)) {
    throw new Puzzle("notUnderstood"); // equal ones may be one object or two
  }
  return a === b;
}

function isTuple(value: Value): boolean {
  return value instanceof Sequence && value.kind === "tuple";
}

const COMPARATORS: Readonly<Record<Comparator, (a: Value, b: Value) => boolean>> = {
  "<": (a, b) => (typeof a === "number" && typeof b === "number" ? a < b : compare("<", a, b)),
  "<=": (a, b) => compare("<=", a, b),
  ">": (a, b) => (typeof a === "number" && typeof b === "number" ? a > b : compare(">", a, b)),
  ">=": (a, b) => compare(">=", a, b),
  "==": equal,
  "!=": (a, b) => compare("!=", a, b),
  in: (a, b) => contains(b, a),
  "not in": (a, b) => !contains(b, a),
  is: identical,
  "is not": (a, b) => !identical(a, b),
};
