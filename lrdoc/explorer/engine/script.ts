/**
 * Go through the user's code as Python would, statement by statement, and find the schedulers.
 *
 * A training script holds much that has nothing to do with learning rates.
 * What is not understood is unknown, and so is all that it may have changed, until a scheduler needs it.
 */

import { setByHand } from "./byhand.ts";
import { type Changes, changesOf, isBusy, isReading, isWritten, type Mutation, OF_BODY } from "./changes.ts";
import { Code, STEPPING } from "./code.ts";
import { dialect } from "./dialect.ts";
import { ofGroup } from "./groups.ts";
import { guesses } from "./guesses.ts";
import { furtherModules, furtherNames, type Library, library } from "./library.ts";
import { everyStatement } from "./nature.ts";
import { note, notesOf, single } from "./notes.ts";
import { modules } from "./python/attributes.ts";
import { BUILTINS } from "./python/builtins.ts";
import { Compiler, dotted, type Place, type Proposal, type Surroundings, type User } from "./python/compile.ts";
import { begin, spend, surface } from "./python/effort.ts";
import { asTrouble, Lost, locate, Puzzle, PythonError, TooMuch, type Trouble } from "./python/errors.ts";
import { attributeOf, bind, call, Frame, Func, hasAttribute, instantiate, Partial } from "./python/functions.ts";
import { originOf } from "./python/origins.ts";
import { MATCHED, type Parsed, parse } from "./python/parse.ts";
import { declared, inside, lambdaNames, variables } from "./python/scope.ts";
import { markStale, program, restore, spoil, spoilChoices, spoilWhole } from "./python/spoil.ts";
import { StatementCompiler } from "./python/statements.ts";
import { type Binding, type Call, type Definition, type Expression, type Statement, walk } from "./python/syntax.ts";
import {
  Bound,
  type Callable,
  Class,
  containersIn,
  Instance,
  Namespace,
  owners,
  Sequence,
  Steps,
  truth,
  Unknown,
  type Value,
} from "./python/values.ts";
import { calledBare } from "./recipes.ts";
import type { Ask, Given, Note, Options, Span } from "./types.ts";
import { Workshop } from "./workshop.ts";

/** The longest code that is parsed; no one types more, and parsing takes long. */
export const MOST_CHARACTERS = 40_000;
/** The longest piece of code that stands for a name. */
const LONGEST_NAME = 60;

/** The work of a call of something unknown. */
const OF_GUESS = 40;
/** Python's functions that may set any name. */
const BLIND: ReadonlySet<string> = new Set(["exec", "globals", "locals"]);
/** Functions that end the program. */
const ENDING: ReadonlySet<string> = new Set(["exit", "quit", "sys.exit", "os._exit"]);
/** Methods that find an item by its name. */
const LOOKING: ReadonlySet<string> = new Set(["get", "getenv", "pop", "setdefault"]);
/** Libraries that write down what they are given. */
const LOGGING = /^(wandb|mlflow|swanlab|neptune)\b/;

/** Return a script that has run; one that is run `until` one of the times in `stepped`, its number, does not come to that, and its work is counted on. */
export function ran(code: string, names: Options["names"] = {}, lr = 0.1, until = -1): Script {
  if (until < 0) {
    begin();
  }
  restore();
  const script = new Script(code, names, lr, until);
  script.run();
  program.runs = false;
  if (until < 0) {
    guesses.metrics(script);
    script.notes.splice(0, Infinity, ...single([...script.notes, ...notesOf(script.workshop, code)]));
  }
  return script;
}

export class Script implements User {
  readonly workshop: Workshop;
  readonly troubles = new Set<Trouble>();
  readonly parsed: Parsed;
  /** What was asked for and has a value. */
  readonly asks = new Map<string, Ask>();
  /** What the reader should know about how the code was read. */
  readonly notes: Note[] = [];
  /** Troubles of statements that make no scheduler; they are reported only where no statement makes one. */
  readonly aside: Trouble[] = [];
  readonly code: Code;
  readonly library: Library = library();
  readonly #globals = new Map<string, Value>([...BUILTINS, ["__name__", "__main__"]]);
  /** The globals before the first statement. */
  readonly #first: ReadonlyMap<string, Value>;
  readonly #names: ReadonlyMap<string, Given>;
  readonly text: string;
  readonly #compiler: Compiler;
  /** The schedulers that the code steps with arguments that they do not take, by the exceptions. */
  readonly #misused = new Map<Trouble, Instance>();
  /** The functions that the code has defined so far. */
  readonly #functions = new Map<Definition, { readonly made: Func; readonly cls: Class | null; readonly at: Place }>();
  /** Unknown objects, by their paths, of which a method was called that may have set something. */
  readonly #touched = new Set<string>();
  /** The globals that the code deleted. */
  readonly #removed = new Set<string>();
  readonly #changes = new Map<Statement, Changes>();
  /** The functions of which it is being made unknown what they may change. */
  readonly #entered = new Set<Definition | Expression>();
  /** The functions of which it has been made unknown meanwhile what they change, each time with what is around it and the arguments. */
  readonly #forgotten = new Map<Definition | Expression, readonly (readonly unknown[])[]>();
  #kept = 0;
  #guesses = 0;
  /** Whether the code has used up its work, so that no further statement is carried out. */
  #stopped = false;
  /** The schedulers that the code itself steps, each time. */
  readonly stepped: (readonly Value[])[] = [];
  readonly #until: number;

