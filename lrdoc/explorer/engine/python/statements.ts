/** Compile the tree of a statement to a function that carries it out. */

import { Compiler, type Evaluate, inOrder, type User } from "./compile.ts";
import { depthNow, spend, surface } from "./effort.ts";
import { asTrouble, isKind, locate, Puzzle, PythonError, type Trouble } from "./errors.ts";
import { attributeOf, call, Frame, Func, instantiate, Partial } from "./functions.ts";
import type { Flow, Parts } from "./generators.ts";
import { builtin } from "./mathematics.ts";
import { augmented } from "./operators.ts";
import { assigned, declared, inside, isMethod, targetNames, variables } from "./scope.ts";
import { spoilWhole } from "./spoil.ts";
import { type Call, type Definition, type Expression, lastName, type Statement, walk } from "./syntax.ts";
import {
  Bound,
  type Callable,
  Class,
  ClassMethod,
  containersIn,
  Instance,
  isCallable,
  natures,
  Sequence,
  Steps,
  text,
  truth,
  Unknown,
  type Value,
} from "./values.ts";

/**
 * How a statement ends: it goes on to the next, leaves the loop, or leaves the function with `frame.result`.
 * Where a condition is unknown, it may have left the loop (`lost`) or the function (`gone`).
 */
export type End = "next" | "break" | "continue" | "return" | "lost" | "gone";
export type Exec = (frame: Frame) => End;
type Of<T extends Statement["type"]> = Extract<Statement, { type: T }>;

/** How bodies that yield are compiled, on a page that reads whole scripts; null: this one is not understood. */
export const flows: {
  of(statements: readonly Statement[], parts: Parts): Flow | null;
  /** Tell whether a class that derives from one of Python's own is understood. */
  derives(cls: Class): boolean;
} = { of: () => null, derives: () => false };

export class StatementCompiler {
  readonly #compiler: Compiler;
  readonly #user: User | null;
  /** The class whose method is compiled, and that method's name. */
  readonly #method: { readonly cls: Class; readonly name: string; readonly parameters: readonly string[] } | null;

  /** The number of `try` statements whose bodies hold what is compiled. */
  #tries = 0;

  constructor(compiler: Compiler, method: StatementCompiler["blamed"] = null) {
    this.#compiler = compiler;
    this.#user = compiler.around.user;
    this.#method = method;
  }

  get blamed(): { readonly cls: Class; readonly name: string; readonly parameters: readonly string[] } | null {
    return this.#method;
  }

  body(statements: readonly Statement[]): Exec {
    const runs = statements.map((one) => this.statement(one));
    return (frame) => {
      for (const run of runs) {
        const end = run(frame);
        if (end !== "next") {
          return end;
        }
      }
      return "next";
    };
  }

  statement(node: Statement): Exec {
    const run = this.#statement(node);
    if (this.#user !== null) {
      return this.#guarded(node, run, this.#user);
    }
    const suspects = this.#suspects(node);
    if (suspects.length === 0) {
      return run;
    }
    return (frame) => {
      try {
        return run(frame);
      } catch (error) {
        if (error instanceof PythonError) {
          error.parameters ??= suspects;
        }
        throw error;
      }
    };
  }

