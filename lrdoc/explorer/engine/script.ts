/**
 * Go through the user's code as Python would, statement by statement, and find the schedulers.
 *
 * A training script holds much that has nothing to do with learning rates.
 * What is not understood is left alone until a scheduler needs it.
 */

import { changesOf } from "./changes.ts";
import { dialect } from "./dialect.ts";
import { ofGroup } from "./groups.ts";
import { type Library, library } from "./library.ts";
import { notesOf } from "./notes.ts";
import { BUILTINS } from "./python/builtins.ts";
import { Compiler, dotted, type Surroundings } from "./python/compile.ts";
import { begin, spend, surface } from "./python/effort.ts";
import { locate, Puzzle, TooMuch, Trouble } from "./python/errors.ts";
import { bind, Frame, Func } from "./python/functions.ts";
import { type Parsed, parse } from "./python/parse.ts";
import { StatementCompiler } from "./python/statements.ts";
import { type Call, type Expression, type Statement, walk } from "./python/syntax.ts";
import { Class, Instance, iterate, Namespace, Sequence, truth, type Value } from "./python/values.ts";
import type { Ask, Given, Note, Options, Span } from "./types.ts";
import { Workshop } from "./workshop.ts";

/** The longest code that is parsed; no one types more, and parsing takes long. */
export const MOST_CHARACTERS = 40_000;
/** What scheduler classes are called, here and in other libraries. */
const SCHEDULER_NAME = /(LR|Scheduler|Restarts|Plateau|lr_scheduler)$/;

/** Return a script that has run. */
export function ran(code: string, names: Options["names"] = {}, lr = 0.1): Script {
  begin();
  const script = new Script(code, names, lr);
  script.run();
  script.notes.push(...notesOf(script.workshop, code));
  return script;
}

export class Script {
  readonly workshop: Workshop;
  readonly troubles = new Set<Trouble>();
  readonly parsed: Parsed;
  readonly library: Library = library();
  readonly #globals = new Map<string, Value>([...BUILTINS, ["__name__", "__main__"]]);
  /** The names whose value is not understood, with the reason. */
  readonly #unknown = new Map<string, Trouble>();
  /** The names that are imported from other libraries. */
  readonly #foreign = new Set<string>();
  readonly #names: ReadonlyMap<string, Given>;
  /** What was asked for and has a value. */
  readonly asks = new Map<string, Ask>();
  /** What the reader should know about how the code was read. */
  readonly notes: Note[] = [];
  /** Troubles of statements that make no scheduler; they are reported only where no statement makes one. */
  readonly aside: Trouble[] = [];
  readonly #compiler: Compiler;
  /** Whether the code has used up its work, so that no further statement is carried out. */
  #stopped = false;

  constructor(code: string, names: Options["names"] = {}, lr = 0.1) {
    this.parsed = parse(code);
    this.workshop = new Workshop(this.library, lr, this.parsed.statements, (name) => this.#globals.get(name));
    this.#names = new Map(Object.entries(names));
    for (const [name, cls] of this.#exported()) {
      this.#globals.set(name, cls);
    }
    for (const name of ["math", "oneflow"]) {
      this.#globals.set(name, this.library.modules.get(name) ?? null);
    }
    this.#globals.set("flow", this.library.modules.get("oneflow") ?? null);
    this.#globals.set("optim", this.library.modules.get("oneflow.optim") ?? null);
    this.#globals.set("lr_scheduler", this.library.modules.get("oneflow.optim.lr_scheduler") ?? null);
    for (const [name, value] of dialect()?.names(code) ?? []) {
      this.#globals.set(name, value);
    }
    const around: Surroundings = {
      globals: this.#globals,
      located: true,
      qualify: (name) => `__main__.${name}`,
      missing: (name, at) => this.#missing(name, at),
      special: (node, compiler) => this.#special(node, compiler),
      item: ofGroup,
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

  /** Return what a name of the code stands for in the end. */
  valueOf(name: string): Value | undefined {
    return this.#globals.get(name);
  }

  #exported(): Iterable<readonly [string, Value]> {
    const module = this.library.modules.get("oneflow.optim.lr_scheduler");
    const classes: ReadonlyMap<string, Value> = module instanceof Namespace ? module.members : new Map();
    return [...classes, ...this.library.schedulers, ...this.library.optimizers];
  }

  #missing(name: string, { from, to }: Span): Value {
    const bound = this.#globals.get(name);
    if (bound !== undefined) {
      return bound;
    }
    const given = this.#names.get(name);
    if (given !== undefined) {
      this.asks.set(name, this.asks.get(name) ?? { name, kind: kindOf(given), from, to });
      return pythonValue(given);
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
      return () => this.#missing(counted, node); // the value given to the name of a data loader is its length
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
        if (this.#mentions(statement)) {
          this.#all(statement.body);
        } else {
          this.#repeated(statement);
        }
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
    } else if (isStep(statement)) {
      this.#checkSteps(statement);
    } else if (statement.type !== "return") {
      this.#plain(statement);
    }
  }

  /** Carry out a statement; keep what goes wrong. */
  #plain(statement: Statement): void {
    const trouble = this.#carryOut(statement, statement, () => {
      const run = new StatementCompiler(this.#compiler).statement(statement);
      run(this.#frame());
    });
    if (trouble !== null) {
      this.#forgetChanges(statement, trouble);
    }
  }