  constructor(code: string, names: Options["names"] = {}, lr = 0.1, until = -1) {
    this.text = code;
    this.#until = until;
    this.parsed = parse(code);
    this.code = new Code(this.parsed.statements, (callee) => this.#couldMake(callee));
    this.workshop = new Workshop(this.library, lr, this.parsed.statements, (name) => this.#globals.get(name), this);
    this.#names = new Map(Object.entries(names));
    for (const [name, value] of [...this.#exported(), ...(dialect()?.names(code) ?? [])]) {
      this.#globals.set(name, value);
    }
    this.#first = new Map(this.#globals);
    const around: Surroundings = {
      globals: this.#globals,
      located: true,
      user: this,
      qualify: (name) => `__main__.${name}`,
      missing: (name, at) => this.#missing(name, at),
      item: ofGroup,
      special: (node, compiler) => (node.type === "call" ? this.workshop.compile(node, compiler) : null),
    };
    this.#compiler = new Compiler(around);
  }

  /** Find everything that the code makes. */
  run(): void {
    const trouble = this.#attempt(() => {
      this.#globals.set("optimizer", this.workshop.assumed("optimizer"));
    });
    if (trouble !== null) {
      this.troubles.add(trouble);
      return;
    }
    for (const statement of this.parsed.statements) {
      this.#one(statement);
    }
    if (this.workshop.schedulers.length === 0) {
      this.workshop.asksAll = true;
      this.#uncalled();
    }
  }

  /** Return what a name of the code stands for in the end. */
  valueOf(name: string): Value | undefined {
    return this.#globals.get(name);
  }

  #exported(): [string, Value][] {
    const { modules, schedulers, optimizers, recipes } = this.library;
    const module = modules.get("oneflow.optim.lr_scheduler");
    const classes: ReadonlyMap<string, Value> = module instanceof Namespace ? module.members : new Map();
    const named = [
      ["math", "math"],
      ["oneflow", "oneflow"],
      ["flow", "oneflow"],
      ["optim", "oneflow.optim"],
      ["lr_scheduler", "oneflow.optim.lr_scheduler"],
    ] as const;
    return [
      ...furtherNames(),
      ...classes,
      ...schedulers,
      ...optimizers,
      ...calledBare(this.parsed.statements, recipes),
      ...named.map(([name, path]) => [name, modules.get(path) ?? null] as [string, Value]),
    ];
  }

