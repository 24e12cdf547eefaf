/**
 * Go through the user's code as Python would, statement by statement, and find the schedulers.
 *
 * A training script holds much that has nothing to do with learning rates.
 * What is not understood is left alone until a scheduler needs it.
 */

import { type Library, library } from "./library.ts";
import { BUILTINS } from "./python/builtins.ts";
import { Compiler, dotted, type Surroundings } from "./python/compile.ts";
import { spend, surface } from "./python/effort.ts";
import { locate, Puzzle, TooMuch, Trouble } from "./python/errors.ts";
import { Frame } from "./python/functions.ts";
import { type Parsed, parse } from "./python/parse.ts";
import { StatementCompiler } from "./python/statements.ts";
import { type Call, type Expression, type Statement, walk } from "./python/syntax.ts";
import { Class, Instance, iterate, Namespace, truth, type Value } from "./python/values.ts";
import type { Options } from "./types.ts";
import { Workshop } from "./workshop.ts";

/** The longest code that is parsed; no one types more, and parsing takes long. */
export const MOST_CHARACTERS = 30_000;
/** What scheduler classes are called, here and in other libraries. */
const SCHEDULER_NAME = /(LR|Scheduler|Restarts|Plateau|lr_scheduler)$/;

export class Script {
  readonly workshop: Workshop;
  readonly troubles = new Set<Trouble>();
  readonly parsed: Parsed;
  readonly #library: Library = library();
  readonly #globals = new Map<string, Value>([...BUILTINS, ["__name__", "__main__"]]);
  /** The names whose value is not understood, with the reason. */
  readonly #unknown = new Map<string, Trouble>();
  /** The names that are imported from other libraries. */
  readonly #foreign = new Set<string>();
  readonly #names: ReadonlyMap<string, number>;
  /** Troubles of statements that make no scheduler; they are reported only where no statement makes one. */
  readonly aside: Trouble[] = [];
  readonly #compiler: Compiler;
  /** Whether the code has used up its work, so that no further statement is carried out. */
  #stopped = false;