  /** The frame is made once a statement is compiled: only then is the number of its slots known. */
  #frame(): Frame {
    return new Frame(this.#compiler.scope.size, null);
  }

  #carryOut(statement: Statement, span: { from: number; to: number }, act: () => void): Trouble | null {
    const before = this.#made();
    const trouble = this.#troubleOf(act);
    if (trouble !== null) {
      locate(trouble, span);
      const concerned = this.#made() > before || this.#mentions(statement);
      this.#keep(trouble, concerned);
      for (const more of this.workshop.more.splice(0)) {
        this.#keep(more, concerned);
      }
    }
    return trouble;
  }

  /** Return how many constructor calls have begun. */
  #made(): number {
    return this.workshop.schedulers.length + this.workshop.optimizers.length;
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
      return bound.isA(this.library.base) || bound.isA(this.library.plateau);
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
      const trouble = this.#carryOut(statement, target, () => this.#compiler.store(target)(this.#frame(), value));
      if (trouble !== null) {
        this.#forgetChanges(statement, trouble);
      }
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
      const found = this.library.modules.get(module) ?? dialect()?.modules.get(module);
      if (name === "*" && found instanceof Namespace) {
        this.#bindAll(found);
      }
      const value = name === null ? found : found instanceof Namespace ? found.members.get(name) : undefined;
      if (value !== undefined) {
        this.#globals.set(as, value);
      } else if (name !== "*" && !BUILTINS.has(as)) {
        this.#globals.delete(as);
        this.#foreign.add(as);
      }
    }
  }

  #bindAll({ members }: Namespace): void {
    for (const [name, value] of members) {
      this.#globals.set(name, value);
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

  /** Carry out a loop that makes schedulers. */
  #loop(statement: Extract<Statement, { type: "for" }>): void {
    if (!this.#mentions(statement)) {
      this.#repeated(statement);
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

  /** Carry out a loop that makes no scheduler, if it only computes; any other is taken for the training and skipped. */
  #repeated(statement: Statement): void {
    let computes = true;
    walk(statement, (node) => {
      computes &&= node.type !== "call" || this.#computes(node.callee);
    });
    if (computes) {
      this.#plain(statement);
    } else {
      this.#checkSteps(statement);
      this.#forgetChanges(statement, null);
    }
  }

  /** Report calls of a scheduler's `step` with arguments that it does not take; the calls themselves are skipped. */
  #checkSteps(statement: Statement): void {
    walk(statement, (node) => {
      const { callee } = node.type === "call" ? node : { callee: null };
      const scheduler =
        callee?.type === "attribute" && callee.name === "step" ? this.#schedulerAt(callee.object) : null;
      if (scheduler !== null && node.type === "call") {
        const trouble = this.#troubleOf(() => bindStep(scheduler, node));
        if (trouble !== null) {
          this.workshop.getStuck(scheduler);
          locate(trouble, node);
          this.#keep(trouble, true);
        }
      }
    });
  }

  /** Return the scheduler that a name or an attribute holds, if it is one. */
  #schedulerAt(node: Expression): Instance | null {
    const value = this.#globals.get(dotted(node) ?? "");
    const made = this.workshop.schedulers.find(({ instance }) => instance !== null && instance === value);
    return made?.instance ?? null;
  }

  /** Tell whether what is called is one of Python's own functions, or a method of a list or a dict. */
  #computes(callee: Expression): boolean {
    const path = dotted(callee.type === "attribute" ? callee.object : callee);
    const value = path === null ? undefined : this.#globals.get(path);
    return callee.type === "attribute" ? isContainer(value) : value !== undefined && value === BUILTINS.get(path ?? "");
  }

  /** Forget the values that a statement may have changed which is not carried out, or not to its end, because of a trouble. */
  #forgetChanges(statement: Statement, why: Trouble | null): void {
    const { bound, mutated } = changesOf(statement);
    for (const path of [...bound, ...mutated.filter((one) => isContainer(this.#globals.get(one)))]) {
      this.#globals.delete(path);
      this.#unknown.set(path, why ?? new Puzzle("noValue", { name: path }, path));
    }
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

/** Let the arguments of a call find the parameters of a scheduler's `step`; raise Python's TypeError where they do not. */
function bindStep(scheduler: Instance, { given }: Call): void {
  const step = scheduler.cls.method("step");
  if (step instanceof Func) {
    const named = given.flatMap(({ keyword }) => (keyword === null ? [] : [[keyword, null] as const]));
    const placed = given.filter(({ keyword }) => keyword === null).map(() => null);
    bind(step.name, step.parameters, [scheduler, ...placed], new Map(named), []);
  }
}

function kindOf(given: Given): Ask["kind"] {
  switch (typeof given) {
    case "number":
      return "number";
    case "string":
      return "text";
    case "boolean":
      return "flag";
    default:
      return "list";
  }
}

/** Return what a reader gives as Python's value: an integer as an int, any other number as a float. */
function pythonValue(given: Given): Value {
  if (typeof given === "number") {
    return Number.isSafeInteger(given) ? BigInt(given) : given;
  }
  return typeof given === "object" ? new Sequence(given.map(pythonValue)) : given;
}

function isContainer(value: Value | undefined): boolean {
  return value instanceof Sequence || value instanceof Map;
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