  get #makesCurve(): boolean {
    return this.#compiler.around.makesCurve === true;
  }

  /** Let nothing go on with a value that a statement may have changed which is not understood. */
  #guarded(node: Statement, run: Exec, user: User): Exec {
    return (frame) => {
      const [depth, before] = [depthNow(), user.made()];
      try {
        return run(frame);
      } catch (error) {
        const trouble = locate(asTrouble(error), node);
        if (!(trouble instanceof Puzzle) || (this.#makesCurve && user.setsRates(node))) {
          throw trouble;
        }
        spend(100);
        surface(depth);
        user.keep(trouble, node, before);
        return this.#lost(node, frame, trouble, user);
      }
    };
  }

  /** Make unknown what a statement may have changed, and return how it may have ended. */
  #lost(node: Statement, frame: Frame, why: Trouble, user: User): End {
    user.forget(node, frame, this.#compiler, why);
    if (node.type === "return" || leaves(node, "return")) {
      const result = new Unknown(null, why);
      result.choices = user.namedIn([node], frame, this.#compiler);
      frame.result = result;
      return node.type === "return" ? "return" : "gone";
    }
    frame.lost = why;
    return leaves(node, "break") ? "lost" : "next";
  }

  /** Return the parameters that a failure of the statement concerns: those that a check of a constructor reads, or that a line of `get_lr` computes with. */
  #suspects(node: Statement): string[] {
    const names = new Set<string>();
    const looked = this.#method === null ? [] : lookedAt(node, this.#method.name);
    for (const expression of looked) {
      walk(expression, (one) => {
        if (one.type === "name" && this.#method?.parameters.includes(one.name)) {
          names.add(one.name);
        }
        if (one.type === "attribute" && one.object.type === "name" && one.object.name === "self") {
          names.add(one.name);
        }
      });
    }
    return Array.from(names);
  }

  #statement(node: Statement): Exec {
    const compiler = this.#compiler;
    switch (node.type) {
      case "expression":
        return doing(compiler.expression(node.value));
      case "assign":
        return assign(
          compiler.expression(node.value),
          node.targets.map((one) => compiler.store(one)),
        );
      case "augment":
        return doing(compiler.change(node.target, augmented(node.sign), compiler.expression(node.value)));
      case "return":
        return returning(node.value === null ? null : compiler.expression(node.value));
      case "raise":
        return this.#raise(node.value);
      case "assert":
        return this.#assert(node.test, node.message);
      case "pass":
      case "scope":
      case "declare":
        return () => "next";
      case "break":
        return () => "break";
      case "continue":
        return () => "continue";
      default:
        return this.#compound(node);
    }
  }

  #compound(node: Of<"if" | "for" | "while" | "def" | "class" | "import" | "try" | "with" | "delete" | "odd">): Exec {
    const compiler = this.#compiler;
    switch (node.type) {
      case "if":
        return this.#if(node);
      case "for":
      case "while":
        return this.#loop(node);
      case "def":
        return assign(compiler.originating(node, this.#function(node, null)), [
          compiler.store({ ...node, type: "name" }),
        ]);
      case "class":
        return assign(this.#class(node), [compiler.store({ ...node, type: "name" })]);
      case "try":
        return this.#try(node);
      case "with":
        return this.#with(node);
      case "delete":
        return this.#delete(node);
      case "import":
        return this.#import(node);
      default:
        return () => {
          throw new Puzzle(node.key, node.filling);
        };
    }
  }

  #import({ bindings, from, to }: Of<"import">): Exec {
    const user = this.#user;
    return (frame) => {
      for (const binding of bindings) {
        for (const [name, value] of user?.imported(binding, { from, to }) ?? []) {
          this.#compiler.store({ from, to, type: "name", name })(frame, value);
        }
      }
      return "next";
    };
  }

  #if(node: Of<"if">): Exec {
    const [test, yes, no] = [this.test(node.test), this.body(node.then), this.body(node.otherwise)];
    if (this.#user === null) {
      return (frame) => (test(frame) ? yes(frame) : no(frame));
    }
    return (frame) => {
      let holds: boolean;
      try {
        holds = test(frame);
      } catch (error) {
        if (error instanceof Puzzle && this.#isEither(node, frame)) {
          return "next";
        }
        throw error;
      }
      return holds ? yes(frame) : no(frame);
    };
  }

  test(node: Expression): (frame: Frame) => boolean {
    const [run, user] = [this.#compiler.expression(node), this.#user];
    return user === null ? (frame) => truth(run(frame)) : (frame) => user.holds(node, () => truth(run(frame)));
  }

  expression(node: Expression): Evaluate {
    return this.#compiler.expression(node);
  }

  store(node: Expression): (frame: Frame, value: Value) => void {
    return this.#compiler.store(node);
  }

  /** Carry out a branch where both do the same: they give the same values to the same names, and nothing else. */
  #isEither({ then: yes, otherwise: no }: Of<"if">, frame: Frame): boolean {
    const [one, other] = [this.#given(yes, frame), this.#given(no, frame)];
    const isSame =
      one !== null && other?.size === one.size && Array.from(one).every(([name, value]) => other.get(name) === value);
    for (const [name, value] of isSame ? one : []) {
      const { from, to } = yes[0] ?? { from: 0, to: 0 };
      this.#compiler.store({ from, to, type: "name", name })(frame, value);
    }
    return isSame;
  }

  /** Return the numbers and texts that statements give to names; null where they do more. */
  #given(statements: readonly Statement[], frame: Frame): Map<string, Value> | null {
    const found = new Map<string, Value>();
    for (const statement of statements) {
      const [target, ...others] = statement.type === "assign" ? statement.targets : [];
      if (statement.type !== "assign" || target?.type !== "name" || others.length > 0 || isBusy(statement.value)) {
        return null;
      }
      const value = this.#compiler.expression(statement.value)(frame);
      if (found.size > 0 || typeof value === "object") {
        return null;
      }
      found.set(target.name, value);
    }
    return found;
  }

  #loop(node: Of<"for" | "while">): Exec {
    const next = this.rounds(node);
    const [body, otherwise] = [this.body(node.body), this.body(node.otherwise)];
    const user = this.#user;
    const carryOut: Exec = (frame) => {
      const more = next(frame);
      while (more()) {
        const end = body(frame);
        if (end !== "next" && end !== "continue") {
          return end;
        }
      }
      return otherwise(frame);
    };
    return (frame) => {
      if (!this.#makesCurve && user?.isTraining(node, frame, this.#compiler) === true) {
        user.train(node, frame, this.#compiler);
        return "next";
      }
      const end = carryOut(frame);
      if (end === "lost" || end === "gone") {
        user?.forget(node, frame, this.#compiler, frame.lost);
      }
      return end === "return" || end === "gone" ? end : "next";
    };
  }

  rounds(node: Of<"for" | "while">): (frame: Frame) => () => boolean {
    return node.type === "for" ? this.#each(node) : this.#repeats(node);
  }

  #each(node: Of<"for">): (frame: Frame) => () => boolean {
    const [iterable, store] = [this.#compiler.expression(node.iterable), this.#compiler.store(node.target)];
    const each = this.#compiler.cost(node);
    return (frame) => {
      const values = inOrder(iterable(frame))[Symbol.iterator]();
      return () => {
        spend(each);
        const { done, value } = values.next();
        if (done !== true) {
          store(frame, value);
        }
        return done !== true;
      };
    };
  }

  #repeats(node: Of<"while">): (frame: Frame) => () => boolean {
    const test = this.#compiler.expression(node.test);
    const each = this.#compiler.cost(node);
    return (frame) => () => {
      spend(each);
      return truth(test(frame));
    };
  }

  #try(node: Of<"try">): Exec {
    const [body, otherwise, last] = [this.#caught(node.body), this.body(node.otherwise), this.body(node.last)];
    const handlers = node.handlers.map(({ kinds, name, body: statements }) => ({
      kinds: kinds === null ? null : this.#compiler.expression(kinds),
      store: name === null ? null : this.#compiler.store({ ...node, type: "name", name }),
      drop: name === null ? null : this.#compiler.remove({ ...node, type: "name", name }),
      run: this.body(statements),
    }));
    const names = Array.from(new Set([...node.body, ...node.otherwise].flatMap(assigned)));
    const continues = node.handlers.some(isGoingOn);
    const handle = (frame: Frame, trouble: Trouble): End => {
      const error = trouble instanceof PythonError ? trouble : null;
      const handler =
        error === null ? undefined : handlers.find(({ kinds }) => kinds === null || isOne(error, kinds(frame)));
      if (error === null || handler === undefined) {
        throw trouble;
      }
      handler.store?.(frame, error.raised ?? new Unknown(null, new Puzzle("exceptions")));
      handling.push(error);
      try {
        return handler.run(frame);
      } finally {
        handling.pop();
        handler.drop?.(frame);
      }
    };
    const handled: Exec = (frame) => {
      const [depth, guesses] = [depthNow(), this.#user?.guesses()];
      const before = continues ? names.filter((name) => isKnown(this.#compiler.peek(name, frame))) : [];
      let end: End;
      try {
        end = body(frame);
      } catch (error) {
        surface(depth);
        return handle(frame, asTrouble(error));
      }
      const after = end === "next" ? otherwise(frame) : end;
      if (continues && this.#user?.guesses() !== guesses) {
        this.#doubt(node, frame, before);
      }
      return after;
    };
    return (frame) => {
      let end: End;
      try {
        end = handled(frame);
      } catch (error) {
        const after = error instanceof PythonError ? last(frame) : "next";
        if (after !== "next") {
          return after; // without the exception
        }
        throw error;
      }
      const after = last(frame);
      return after === "next" ? end : after;
    };
  }

  /** Return what carries out the body of a `try`. */
  #caught(statements: readonly Statement[]): Exec {
    this.#tries += 1;
    const body = this.body(statements);
    this.#tries -= 1;
    return body;
  }

  /** Make unknown what depends on whether something that is not known raised an exception: what handlers change, and the names with a value before. */
  #doubt(node: Of<"try">, frame: Frame, names: readonly string[]): void {
    const targets = names.map((name): Expression => ({ from: node.from, to: node.to, type: "name", name }));
    const value: Expression = { from: node.from, to: node.to, type: "constant", value: null };
    const bound: Statement = { from: node.from, to: node.to, type: "assign", targets, value };
    for (const statement of [...node.handlers.filter(isGoingOn).flatMap((one) => one.body), bound]) {
      this.#user?.forget(statement, frame, this.#compiler, frame.lost);
    }
  }

  #with(node: Of<"with">): Exec {
    const items = node.items.map(({ value, target }) => ({
      run: this.#compiler.expression(value),
      store: target === null ? null : this.#compiler.store(target),
    }));
    const body = this.body(node.body);
    const mayCatch = this.#user !== null && !node.items.every(({ value }) => OPENING.has(usedName(value)));
    return (frame) => {
      const managers = items.map(({ run, store }) => {
        const manager = this.#manager(run, node, frame);
        const value = entered(manager);
        store?.(frame, value);
        return manager;
      });
      const depth = depthNow();
      let end: End;
      try {
        end = mayCatch && !managers.every(isPlainManager) ? this.#uncertain(body, frame) : body(frame);
      } catch (error) {
        if (!(error instanceof PythonError)) {
          throw error;
        }
        surface(depth);
        this.#leave(managers, node, error);
        return "next";
      }
      this.#leave(managers, node, null);
      return end;
    };
  }

  /** Leave contexts, which may take in the exception that was raised in them. */
  #leave(managers: readonly Value[], node: Statement, error: PythonError | null): void {
    let raised = error;
    for (const manager of [...managers].reverse()) {
      if (isPlainManager(manager)) {
        const said = call(attributeOf(manager as Instance, "__exit__"), this.#told(raised), null);
        raised = raised !== null && truth(said) ? null : raised;
      }
      this.#user?.touch(manager, node);
    }
    if (raised !== null) {
      throw raised;
    }
  }

  /** Return what a context is told of an exception as it is left. */
  #told(raised: PythonError | null): Value[] {
    if (raised === null) {
      return [null, null, null];
    }
    const unknown = new Unknown(null, new Puzzle("exceptions"));
    const kind = raised.raised?.cls ?? this.#compiler.around.globals.get(raised.kind);
    return [kind ?? unknown, raised.raised ?? unknown, unknown];
  }

  /** Carry out statements whose exceptions a context manager may catch. */
  #uncertain(body: Exec, frame: Frame): End {
    try {
      return body(frame);
    } catch (error) {
      throw error instanceof PythonError ? new Puzzle("contexts") : error;
    }
  }

  /** Evaluate a context manager; what it does on entering and leaving is not carried out. */
  #manager(run: Evaluate, node: Statement, frame: Frame): Value {
    const depth = depthNow();
    try {
      return run(frame);
    } catch (error) {
      if (!(error instanceof Puzzle)) {
        throw error;
      }
      surface(depth);
      this.#user?.keep(locate(error, node), { ...node, type: "pass" }, this.#user.made());
      return new Unknown(null, error);
    }
  }

  #delete({ targets }: Of<"delete">): Exec {
    const runs = targets.map((target) => this.#compiler.remove(target));
    return (frame) => {
      for (const run of runs) {
        run(frame);
      }
      return "next";
    };
  }

  #raise(value: Expression | null): Exec {
    if (value === null) {
      return () => {
        throw this.#ending(handling.at(-1) ?? new PythonError("RuntimeError", "No active exception to reraise"));
      };
    }
    const [run, kind] = [value, value.type === "call" ? value.callee : value].map((one) =>
      this.#compiler.expression(one),
    ) as [Evaluate, Evaluate];
    const isCaught = this.#tries > 0;
    return (frame) => {
      const depth = depthNow();
      let trouble: Trouble;
      try {
        trouble = raised(run(frame));
      } catch (error) {
        if (!(error instanceof Puzzle)) {
          throw error;
        }
        surface(depth);
        trouble = unsaid(kind(frame)); // what it says is not known
      }
      throw trouble instanceof Puzzle && isCaught ? trouble : this.#ending(trouble);
    };
  }

  #assert(test: Expression, message: Expression | null): Exec {
    const holds = this.#compiler.expression(test);
    const shown = message === null ? null : this.#compiler.expression(message);
    return (frame) => {
      if (!truth(holds(frame))) {
        throw this.#ending(new PythonError("AssertionError", shown === null ? "" : text(shown(frame))));
      }
      return "next";
    };
  }

  #ending(trouble: Trouble): Trouble {
    trouble.isEnd = this.#user !== null;
    return trouble;
  }

  /** Return what makes the function; `cls` is the class that it is a method of. */
  #function(node: Definition, cls: Class | null): Evaluate {
    const names = variables(node.parameters, node.body);
    const inner = this.#compiler.inside(names, declared(node.body).globals);
    const parameters = node.parameters.map((one) => one.name);
    const method = cls === null ? null : { cls, name: node.name, parameters };
    const around = methodSurroundings(inner, cls);
    const compiler = new Compiler(around, inner.scope);
    if (node.yields || node.isAsync) {
      return this.#made(node, cls, inner, this.#generator(node, compiler, method));
    }
    let body: Exec | null = null;
    const run: Evaluate = (frame) => {
      body ??= new StatementCompiler(compiler, method).body(node.body);
      if (body(frame) === "gone" && this.#user !== null && frame.result instanceof Unknown) {
        frame.result.choices = this.#user.namedIn(node.body, frame, compiler);
        for (const why of frame.result.whys.slice(0, 1)) {
          this.#forgetAll(node.body, frame, compiler, why);
        }
      }
      return frame.result;
    };
    return this.#made(node, cls, inner, run);
  }

  #made(node: Definition, cls: Class | null, inner: Compiler, run: Evaluate): Evaluate {
    const name = cls === null ? node.name : `${cls.name}.${node.name}`;
    const made = this.#compiler.functionOf(name, node.parameters, inner.scope, this.#compiler.cost(node), run);
    const decorators = cls === null ? node.decorators.map((one) => this.#compiler.expression(one)) : [];
    return (frame) => {
      const applied = decorators.map((decorator) => decorator(frame));
      const plain = made(frame);
      this.#user?.defined(node, plain, cls, { compiler: this.#compiler, frame });
      const result = applied.reduceRight((value, decorator) => decorated(decorator, value), plain);
      this.#user?.touch(result, node);
      return result;
    };
  }

  /** Compile the body of a function that yields to what makes the generator; of an asynchronous one nothing is known. */
  #generator(node: Definition, compiler: Compiler, method: StatementCompiler["blamed"]): Evaluate {
    let flow: Flow | null = null;
    const forget = (frame: Frame, why: Trouble): Value => {
      this.#forgetAll(node.body, frame, compiler, why);
      return new Unknown(null, why);
    };
    return (frame) => {
      flow ??= node.isAsync ? null : flows.of(node.body, new StatementCompiler(compiler, method));
      return flow === null
        ? forget(frame, new Puzzle("generators"))
        : new Steps(
            "generator",
            advanced(flow, frame, (why) => forget(frame, why)),
            [],
            (why) => forget(frame, why),
          );
    };
  }

  /** Make unknown what statements may change that are not carried out here. */
  #forgetAll(statements: readonly Statement[], frame: Frame, compiler: Compiler, why: Trouble): void {
    for (const one of statements) {
      this.#user?.forget(one, frame, compiler, why);
    }
  }

  #class(node: Of<"class">): Evaluate {
    const bases = node.bases.map((one) => this.#compiler.expression(one));
    const { globals } = declared(node.body);
    const names = variables([], node.body);
    const inner = this.#compiler.insideClass(names, globals);
    const body = new StatementCompiler(inner);
    const statements = node.body.map((one) => (isMethod(one) ? one : body.statement(one)));
    const keywords = node.keywords.map(
      ({ keyword, value }) => [keyword ?? "", this.#compiler.expression(value)] as const,
    );
    const decorators = node.decorators.map((one) => this.#compiler.expression(one));
    return (frame) => {
      const above = bases.map((base) => base(frame));
      const given = new Map(keywords.map(([name, run]) => [name, run(frame)]));
      const cls = this.#derived(node, above, given);
      const own = new Frame(inner.scope.size, frame);
      const defined = new Map<string, Value>();
      for (const one of statements) {
        if (typeof one === "function") {
          one(own);
        } else {
          const value = this.#define(one, cls, frame, inner, own);
          defined.set(one.name, value);
          own.slots[inner.scope.find(one.name)?.slot ?? -1] = value;
        }
      }
      for (const name of names) {
        const value = own.slots[inner.scope.find(name)?.slot ?? -1];
        if (value !== undefined && value !== defined.get(name)) {
          cls.hold(name, value, value instanceof Func);
        }
      }
      cls.fields = node.body.flatMap(fieldsOf);
      announce(cls, given);
      return decorators.reduceRight((value, decorator) => decorated(decorator(frame), value), cls as Value);
    };
  }

  #derived(node: Of<"class">, bases: readonly Value[], keywords: ReadonlyMap<string, Value>): Class {
    const { metaclass = null } = Object.fromEntries(keywords);
    if (metaclass !== null && !isPlain(metaclass)) {
      this.#user?.use([metaclass], node); // it is told of the class
      throw new Puzzle("bases");
    }
    const above = bases.filter((one) => !isPlain(one));
    const known = above.filter((one): one is Class => one instanceof Class && one.name !== "object");
    const cls = new Class(node.name, this.#compiler.around.qualify(node.name), known);
    cls.isUsers = this.#user !== null;
    if ([...bases, metaclass].some(isAbstract) || known.some((one) => one.order.some(({ abstract }) => abstract))) {
      cls.abstract = new Set();
    }
    if (known.some((one) => one.convert !== null) && !flows.derives(cls)) {
      cls.opaque = new Unknown(null, new Puzzle("bases")); // a dict with methods of its own, for example
    }
    const gap = above.find((one) => !(one instanceof Class)) ?? null;
    if (gap !== null && known.some((one) => above.indexOf(one) > above.indexOf(gap))) {
      cls.opaque = new Unknown(null, new Puzzle("bases")); // it comes first wherever a name is looked for
    }
    cls.unknown = gap === null || gap instanceof Unknown ? gap : new Unknown(null, new Puzzle("bases"));
    return cls;
  }

  /** Define a method, and return what its name stands for in the body of the class, whose names are `own`. */
  #define(method: Definition, cls: Class, frame: Frame, within: Compiler, own: Frame): Value {
    const made = this.#function(method, cls)(frame);
    const [decorator, ...others] = method.decorators.map(usedName).filter((name) => !HARMLESS.has(name));
    if (DECIDING.has(method.name)) {
      cls.opaque = new Unknown(null, new Puzzle("deciding", { name: method.name }));
    }
    if (method.name === "__del__") {
      this.#user?.use([made], method); // when it runs is not known
    }
    if (method.decorators.some((one) => usedName(one) === "abstractmethod")) {
      cls.abstract?.add(method.name);
    }
    if (!isCallable(made)) {
      return made;
    }
    if (made instanceof Func && method.decorators.some((one) => CACHING.has(usedName(one)))) {
      made.memo = new Map();
    }
    if (decorator === undefined) {
      cls.hold(method.name, made, true);
      return made;
    }
    if (!BINDING.has(decorator)) {
      const value = method.decorators.reduceRight<Value>((one, by) => decorated(within.expression(by)(own), one), made);
      cls.hold(method.name, value, value instanceof Func);
      return value;
    }
    const unknown = new Unknown(null, new Puzzle("decorators"));
    if (others.length > 0) {
      cls.hold(method.name, unknown, false);
    } else {
      bindAs(decorator, method.name, made, cls);
    }
    return unknown;
  }
}