  /** Carry out a statement of the module. */
  #one(statement: Statement): void {
    if (this.#stopped) {
      return;
    }
    surface();
    const frame = new Frame(this.#compiler.scope.size, null);
    const before = this.made();
    const trouble = this.#attempt(() => {
      const next = new StatementCompiler(this.#compiler).statement(statement)(frame);
      this.#stopped ||= next === "return"; // a part of a function, which returns
    });
    const outside = returning(statement);
    if (outside !== undefined && !this.notes.some(({ key }) => key === "returned")) {
      this.notes.push(note("returned", outside));
    }
    if (trouble !== null) {
      this.keep(locate(trouble, statement), statement, before);
      this.#attempt(() => this.forget(statement, frame, this.#compiler, trouble));
    }
  }

  #attempt(act: () => void): Trouble | null {
    try {
      act();
      return null;
    } catch (error) {
      return asTrouble(error);
    }
  }

  made(): number {
    return this.workshop.schedulers.length + this.workshop.optimizers.length;
  }

  keep(trouble: Trouble, node: Statement, before: number): void {
    this.#kept += 1;
    if (this.#stopped) {
      return; // what comes after the end is not told
    }
    this.#stopped ||= trouble instanceof TooMuch || trouble instanceof Lost || trouble.isEnd;
    const concerned = this.made() > before || this.code.makes(node);
    for (const one of [trouble, ...trouble.also, ...this.workshop.more.splice(0)]) {
      const isExit = (one instanceof Lost && one.key === "ends") || one.message === "SystemExit";
      if (!isExit && (concerned || one.reported || one.isEnd || !(one instanceof Puzzle))) {
        this.#report(one);
      } else if (this.aside.length < 9) {
        this.aside.push(one);
      }
    }
  }

  /** Keep what is to be shown; a name is asked for once. */
  #report(trouble: Trouble): void {
    const wanted = trouble instanceof Puzzle ? trouble.wanted : null;
    const known = Array.from(this.troubles).some((one) => one instanceof Puzzle && one.wanted === wanted);
    trouble.reported = wanted === null;
    this.workshop.getStuck(this.#misused.get(trouble));
    if (wanted === null || !known) {
      this.troubles.add(trouble);
    }
  }

  removed(name: string): void {
    this.#removed.add(name);
  }

  #missing(name: string, at: Span): Value {
    if (!this.#removed.has(name)) {
      return this.ask(name, at);
    }
    const builtin = BUILTINS.get(name);
    if (builtin === undefined) {
      throw new PythonError("NameError", `name '${name}' is not defined`);
    }
    return builtin;
  }

  ask(name: string, at: Span | null, proposal: Proposal = {}): Value {
    const given = this.#names.get(name);
    const proposed = givenOf(proposal.default);
    if (given !== undefined || proposed !== undefined) {
      this.#asked(name, at, proposal, proposed ?? given ?? 0);
    }
    if (given !== undefined) {
      return pythonValue(given);
    }
    if (proposal.default !== undefined) {
      return proposal.default;
    }
    this.#guesses += 1;
    const isClass = /^[A-Z]\w*[a-z]\w*$/.test(name.split(".").at(-1) ?? "");
    const key = isClass && this.code.foreign.has(name) ? "foreign" : "noValue";
    const why = new Puzzle(key, { name }, isClass ? null : name, proposal.kind ?? null, proposal.choices);
    const unknown = new Unknown(name, at === null ? why : locate(why, { from: at.from, to: at.to }));
    return this.#touched.has(name) ? unknown : foreign(unknown);
  }

  /** Keep a name that is asked for and has a value. */
  #asked(name: string, at: Span | null, { default: value, kind, choices }: Proposal, like: Given): void {
    const proposed = givenOf(value);
    const { from, to } = at ?? { from: 0, to: 0 };
    const ask: Ask = {
      name,
      kind: kind ?? kindOf(like),
      ...(proposed === undefined ? {} : { default: proposed }),
      ...(choices === undefined ? {} : { choices }),
      from,
      to,
    };
    this.asks.set(name, this.asks.get(name) ?? ask);
  }

  nameOf({ from, to }: Span): string | null {
    const text = this.text.slice(from, to).replace(/\s+/g, " ");
    return text.length > LONGEST_NAME || /[\\#]/.test(text) ? null : text;
  }

  callUnknown(callee: Unknown, node: Call, given: readonly Value[]): Value {
    this.#guesses += 1;
    spend(OF_GUESS);
    const path = callee.path ?? "";
    if (ENDING.has(path) || BLIND.has(path)) {
      throw locate(new Lost(ENDING.has(path) ? "ends" : "lost", { name: path }), node);
    }
    const last = LOGGING.test(path) ? "log" : path.split(".").at(-1) || methodOf(node);
    if (this.code.isSchedulerName(last)) {
      const [why] = callee.whys;
      throw locate(why ?? new Puzzle("notUnderstood"), node.callee);
    }
    guesses.handed(this, callee, node, given, last);
    this.#mayHaveChanged(callee, node, given, last);
    const looked = this.#look(callee, node, given);
    if (looked !== null) {
      return looked;
    }
    const name = callee.path === null || /^[A-Z]/.test(last) ? null : this.nameOf(node);
    const result = name === null ? foreign(new Unknown(null, ...callee.whys)) : this.ask(name, node);
    if (result instanceof Unknown) {
      result.carried = given.filter((one) => this.isKept(one));
      result.carrier = [node.callee, node.given[given.findIndex((one) => this.isKept(one))]?.value ?? node];
      result.held = containersIn(given);
    }
    return result;
  }

  /** Make unknown what calling something unknown may have changed. */
  #mayHaveChanged(callee: Unknown, node: Call, given: readonly Value[], name: string): void {
    const containers = containersIn(given);
    this.#mayHaveCalled([...containers, ...callee.held], node, given);
    if (isBusy(name)) {
      this.#change(callee.held, node, given);
    }
    if (!isReading(name)) {
      this.#change(containers, node);
      this.#mayHaveCalled(given, node, []);
      spoilChoices(callee);
      if (name !== "setdefault") {
        this.#forgetParts(callee.owner, given);
      }
    }
  }

  /** Forget what a method may have changed: parts of its object, and items of the dicts that it is given. */
  #forgetParts(owner: Unknown | null, given: readonly Value[]): void {
    owner?.forgetParts();
    if (owner?.path) {
      this.#touched.add(owner.path);
    }
    for (const one of given) {
      if (one instanceof Unknown) {
        one.forgetItems();
      }
    }
  }

  /** Make unknown what functions change that something unknown may have called. */
  #mayHaveCalled(values: readonly Value[], { from, to }: Span, given: readonly Value[]): void {
    for (const one of values) {
      this.#mayHaveUsed(one, locate(new Puzzle("changed"), { from, to }), given);
    }
  }

  /** Return the item that a method such as `get` of an unknown dict finds; null for other calls. */
  #look(callee: Unknown, node: Call, [key, otherwise]: readonly Value[]): Value | null {
    const { owner } = callee;
    if (!LOOKING.has(methodOf(node)) || typeof key !== "string") {
      return null;
    }
    const place = methodOf(node) === "getenv" ? owner?.parts.get("environ") : owner;
    const set = place?.attributes.get(`[${key}]`);
    if (set !== undefined) {
      if (methodOf(node) === "pop") {
        place?.forgetParts();
      }
      return set;
    }
    const isOpen = otherwise === undefined || otherwise === null || !callee.isForeign;
    const proposal = isOpen ? {} : { default: otherwise };
    const name = callee.path === null ? this.nameOf(node) : `${callee.path}(${JSON.stringify(key)})`;
    const found = name === null ? null : this.ask(name, node, { ...proposal, ...owner?.proposals.get(key) });
    if (methodOf(node) === "setdefault" && found !== null) {
      owner?.attributes.set(`[${key}]`, found);
    }
    return found;
  }

  use(values: readonly Value[], { from, to }: Span): void {
    this.#guesses += 1;
    this.#mayHaveUsedAll(values, locate(new Puzzle("changed"), { from, to }), 3);
  }

  kept(gap: Unknown, value: Value, node: Expression): void {
    guesses.kept(this, gap, value, node);
  }

  guesses(): number {
    return this.#guesses + this.#kept;
  }

  touch(value: Value, at: Span): void {
    this.#change(value instanceof Unknown ? value.held : [], at);
  }

  /** Make unknown what lists and dicts hold, and what functions change. */
  #change(containers: readonly Value[], { from, to }: Span, given: readonly Value[] = []): void {
    for (const one of containers) {
      const why = locate(new Puzzle("changed"), { from, to });
      spoil(one, new Unknown(null, why), (inner) => this.isKept(inner));
      this.#mayHaveUsed(one, why, given);
    }
  }

  label(name: string, value: Value): void {
    if (value instanceof Unknown && name !== MATCHED) {
      value.path = value.path === null || /[^\w.]/.test(value.path) ? name : value.path;
    } else if (value instanceof Instance) {
      const made = [...this.workshop.schedulers, ...this.workshop.optimizers].find((one) => one.instance === value);
      if (made !== undefined) {
        made.label ??= name;
      }
    }
  }

  /** Yield what names may stand for now that all was imported from an unknown module. */
  *#rebound(module: string, at: Span): Iterable<readonly [string, Value]> {
    this.#kept += 1;
    guesses.joined(this, module, at);
    for (const name of guesses.rebound(this.#globals, this.#first)) {
      yield [name, this.ask(name, null)];
    }
  }

  #module(path: string): Value | undefined {
    const known = [this.library.modules, dialect()?.modules ?? new Map<string, Value>(), furtherModules()];
    return known.find((one) => one.has(path))?.get(path);
  }

  /** Raise Python's exception where it is certain that there is no module at a path. */
  #load(path: string): void {
    for (const { index } of path.matchAll(/\b\.\b/g)) {
      const [above, part = ""] = [path.slice(0, index), path.slice(index + 1).split(".")[0]];
      if (this.#module(`${above}.${part}`) === undefined && modules.lack(above, part, true)) {
        throw new PythonError("ModuleNotFoundError", `No module named '${above}.${part}'`);
      }
    }
  }

  *#all(module: string, at: Span): Iterable<readonly [string, Value]> {
    const found = this.#module(module);
    if (found instanceof Namespace) {
      yield* modules.exported(module).map((name) => [name, this.ask(name, null)] as const);
      yield* found.members;
    } else {
      yield* this.#rebound(module, at);
    }
  }

  *imported({ module, path = module, name, as }: Binding, at: Span): Iterable<readonly [string, Value]> {
    this.#load(path);
    if (name === "*") {
      yield* this.#all(module, at);
      return;
    }
    const found = this.#module(module);
    const member = found instanceof Namespace && name !== null ? found.members.get(name) : undefined;
    const value = name === null ? found : (member ?? this.#module(`${module}.${name}`));
    if (value === undefined && name !== null && modules.lack(module, name)) {
      throw new PythonError("ImportError", `cannot import name '${name}' from '${module}'`);
    }
    if (value !== undefined) {
      yield [as, value];
    } else if (!BUILTINS.has(as)) {
      this.code.foreign.add(as);
      this.#kept += 1; // the module may be missing, which a `try` around it may catch
      yield [as, this.ask(as, null)];
    }
  }

  holds(test: Expression, holds: () => boolean): boolean {
    try {
      return holds();
    } catch (error) {
      const name = error instanceof Puzzle && error.wanted === null && !error.reported ? this.nameOf(test) : null;
      if (name === null) {
        throw error;
      }
      const answer = this.ask(name, test, { kind: "flag" });
      return answer instanceof Unknown ? answer.demand("flag") : truth(answer);
    }
  }

  makes(node: Statement): boolean {
    return this.code.makes(node);
  }

  isTraining(node: Statement, frame: Frame, compiler: Compiler): boolean {
    return (
      !this.code.makes(node) &&
      this.code.steps(node).some(({ name, object }) => !STEPPING.has(name) || this.#isUsers(object, frame, compiler))
    );
  }

  /** Tell whether what is stepped is the user's own object, which is not skipped. */
  #isUsers(object: Expression, frame: Frame, compiler: Compiler): boolean {
    const value = this.#valueOf(object, frame, compiler);
    return !(value instanceof Instance) || this.isKept(value);
  }

  train(node: Statement, frame: Frame, compiler: Compiler): void {
    const branches = Array.from(everyStatement([node])).filter(({ type }) => /^(if|try)/.test(type));
    for (const { name, call: at, object } of this.code.steps(node)) {
      const isSure = STEPPING.has(name) && !branches.some(({ from, to }) => from <= at.from && at.to <= to);
      const value = isSure ? this.#valueOf(object, frame, compiler) : null;
      if (value instanceof Instance && this.isScheduler(value)) {
        const trouble = this.#attempt(() => bindStep(value, name, at));
        if (trouble !== null) {
          this.#misused.set(trouble, value);
          this.#report(locate(trouble, { from: at.from, to: at.to }));
        }
      }
    }
    const byHand = setByHand(node, this.code.definitions);
    if (byHand !== null && !this.notes.some(({ from }) => from === byHand.from)) {
      this.notes.push(note("byHand", byHand));
    }
    this.forget(node, frame, compiler, null);
    for (const { instance } of [...this.workshop.schedulers, ...this.workshop.optimizers]) {
      markStale(instance);
    }
  }

  /** Note that the code comes to steps of schedulers, or may; end there if it is to be run until then. */
  beforeSteps(schedulers: readonly Value[]): void {
    if (program.runs && this.stepped.length === this.#until) {
      this.#stopped = true;
      throw new Lost("stepped");
    }
    this.stepped.push(schedulers);
  }

  steps(called: Value, node: Call): boolean {
    const bound = called instanceof Partial ? called.run : called;
    const self = bound instanceof Bound ? bound.self : null;
    if (!(bound instanceof Bound && self instanceof Instance && this.isScheduler(self))) {
      return false;
    }
    const name = Array.from(STEPPING).find((one) => self.cls.method(one) === bound.method);
    if (name === undefined || !(program.runs || node.callee.type === "attribute")) {
      return false;
    }
    const trouble = this.#attempt(() => bindStep(self, name, node));
    if (trouble !== null) {
      this.#misused.set(trouble, self);
      throw trouble;
    }
    this.beforeSteps([self]);
    markStale(self);
    const optimizer = self.attributes.get("optimizer");
    markStale(optimizer instanceof Instance ? optimizer : null);
    return true;
  }

  setsRates(node: Statement): boolean {
    return setByHand(node, this.code.definitions) !== null || this.code.steps(node).length > 0;
  }

  defined(node: Definition, value: Value, cls: Class | null, at: Place): void {
    if (value instanceof Func) {
      this.#functions.set(node, { made: value, cls, at });
    }
  }

  /** Make unknown what a function of the code's may change, which something unknown may have called, with `given` or other arguments. */
  #mayHaveRun(value: Value, given: readonly Value[], why: Trouble): void {
    const [func, self] = value instanceof Bound ? [value.method, [value.self]] : [value, []];
    spend(this.#functions.size);
    const [node, found] = Array.from(this.#functions).find(([, { made }]) => made === func) ?? [];
    if (node === undefined || found === undefined) {
      this.#mayHaveRunLambda(func, given, why);
      return;
    }
    const inner = found.at.compiler.inside(variables(node.parameters, node.body), declared(node.body).globals);
    this.#forgetBody(node, node.body, inner, found.at.frame, [...self, ...given], why);
  }

  /** Make unknown what the body of a function, or of a lambda, may change. */
  #forgetBody(
    node: Definition | Extract<Expression, { type: "lambda" }>,
    body: readonly Statement[],
    inner: Compiler,
    around: Frame,
    given: readonly Value[],
    why: Trouble,
  ): void {
    const [now, before] = [[around, ...given], this.#forgotten.get(node) ?? []];
    if (this.#entered.has(node) || before.some((one) => areSame(one, now))) {
      return;
    }
    spend(OF_BODY);
    this.#forgotten.set(node, [...before, now]);
    const own = new Frame(inner.scope.size, around);
    Object.assign(own.slots, given.slice(0, node.parameters.length));
    this.#entered.add(node);
    for (const statement of body) {
      this.forget(statement, own, inner, why);
    }
    this.#entered.delete(node);
    if (this.#entered.size === 0) {
      this.#forgotten.clear();
    }
  }

  /** Note where param groups may be added. */
  #noteGroups(node: Statement): void {
    walk(node, (one) => {
      const isAdding = one.type === "call" && one.callee.type === "attribute" && one.callee.name === "add_param_group";
      if (isAdding && !this.notes.some(({ from, key }) => key === "groupsLater" && from === one.from)) {
        this.notes.push(note("groupsLater", one));
      }
    });
  }

  /** Make unknown what functions and objects may change that a statement names. */
  #forgetUsed(node: Statement, frame: Frame, compiler: Compiler, why: Trouble): void {
    if (node.type === "def" || node.type === "class") {
      return;
    }
    const bases = new Set<Expression>();
    const paths: Expression[] = [];
    walk(node, (one) => {
      if (one.type === "attribute") {
        bases.add(one.object);
      }
      if (dotted(one) !== null) {
        paths.push(one);
      }
    });
    for (const path of paths) {
      const owner = path.type === "attribute" ? this.#held(path.object, frame, compiler) : undefined;
      const read = owner instanceof Instance && path.type === "attribute" ? reader(owner, path.name) : undefined;
      if (read !== undefined) {
        this.#mayHaveRun(read, [], why);
      } else if (owner instanceof Instance && path.type === "attribute" && !hasAttribute(owner, path.name)) {
        this.#spoilObject(owner, why);
      } else if (!bases.has(path)) {
        this.#mayHaveUsed(this.#held(path, frame, compiler), why);
      }
    }
  }

  namedIn(statements: readonly Statement[], frame: Frame, compiler: Compiler): Value[] {
    const found = new Set<Value>();
    for (const statement of statements) {
      walk(statement, (one) => {
        const value = dotted(one) === null ? undefined : this.#held(one, frame, compiler);
        const isOwn = value instanceof Instance && !this.isKept(value);
        if (isOwn || value instanceof Sequence || value instanceof Map) {
          found.add(value);
        } else if (value instanceof Instance && this.isScheduler(value)) {
          Array.from(value.attributes.values(), (one) => one instanceof Sequence && found.add(one)); // such as its milestones
        }
      });
    }
    const parts = Array.from(found).flatMap((one) =>
      one instanceof Sequence ? one.items : one instanceof Map ? [...one.values()] : [],
    );
    return [...found, ...parts.filter((one) => one instanceof Sequence || one instanceof Map)];
  }

  /** Make unknown an object of the code's own of which something is used that every object has, such as `__setattr__`. */
  #spoilObject(object: Instance, why: Trouble): void {
    if (!this.isKept(object) && object.cls.gap() === null) {
      spoilWhole(object, new Unknown(null, why));
    }
  }

  /** Return what stands at a path, without running properties. */
  #held(path: Expression, frame: Frame, compiler: Compiler): Value | undefined {
    if (path.type !== "attribute") {
      return this.#valueOf(path, frame, compiler);
    }
    const owner = this.#held(path.object, frame, compiler);
    const method = owner instanceof Instance ? owner.cls.method(path.name) : undefined;
    return owner instanceof Instance
      ? (owner.attributes.get(path.name) ?? (method === undefined ? undefined : new Bound(owner, method)))
      : undefined;
  }

  #mayHaveRunLambda(value: Value, given: readonly Value[], why: Trouble): void {
    const origin = originOf(value);
    const node = origin?.node;
    if (origin === undefined || node?.type !== "lambda") {
      return;
    }
    const inner = new Compiler(this.#compiler.around, origin.scope).inside(lambdaNames(node.parameters, node.body));
    const body: Statement = { from: node.from, to: node.to, type: "expression", value: node.body };
    this.#forgetBody(node, [body], inner, origin.frame, given, why);
  }

  /** Make unknown what may change as a value is used: where it is a function, or an object whose class says what operators do with it. */
  #mayHaveUsed(value: Value | undefined, why: Trouble, given: readonly Value[] = [], deep = 3): void {
    const owner = value === undefined ? undefined : owners.get(value as object);
    if (owner !== undefined) {
      this.#change([owner], why.span ?? { from: 0, to: 0 });
    } else if (value instanceof Bound || value instanceof Func) {
      this.#mayHaveRun(value, given, why);
    } else if (value instanceof Partial) {
      this.#mayHaveUsed(value.run, why, value.given, deep);
    } else if (value instanceof Instance || value instanceof Class) {
      this.#mayHaveRunAll(value, why);
    } else if (value instanceof Steps) {
      spoil(value, new Unknown(null, why), (inner) => this.isKept(inner));
      value.forget(why);
      this.#mayHaveUsedAll(value.held, why, deep);
    } else if (value instanceof Sequence || value instanceof Map) {
      this.#mayHaveUsedAll(value instanceof Map ? Array.from(value.values()) : value.items, why, deep);
    }
  }

  /** The same for the methods by which a class says what parts of the language do. */
  #mayHaveRunAll(value: Instance | Class, why: Trouble): void {
    if (value instanceof Instance && !this.isKept(value)) {
      for (const method of value.cls.order.flatMap((one) => implied(one, false))) {
        this.#mayHaveRun(new Bound(value, method), [], why);
      }
    }
    for (const method of value instanceof Class && value.isUsers ? implied(value, true) : []) {
      this.#mayHaveRun(method, [value], why);
    }
  }

  #mayHaveUsedAll(values: readonly Value[], why: Trouble, deep: number): void {
    for (const one of deep > 0 ? values : []) {
      if (typeof one === "object") {
        this.#mayHaveUsed(one ?? undefined, why, [], deep - 1);
      }
    }
  }

  forget(node: Statement, frame: Frame, compiler: Compiler, why: Trouble | null): void {
    if (this.#stopped) {
      return;
    }
    spend(1000);
    if (this.code.steps(node).length > 0) {
      this.beforeSteps(this.workshop.schedulers.map(({ instance }) => instance));
    }
    const { bound, mutated } = this.#changes.get(node) ?? changesOf(node, this.code);
    this.#changes.set(node, { bound, mutated });
    this.#noteGroups(node);
    this.#forgetUsed(node, frame, compiler, why ?? new Puzzle("changed"));
    const choices = CHOOSING.has(node.type) ? this.namedIn([node], frame, compiler) : [];
    const unknown = (name: string): Value =>
      choosing(choices, why === null || isVague(why, node) ? this.ask(name, node) : new Unknown(null, why));
    for (const { object, how } of mutated) {
      const value = this.#valueOf(object, frame, compiler);
      this.#forgetUnknown(object, how, frame, compiler);
      this.#spoil(object, frame, compiler, (one) => !isWritten(how) && this.isKept(one), unknown);
      this.#forgetHeld(value, how, node, why);
    }
    for (const target of bound) {
      this.#forgetFunction(target, frame, compiler, why);
      const name = dotted(target);
      if (name !== null) {
        this.#attempt(() => compiler.store(target)(frame, unknown(name)));
      }
    }
  }

  /** Make unknown what a list or a dict holds that is handed on, and an object of the code's own of which an item is set. */
  #forgetHeld(value: Value | undefined, how: Mutation["how"], node: Statement, why: Trouble | null): void {
    if (!isWritten(how) && (value instanceof Map || value instanceof Sequence)) {
      this.#change([value], node);
    }
    const isOwn = value instanceof Class || (value instanceof Instance && !this.isKept(value));
    if (how === "item" && isOwn) {
      spoilWhole(value, new Unknown(null, why ?? new Puzzle("changed")));
    }
  }

  /** Make unknown a function of which an attribute is set. */
  #forgetFunction(target: Expression, frame: Frame, compiler: Compiler, why: Trouble | null): void {
    const object = target.type === "attribute" ? this.#valueOf(target.object, frame, compiler) : undefined;
    if (object instanceof Func) {
      spoilWhole(object, new Unknown(null, why ?? new Puzzle("changed")));
    }
  }

  /** Forget parts of an unknown object that may be others now; what is handed to a function keeps its attributes, as elsewhere. */
  #forgetUnknown(object: Expression, how: Mutation["how"], frame: Frame, compiler: Compiler): void {
    const value = this.#valueOf(object, frame, compiler);
    if (value instanceof Unknown && how === "handed") {
      value.forgetItems();
    } else if (value instanceof Unknown && how !== "bound") {
      value.forgetParts();
    }
  }

  /** Make unknown what the first list, dict or object of the path holds that can have been changed. */
  #spoil(
    object: Expression,
    frame: Frame,
    compiler: Compiler,
    keeps: (value: Value) => boolean,
    unknown: (name: string) => Value,
  ): void {
    const inner = object.type === "attribute" || object.type === "subscript" ? object.object : null;
    const root = inner === null ? null : this.#valueOf(inner, frame, compiler);
    if (inner !== null && !(root instanceof Class || (root instanceof Instance && !this.isKept(root)))) {
      this.#spoil(inner, frame, compiler, keeps, unknown);
      return;
    }
    const value = this.#valueOf(object, frame, compiler);
    const isObject = value instanceof Instance && !this.isKept(value);
    if (value !== undefined && !isObject) {
      const as = unknown(dotted(object) ?? "");
      spoil(value, as instanceof Unknown && !this.isKept(value) ? as : new Unknown(null, new Puzzle("changed")), keeps);
    }
  }

  #valueOf(node: Expression, frame: Frame, compiler: Compiler): Value | undefined {
    try {
      return dotted(node) === null && node.type !== "subscript" ? undefined : compiler.expression(node)(frame);
    } catch (error) {
      asTrouble(error);
      return undefined;
    }
  }

  isScheduler({ cls }: Instance): boolean {
    return cls.isA(this.library.base) || cls.isA(this.library.plateau);
  }

  /** Tell whether a value is a scheduler or an optimizer, which functions are given to use them. */
  isKept(value: Value): boolean {
    return value instanceof Instance && (this.isScheduler(value) || value.cls.isA(this.library.optimizer));
  }

  #couldMake(callee: Expression): boolean {
    const path = dotted(callee);
    const bound = path === null ? undefined : this.#globals.get(path);
    if (bound instanceof Class) {
      return [this.library.base, this.library.plateau, this.library.optimizer].some((one) => bound.isA(one));
    }
    const last = path?.split(".").at(-1) ?? "";
    const isFactory = /\bscheduler\.create_scheduler(_v2)?$/.test(path ?? "");
    return (
      isFactory ||
      this.code.isSchedulerName(last) ||
      (/\blr_scheduler\./.test(path ?? "") && /^([A-Z]|get_)/.test(last))
    );
  }

  /** Call the functions that make schedulers, where the script calls none of them; their parameters are asked for. */
  #uncalled(): void {
    const makers = Array.from(this.#functions).filter(([node]) => this.code.makes(node));
    const inner = makers.filter(([node]) => this.code.isCalled(node.name));
    for (const [node, { made, cls }] of [...makers.filter((one) => !inner.includes(one)), ...inner]) {
      if (made.called || this.#stopped) {
        continue;
      }
      surface();
      const before = this.made();
      const trouble = this.#attempt(() => {
        if (cls !== null && node.name === "__init__") {
          this.#instance(cls);
        } else {
          const self = cls === null ? [] : [this.#instance(cls)];
          this.#callAsked(node, made, self);
        }
      });
      const isVague = trouble instanceof PythonError && node.parameters.some(({ stars }) => stars !== undefined);
      const isOpen = trouble instanceof PythonError && made.parameters.some((one) => one.default === null);
      if (trouble !== null) {
        const told = isVague ? new Puzzle("unpacking") : isOpen ? new Puzzle("notUnderstood") : trouble;
        this.keep(locate(told, node), node, before);
      }
    }
  }

  #instance(cls: Class): Value {
    const init = cls.method("__init__");
    const node = Array.from(this.#functions).find(([, { made }]) => made === init)?.[0];
    if (!(init instanceof Func) || node === undefined) {
      return instantiate(cls, [], null);
    }
    const made = new Instance(cls);
    this.#callAsked(node, init, [made]);
    return made;
  }

  #callAsked(node: Definition, made: Func, self: readonly Value[]): void {
    const asked = made.parameters.slice(self.length).filter(({ stars }) => stars === undefined);
    const keywords = asked.map((one) => {
      const at = node.parameters.find(({ name }) => name === one.name) ?? node;
      return [one.name, this.ask(one.name, at, one.default === undefined ? {} : { default: one.default })] as const;
    });
    call(made, self, new Map(keywords));
  }
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}