  constructor(code: string, names: Options["names"] = {}, lr = 0.1) {
    this.parsed = parse(code);
    this.workshop = new Workshop(this.#library, lr, (name) => this.#globals.get(name));
    this.#names = new Map(Object.entries(names));
    for (const [name, cls] of this.#exported()) {
      this.#globals.set(name, cls);
    }
    for (const name of ["math", "oneflow"]) {
      this.#globals.set(name, this.#library.modules.get(name) ?? null);
    }
    this.#globals.set("flow", this.#library.modules.get("oneflow") ?? null);
    this.#globals.set("optim", this.#library.modules.get("oneflow.optim") ?? null);
    this.#globals.set("lr_scheduler", this.#library.modules.get("oneflow.optim.lr_scheduler") ?? null);
    const around: Surroundings = {
      globals: this.#globals,
      located: true,
      qualify: (name) => `__main__.${name}`,
      missing: (name) => this.#missing(name),
      special: (node, compiler) => this.#special(node, compiler),
    };
    this.#compiler = new Compiler(around);
  }

  /** Find everything that the code makes. */
  run(): void {
    const trouble = this.#troubleOf(() => {
      this.#globals.set("optimizer", this.workshop.assumed("optimizer"));
    });
    if (trouble !== null) {
      this.troubles.add(trouble);
      return;
    }
    this.#all(this.parsed.statements);
    if (this.workshop.schedulers.length === 0) {
      this.#functions(this.parsed.statements);
    }
  }

  #exported(): Iterable<readonly [string, Value]> {
    const module = this.#library.modules.get("oneflow.optim.lr_scheduler");
    const classes: ReadonlyMap<string, Value> = module instanceof Namespace ? module.members : new Map();
    return [...classes, ...this.#library.schedulers, ...this.#library.optimizers];
  }

  #missing(name: string): Value {
    const bound = this.#globals.get(name);
    if (bound !== undefined) {
      return bound;
    }
    const given = this.#names.get(name);
    if (given !== undefined) {
      return Number.isSafeInteger(given) ? BigInt(given) : Number(given);
    }
    if (this.#foreign.has(name)) {
      throw new Puzzle("foreign", { name });
    }
    const why = this.#unknown.get(name);
    if (why !== undefined && (why.reported || !(why instanceof Puzzle) || why.wanted === null)) {
      throw why;
    }
    throw new Puzzle("noValue", { name }, name);
  }

  #special(node: Call, compiler: Compiler): ReturnType<Surroundings["special"]> {
    const name = dotted(node.callee);
    if (name === "print") {
      return () => null;
    }
    const [only] = node.given;
    const counted = name === "len" && only !== undefined ? dotted(only.value) : null;
    if (counted !== null && !this.#globals.has(counted)) {
      return () => this.#missing(counted); // the value given to the name of a data loader is its length
    }
    return this.workshop.compile(node, compiler);
  }

  #all(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (this.#stopped) {
        return;
      }
      surface();
      this.#one(statement);
    }
  }

  #one(statement: Statement): void {
    switch (statement.type) {
      case "import":
        this.#import(statement);
        break;
      case "if":
        this.#branch(statement);
        break;
      case "for":
        this.#loop(statement);
        break;
      case "while":
        this.#all(this.#mentions(statement) ? statement.body : []);
        break;
      case "block":
        this.#all(statement.body);
        break;
      case "assign":
        this.#assign(statement);
        break;
      default:
        this.#simple(statement);
    }
  }

  #simple(statement: Statement): void {
    if (statement.type === "return" && statement.value !== null) {
      this.#plain({ ...statement, type: "expression", value: statement.value });
    } else if (statement.type !== "return" && !isStep(statement)) {
      this.#plain(statement);
    }
  }

  /** Carry out a statement; keep what goes wrong. */
  #plain(statement: Statement): void {
    this.#carryOut(statement, statement, () => {
      const run = new StatementCompiler(this.#compiler).statement(statement);
      run(this.#frame());
    });
  }

  /** The frame is made once a statement is compiled: only then is the number of its slots known. */
  #frame(): Frame {
    return new Frame(this.#compiler.scope.size, null);
  }

  #carryOut(statement: Statement, span: { from: number; to: number }, act: () => void): Trouble | null {
    const before = this.workshop.schedulers.length;
    const trouble = this.#troubleOf(act);
    if (trouble !== null) {
      locate(trouble, span);
      const concerned = this.workshop.schedulers.length > before || this.#mentions(statement);
      this.#keep(trouble, concerned);
      for (const more of this.workshop.more.splice(0)) {
        this.#keep(more, concerned);
      }
    }
    return trouble;
  }

  #troubleOf(act: () => void): Trouble | null {
    try {
      act();
      return null;
    } catch (error) {
      return asTrouble(error);
    }
  }

  #keep(trouble: Trouble, concerned: boolean): void {
    this.#stopped ||= trouble instanceof TooMuch;
    if (concerned || trouble.reported || trouble instanceof TooMuch) {
      trouble.reported = true;
      this.troubles.add(trouble);
    } else {
      this.aside.push(trouble);
    }
  }

  /** Tell whether a statement calls what could be a scheduler's class. */
  #mentions(statement: Statement): boolean {
    let found = false;
    walk(statement, (node) => {
      found ||= node.type === "call" && this.#couldBeScheduler(node.callee);
    });
    return found;
  }

  #couldBeScheduler(callee: Expression): boolean {
    const path = dotted(callee);
    const bound = path === null ? undefined : this.#globals.get(path);
    if (bound instanceof Class) {
      return bound.isA(this.#library.base) || bound.isA(this.#library.plateau);
    }
    return path?.split(".").some((part) => SCHEDULER_NAME.test(part)) ?? false;
  }

  #assign(statement: Extract<Statement, { type: "assign" }>): void {
    let value: Value | undefined;
    const trouble = this.#carryOut(statement, statement.value, () => {
      const run = this.#compiler.expression(statement.value);
      value = run(this.#frame());
    });
    for (const target of statement.targets) {
      if (value === undefined) {
        this.#forget(target, trouble);
      } else {
        this.#bind(target, value, statement);
      }
    }
  }

  #bind(target: Expression, value: Value, statement: Statement): void {
    const path = dotted(target);
    if (path === null) {
      this.#carryOut(statement, target, () => this.#compiler.store(target)(this.#frame(), value));
      return;
    }
    this.#globals.set(path, value);
    this.#unknown.delete(path);
    this.#label(path, value);
  }

  #label(path: string, value: Value): void {
    const made = [...this.workshop.schedulers, ...this.workshop.optimizers].find((one) => one.instance === value);
    if (made !== undefined && value instanceof Instance) {
      made.label ??= path.split(".").at(-1) ?? path;
    }
  }

  /** Remove the value of a name that is assigned something that is not understood. */
  #forget(target: Expression, why: Trouble | null): void {
    walk(target, (node) => {
      const path = dotted(node);
      if (path !== null && why !== null) {
        this.#globals.delete(path);
        this.#unknown.set(path, why);
      }
    });
    const failed = this.workshop.schedulers.at(-1);
    const path = dotted(target);
    if (failed !== undefined && failed.instance === null && path !== null) {
      failed.label ??= path.split(".").at(-1) ?? path;
    }
  }

  #import({ bindings }: Extract<Statement, { type: "import" }>): void {
    for (const { module, name, as } of bindings) {
      const found = this.#library.modules.get(module);
      const value = name === null ? found : found instanceof Namespace ? found.members.get(name) : undefined;
      if (value !== undefined) {
        this.#globals.set(as, value);
      } else if (name !== "*" && !BUILTINS.has(as)) {
        this.#globals.delete(as);
        this.#foreign.add(as);
      }
    }
  }

  #branch(statement: Extract<Statement, { type: "if" }>): void {
    let test: boolean | null = null;
    const trouble = this.#carryOut(
      { ...statement.test, type: "expression", value: statement.test },
      statement.test,
      () => {
        test = truth(this.#compiler.expression(statement.test)(this.#frame()));
      },
    );
    // Where the test is not understood, either branch may make a scheduler.
    if (trouble !== null || test === true) {
      this.#all(statement.then);
    }
    if (trouble !== null || test === false) {
      this.#all(statement.otherwise);
    }
  }

  /** Carry out a loop that makes schedulers; any other is taken for the training and skipped. */
  #loop(statement: Extract<Statement, { type: "for" }>): void {
    if (!this.#mentions(statement)) {
      return;
    }
    this.#carryOut(statement, statement.iterable, () => {
      const values = this.#compiler.expression(statement.iterable)(this.#frame());
      for (const value of iterate(values)) {
        if (this.#stopped) {
          return;
        }
        spend(100);
        this.#bind(statement.target, value, statement);
        this.#all(statement.body);
      }
    });
  }

  /** Carry out the bodies of functions, where the script makes its schedulers in them. */
  #functions(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.type === "def") {
        this.#all(statement.body);
      } else if (statement.type === "class") {
        this.#functions(statement.body);
      }
    }
  }
}

/** Tell whether a statement is a call such as `scheduler.step()`: the curve shows what those do, so they are skipped. */
function isStep(statement: Statement): boolean {
  const called = statement.type === "expression" && statement.value.type === "call" ? statement.value.callee : null;
  return called?.type === "attribute" && called.name === "step";
}

/** Return an exception as a trouble of the code; a RangeError comes from the limits of JavaScript's stack and bigints. */
export function asTrouble(error: unknown): Trouble {
  if (error instanceof Trouble) {
    return error;
  }
  if (error instanceof RangeError) {
    return new TooMuch("tooLarge");
  }
  throw error;
}