/** Yield what a generator does; where it can't be followed, forget what it may have changed. */
function* advanced(flow: Flow, frame: Frame, forget: (why: Trouble) => void): Generator<Value> {
  try {
    const end = yield* flow(frame);
    if (end === "lost" || end === "gone") {
      throw frame.lost ?? new Puzzle("generators");
    }
  } catch (error) {
    if (error instanceof Puzzle) {
      forget(error);
    }
    const isEnd = error instanceof PythonError && error.kind === "StopIteration";
    throw isEnd ? new PythonError("RuntimeError", "generator raised StopIteration") : error;
  }
}

/** Let a class hold a function as one of its decorators says that it is called. */
function bindAs(decorator: string, name: string, made: Callable, cls: Class): void {
  if (decorator === "setter") {
    cls.setters.set(name, made);
  } else if (decorator === "staticmethod") {
    cls.hold(name, new Partial(made, [], new Map()), false);
  } else if (decorator === "classmethod") {
    cls.hold(name, new ClassMethod(made), false);
  } else {
    cls.hold(name, null, false);
    cls.attributes.delete(name);
    cls.properties.set(name, decorator === "property" ? made : caching(name, made));
    if (decorator === "cached_property") {
      cls.setters.set(name, keeping(name));
    }
  }
}

/** Tell whether a class, or a metaclass, has Python ask for the abstract methods. */
function isAbstract(value: Value): boolean {
  return value instanceof Unknown && /^(abc\.)?ABC(Meta)?$/.test(value.path ?? "");
}