/** Return a `return` in a statement that is in no function. */
function returning(statement: Statement): Statement | undefined {
  return statement.type === "return" ? statement : inside(statement).map(returning).find(Boolean);
}

/** Let the arguments of a call find the parameters of a scheduler's method that makes a step; raise Python's TypeError where they do not. */
function bindStep(scheduler: Instance, method: string, { given }: Call): void {
  const found = attributeOf(scheduler, method);
  const step = dialect()?.stepping(scheduler.cls, method) ?? (found instanceof Bound ? found.method : null);
  if (step instanceof Func && !given.some(({ value }) => value.type === "starred")) {
    const named = given.flatMap(({ keyword }) => (keyword === null ? [] : [[keyword, null] as const]));
    const placed = given.filter(({ keyword }) => keyword === null).map(() => null);
    bind(step.name, step.parameters, [scheduler, ...placed], new Map(named), []);
  }
}

/** Return the methods and properties of a class that code uses without calling them by their names; those that run as an object is made, where `isMade`. */
function implied({ methods, properties }: Class, isMade: boolean): Callable[] {
  const named = Array.from(methods).filter(([name]) => /^__\w+__$/.test(name) && (isMade || !MAKING.has(name)));
  return [...named.map(([, method]) => method), ...properties.values()];
}