/** Tell whether a class gives those that derive from it, or have it as their metaclass, nothing to compute with. */
function isPlain(value: Value): boolean {
  return (value instanceof Unknown && ABSTRACT.test(value.path ?? "")) || (isCallable(value) && value.name === "type");
}

/** Tell the classes above that there is a new one. */
function announce(cls: Class, keywords: ReadonlyMap<string, Value>): void {
  const given = new Map(Array.from(keywords).filter(([name]) => name !== "metaclass"));
  cls.above("__init_subclass__", 1)?.methods.get("__init_subclass__")?.call([cls], given);
}

/** Classes of Python that give those that derive from them nothing to compute with. */
const ABSTRACT = /^(abc\.)?ABC(Meta)?$|^(typing\.)?(Generic|Protocol)(\[.*)?$/;

/** Methods by which a class decides what an attribute is, or what is made of it. */
const DECIDING = new Set([
  "__setattr__",
  "__getattribute__",
  "__delattr__",
  "__new__",
  "__get__",
  "__set__",
  "__del__",
]);

/** Tell whether the code goes on after a handler has run that something unknown may have called. */
function isGoingOn({ kinds, body }: Of<"try">["handlers"][number]): boolean {
  const last = body.at(-1);
  const isEnd =
    last?.type === "raise" || last?.type === "return" || last?.type === "continue" || last?.type === "break";
  return !isEnd && !(kinds !== null && LEAVING.has(usedName(kinds)));
}

/** Exceptions by which a reader stops a program. */
const LEAVING: ReadonlySet<string> = new Set(["KeyboardInterrupt", "SystemExit"]);

function isKnown(value: Value | undefined): boolean {
  return value !== undefined && !(value instanceof Unknown);
}

/** Return what computes a property once and keeps it. */
function caching(name: string, run: Callable): Callable {
  return builtin(name, 1, 1, (self = null) => {
    const value = run.call([self], null);
    return keeping(name).call([self, value], null) ?? value;
  });
}

/** Return what sets a property that keeps what it is given. */
function keeping(name: string): Callable {
  const keep = (self: Value = null, value: Value = null): null => {
    if (self instanceof Instance) {
      self.attributes.set(name, value);
    }
    return null;
  };
  return builtin(name, 2, 2, keep, { takes: "any" });
}

function isPlainManager(manager: Value): boolean {
  return manager instanceof Instance && manager.cls.gap() === null;
}

/** Enter a context: of a class of the code's own it is known what that does and gives. */
function entered(manager: Value): Value {
  return isPlainManager(manager)
    ? call(attributeOf(manager as Instance, "__enter__"), [], null)
    : new Unknown(null, new Puzzle("contexts"));
}

/** Context managers that catch no exception. */
const OPENING: ReadonlySet<string> = new Set("open no_grad enable_grad set_grad_enabled autocast tqdm".split(" "));

/** Decorators that leave what a function computes as it is. */
const HARMLESS = new Set(
  "no_grad inference_mode enable_grad lru_cache cache record abstractmethod override torch_no_grad".split(" "),
);

/** Decorators that decide how a method is called. */
const BINDING: ReadonlySet<string> = new Set(["property", "cached_property", "setter", "staticmethod", "classmethod"]);

/** Decorators with which a function runs once for equal arguments. */
const CACHING: ReadonlySet<string> = new Set(["lru_cache", "cache"]);

/** Return the last name of an expression or, where it is a call, of what is called. */
function usedName(node: Expression): string {
  return lastName(node.type === "call" ? node.callee : node);
}

function decorated(decorator: Value, value: Value): Value {
  if (decorator instanceof Unknown) {
    const name = decorator.path?.replace(/\(.*/, "").split(".").at(-1) ?? "";
    const unknown = new Unknown(null, ...decorator.whys);
    unknown.held = [value]; // which it may call
    return HARMLESS.has(name) ? value : unknown;
  }
  return call(decorator, [value], null);
}

function fieldsOf(statement: Statement): string[] {
  if (statement.type === "declare") {
    return [statement.name];
  }
  return statement.type === "assign" && statement.annotated === true ? statement.targets.flatMap(targetNames) : [];
}

/** Tell whether a statement may leave the function that it stands in, or the loop around it. */
function leaves(node: Statement, how: "return" | "break"): boolean {
  if (how === "break" && (node.type === "for" || node.type === "while")) {
    return false; // it leaves no more than this loop
  }
  return inside(node).some(
    (one) => one.type === how || (one.type === "continue" && how === "break") || leaves(one, how),
  );
}

/** Tell whether computing an expression may do more than give a value. */
function isBusy(expression: Expression): boolean {
  let found = false;
  walk(expression, (node) => {
    found ||= node.type === "call" || node.type === "walrus" || node.type === "attribute";
  });
  return found;
}

/** The exceptions whose handlers are running. */
const handling: PythonError[] = [];

/** Return what raising a value throws: the exception that it is, or one of the class that it is. */
function raised(value: Value): Trouble {
  const made = value instanceof Class && isException(value) ? instantiate(value, [], null) : value;
  if (!(made instanceof Instance && isException(made.cls))) {
    return new Puzzle("exceptions");
  }
  return exception(made, made);
}

/** Return an exception as it is thrown; of what it says nothing may be known. */
function exception(made: Instance, says: Instance | null): PythonError {
  const depth = depthNow();
  let said = "";
  try {
    said = says === null ? "" : text(says);
  } catch (error) {
    if (!(error instanceof Puzzle)) {
      throw error;
    }
    surface(depth);
  }
  const thrown = new PythonError(made.cls.name, said);
  thrown.raised = made;
  return thrown;
}

/** Return the exception of a class of which no more is known. */
function unsaid(cls: Value): Trouble {
  if (!(cls instanceof Class && isException(cls))) {
    return new Puzzle("exceptions");
  }
  const made = new Instance(cls);
  spoilWhole(made, new Unknown(null, new Puzzle("exceptions")));
  return exception(made, null);
}

/** Tell whether a class is one of exceptions. */
function isException(cls: Class): boolean {
  return isKind(kindOf(cls), "BaseException");
}

/** Return the name of the exception of Python's that a class is, or derives from. */
function kindOf(cls: Class): string {
  return cls.order.find(({ isUsers }) => !isUsers)?.name ?? "";
}

/** Tell whether an exception is of one of the kinds that a handler takes. */
function isOne(error: PythonError, kinds: Value): boolean {
  if (kinds instanceof Sequence) {
    return kinds.items.some((one) => isOne(error, one));
  }
  if (!(kinds instanceof Class)) {
    throw new Puzzle("exceptions");
  }
  const { raised: made, kind } = error;
  return made?.cls.isA(kinds) === true || (made === null && !kinds.isUsers && isKind(kind, kinds.name));
}

/** Tell whether a class is one of OneFlow's, or derives from one. */
function isOfOneFlow(cls: Class | null): boolean {
  return cls?.order.some((one) => one.qualified.startsWith("oneflow.")) === true;
}

/** In a method, `super().name(...)` is the method of the class above. */
function methodSurroundings(compiler: Compiler, cls: Class | null): Compiler["around"] {
  if (cls === null) {
    return compiler.around;
  }
  const { around } = compiler;
  return {
    globals: around.globals,
    qualify: (name) => around.qualify(name),
    located: around.located,
    user: around.user,
    makesCurve: isOfOneFlow(cls.base),
    item: (key, value, inner) => around.item(key, value, inner),
    missing: (name, at) => around.missing(name, at),
    special: (node, inner) => {
      const callee = node.type === "call" ? node.callee : node;
      if (callee.type !== "attribute" || !isSuper(callee.object)) {
        return node.type === "call" ? around.special(node, inner) : null;
      }
      const actuals = node.type === "call" ? inner.actuals(node) : null;
      const [first, second] = callee.object.given.map(({ value }) => inner.expression(value));
      return (frame) => {
        const from = first === undefined ? cls : first(frame);
        const self = second === undefined ? (frame.slots[0] ?? null) : second(frame);
        return actuals === null ? ofAbove(from, self, callee.name) : callAbove(from, self, callee.name, actuals(frame));
      };
    },
  };
}

function isSuper(node: Expression): node is Call {
  return node.type === "call" && node.callee.type === "name" && node.callee.name === "super";
}

/** Return the class of an object, and the first class that stands after another in its order and says what a name is. */
function above(from: Value, self: Value, name: string): [Class, Class | null] {
  const own = self instanceof Instance ? self.cls : (natures.get(self as object) ?? self);
  if (!(own instanceof Class && from instanceof Class && own.order.includes(from))) {
    throw new Puzzle("notUnderstood");
  }
  return [own, own.above(name, own.order.indexOf(from) + 1)];
}

/** Return what a class holds for an object of one that derives from it. */
function ofAbove(from: Value, self: Value, name: string): Value {
  const [own, holder] = above(from, self, name);
  const value = holder?.attributes.get(name);
  if (value instanceof ClassMethod) {
    return new Bound(own, value.method);
  }
  const read = holder?.properties.get(name);
  const method = holder?.methods.get(name);
  if (value !== undefined || read !== undefined || method !== undefined) {
    return value ?? (method === undefined ? (read?.call([self], null) ?? null) : new Bound(self, method));
  }
  const gap = own.gap();
  if (gap !== null || holder !== null || OF_OBJECT.test(name)) {
    return new Unknown(null, ...(gap?.whys ?? [new Puzzle("notUnderstood")]));
  }
  throw new PythonError("AttributeError", `'super' object has no attribute '${name}'`);
}

/** Call the method that stands after a class in the order of an object's class. */
function callAbove(
  from: Value,
  self: Value,
  name: string,
  [given, keywords]: [Value[], Map<string, Value> | null],
): Value {
  const [own, holder] = above(from, self, name);
  if (holder === null && self instanceof Instance && own.gap() !== null) {
    self.held = [...self.held, ...containersIn([...given, ...(keywords?.values() ?? [])])];
  }
  const isNothing = holder === null && own.gap() === null && /^__init(_subclass)?__$/.test(name);
  const method = isNothing ? null : ofAbove(from, self, name);
  return method === null || (method instanceof Unknown && holder === null) ? method : call(method, given, keywords);
}

/** What every object has. */
const OF_OBJECT = /^__\w+__$/;

/** Return the expressions that decide whether a statement fails. */
function lookedAt(node: Statement, method: string): readonly Expression[] {
  if (method === "__init__") {
    if (node.type === "if" || node.type === "assert") {
      return [node.test];
    }
    return node.type === "for" ? [node.iterable] : [];
  }
  if (method !== "get_lr") {
    return [];
  }
  if (node.type === "assign" || node.type === "return") {
    return node.value === null ? [] : [node.value];
  }
  return node.type === "if" ? [node.test] : [];
}

function doing(run: Evaluate): Exec {
  return (frame) => {
    run(frame);
    return "next";
  };
}

function assign(value: Evaluate, stores: readonly ((frame: Frame, value: Value) => void)[]): Exec {
  return (frame) => {
    const result = value(frame);
    for (const store of stores) {
      store(frame, result);
    }
    return "next";
  };
}

function returning(value: Evaluate | null): Exec {
  return (frame) => {
    frame.result = value?.(frame) ?? null;
    return "return";
  };
}