/** Return what runs as an attribute of an object is read; undefined where nothing does. */
function reader(owner: Instance, name: string): Value | undefined {
  const run = owner.cls.property(name) ?? (hasAttribute(owner, name) ? undefined : owner.cls.method("__getattr__"));
  return run === undefined ? undefined : new Bound(owner, run);
}

/** Methods that run as an object or a class is made. */
const MAKING: ReadonlySet<string> = new Set(["__init__", "__post_init__", "__init_subclass__"]);

function methodOf({ callee }: Call): string {
  return callee.type === "attribute" ? callee.name : "";
}

/** Return a value as one that the code computes, and that may be one of others. */
function choosing(choices: readonly Value[], value: Value): Value {
  if (value instanceof Unknown) {
    value.isForeign = false;
    value.choices = choices;
  }
  return value;
}

/** Statements whose names may stand for one of the objects that they name. */
const CHOOSING: ReadonlySet<Statement["type"]> = new Set(["assign", "if"]);

/** Return a value as one that comes from outside of the code. */
function foreign(value: Unknown): Unknown {
  value.isForeign = true;
  return value;
}

/** Tell whether a reader could not give the value that is missing: it is no name, or the data of the training. */
function isVague(why: Trouble, node: Statement): boolean {
  if (!(why instanceof Puzzle) || why.reported) {
    return false;
  }
  const isCondition = node.type === "while" && why.kind === "flag";
  return why.wanted === null || isCondition || (why.kind === "list" && /load|data|batch|iter/i.test(why.wanted));
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

/** Return a value of the code as one that a reader could give; `undefined` for what no reader can. */
function givenOf(value: Value | undefined): Given | undefined {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") {
    return value;
  }
  if (typeof value === "bigint") {
    return Number(value);
  }
  if (value instanceof Sequence) {
    const items = value.items.map(givenOf);
    return items.every((one) => one !== undefined) ? items : undefined;
  }
  return undefined;
}
