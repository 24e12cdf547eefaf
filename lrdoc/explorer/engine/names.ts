/** Writes values as Python code, with the definitions and imports that they need. */

import { dialect } from "./dialect.ts";
import { literal, replace } from "./edit.ts";
import { exported } from "./generated/oneflow.ts";
import { isGroup } from "./groups.ts";
import { everyStatement } from "./nature.ts";
import { BUILTINS } from "./python/builtins.ts";
import { Func, Partial } from "./python/functions.ts";
import { enclosed, type Origin, originOf } from "./python/origins.ts";
import { lambdaNames, variables } from "./python/scope.ts";
import { type Definition, type Expression, type Statement, walk } from "./python/syntax.ts";
import { Class, Instance, isCallable, Namespace, natures, Range, repr, Sequence, type Value } from "./python/values.ts";
import type { Script } from "./script.ts";

/** Thrown for what cannot be written as code that stands for itself. */
export class Unwritable extends Error {}

/** How modules are imported, by their names. */
const IMPORTS: Readonly<Record<string, string>> = {
  oneflow: "import oneflow as {}",
  torch: "import oneflow as {}",
  "oneflow.optim": "from oneflow import optim as {}",
  "torch.optim": "from oneflow import optim as {}",
  "oneflow.optim.lr_scheduler": "from oneflow.optim import lr_scheduler as {}",
  "torch.optim.lr_scheduler": "from oneflow.optim import lr_scheduler as {}",
};

/** What ported code imports, by the words that stand in it. */
const OF_PORTED: Readonly<Record<string, string>> = {
  math: "import math",
  LambdaLR: "from oneflow.optim.lr_scheduler import LambdaLR",
  _LRScheduler: "from oneflow.optim.lr_scheduler import _LRScheduler",
};

export class Names {
  readonly #code: string;
  readonly #script: Script;
  readonly #instance: (instance: Instance) => string | undefined;
  readonly #imports = new Set<string>();
  /** What is written before the optimizers, in the order of need. */
  readonly #definitions: string[] = [];
  readonly #models = new Set<string>();
  /** The values of the names that are taken. */
  readonly #taken = new Map<string, Value | undefined>();
  readonly #functions = new Map<Value, string>();
  /** The functions that are being written. */
  readonly #writing = new Set<Value>();

  constructor(code: string, script: Script, instance: (instance: Instance) => string | undefined) {
    this.#code = code;
    this.#script = script;
    this.#instance = instance;
  }

  /** Return the lines that come first: imports, models, functions and values. */
  head(): string[] {
    const models = Array.from(this.#models, (name) => `${name} = flow.nn.Linear(1, 1)`);
    const groups = [inOrder(this.#imports), this.#definitions, models].filter((lines) => lines.length > 0);
    return [groups.map((lines) => lines.join("\n")).join("\n\n")];
  }

  importOneFlow(): void {
    this.#imports.add("import oneflow as flow");
  }

  /** Return a name that nothing has yet. */
  free(wanted: string): string {
    let name = wanted;
    for (let at = 2; this.#taken.has(name); at += 1) {
      name = `${wanted}_${at}`;
    }
    this.#taken.set(name, undefined);
    return name;
  }

  /** Return the name of a model that stands for one of the code's. */
  model(wanted: string): string {
    const name = this.free(wanted);
    this.#models.add(name);
    return name;
  }

  /** Take in the source of a function that is ported. */
  port(source: readonly string[]): void {
    const wanted = (word: string): boolean => source.some((text) => new RegExp(`\\b${word}\\b`).test(text));
    for (const [word, line] of Object.entries(OF_PORTED)) {
      if (wanted(word)) {
        this.#imports.add(line);
      }
    }
    const classes = Object.keys(exported).filter((name) => !(name in OF_PORTED) && wanted(name));
    if (classes.length > 0) {
      this.#imports.add(`from oneflow.optim.lr_scheduler import ${classes.join(", ")}`);
    }
    for (const text of source) {
      if (!this.#definitions.includes(`\n${text}\n`)) {
        this.#definitions.push(`\n${text}\n`);
      }
    }
  }

  /** Take in the code's own class; return null where it is OneFlow's. */
  ownClass(cls: Class): string | null {
    const { statements } = this.#script.parsed;
    const node = Array.from(everyStatement(statements)).find((one) => one.type === "class" && one.name === cls.name);
    if (node?.type !== "class" || !cls.qualified.startsWith("__main__")) {
      return null;
    }
    if (!this.#taken.has(cls.name)) {
      this.#taken.set(cls.name, cls);
      const base = node.bases.find((one) => one.type !== "name" || this.#script.valueOf(one.name) === cls.base);
      const source = cls.base === null ? null : (dialect()?.above(cls.base) ?? null);
      if (source === null || base === undefined) {
        this.#needs(node, (name) => this.#script.valueOf(name));
        this.#definitions.push(`\n${dedented(this.#code, node)}\n`);
      } else {
        this.port(source.definitions);
        this.#needs({ ...node, bases: node.bases.filter((one) => one !== base) }, (name) => this.#script.valueOf(name));
        const text = edited(this.#code, node, base, source.name);
        this.#definitions.push(`\n${text}\n`);
      }
    }
    return cls.name;
  }

  isPlain(value: Value): boolean {
    if (value instanceof Sequence) {
      return value.items.every((item) => this.isPlain(item));
    }
    return value === null || ["boolean", "number", "bigint", "string"].includes(typeof value);
  }

  /** Return a value as code. */
  value(value: Value): string {
    switch (typeof value) {
      case "number":
        return Number.isFinite(value) ? repr(value) : literal(value);
      case "boolean":
      case "bigint":
      case "string":
        return repr(value);
      default:
        return value === null ? "None" : this.#object(value);
    }
  }

  #object(value: Exclude<Value, null | number | bigint | boolean | string>): string {
    if (natures.has(value)) {
      throw new Unwritable(); // a Counter, for example
    }
    if (value instanceof Sequence) {
      return this.#sequence(value);
    }
    if (value instanceof Map && !isGroup(value)) {
      return `{${Array.from(value, ([key, item]) => `${this.value(key)}: ${this.value(item)}`).join(", ")}}`;
    }
    if (value instanceof Range) {
      return repr(value);
    }
    const written = value instanceof Instance ? this.#instance(value) : undefined;
    if (written !== undefined) {
      return written;
    }
    if (value instanceof Partial) {
      return this.#partial(value);
    }
    if (isCallable(value)) {
      return this.#function(value);
    }
    throw new Unwritable();
  }

  #sequence({ items, kind }: Sequence): string {
    const inner = items.map((item) => this.value(item)).join(", ");
    if (kind === "tuple") {
      return items.length === 1 ? `(${inner},)` : `(${inner})`;
    }
    return kind === "set" ? `{${inner}}` : `[${inner}]`;
  }

  #partial({ run, given, keywords }: Partial): string {
    this.#imports.add("import functools");
    const named = Array.from(keywords, ([name, value]) => `${name}=${this.value(value)}`);
    const placed = [run, ...given].map((value) => this.value(value));
    return `functools.partial(${[...placed, ...named].join(", ")})`;
  }

  /** Return what a function is called, or a lambda itself; what its names stand for is written before. */
  #function(value: Value): string {
    const known = this.#functions.get(value);
    if (known !== undefined) {
      return known;
    }
    const origin = originOf(value);
    if (origin === undefined) {
      return this.#builtin(value);
    }
    if (this.#writing.has(value) && origin.node.type !== "def") {
      throw new Unwritable(); // a lambda that calls itself
    }
    if (this.#writing.has(value)) {
      return nameOf(origin.node); // so does a function, which its name stands for
    }
    this.#writing.add(value);
    const bare = origin.node.type === "def" ? { ...origin.node, decorators: [] } : origin.node; // as it is written
    const inside = this.#needs(bare, (name) => this.#script.valueOf(name), origin, value);
    this.#writing.delete(value);
    const text = this.#withDefaults(origin.node, value);
    const written =
      origin.node.type === "def" ? this.#definition(origin.node, text, inside, value) : lambda(text, inside);
    this.#functions.set(value, written);
    return written;
  }

  /** Return the text of a function, with the values of its parameters' defaults: what they came from may be something else by now. */
  #withDefaults(node: Origin["node"], value: Value): string {
    const formals = node.type === "lambda" || node.type === "def" ? node.parameters : [];
    const parameters = value instanceof Func ? value.parameters : [];
    let [code, { to }] = [this.#code, node];
    for (const [at, formal] of Array.from(formals.entries()).reverse()) {
      const given = parameters[at]?.default;
      if (formal.default !== null && given !== undefined && formal.default.type !== "constant") {
        const text = this.value(given);
        code = replace(code, formal.default, text);
        to += text.length - (formal.default.to - formal.default.from);
      }
    }
    return dedented(code, { from: node.from, to });
  }

  #builtin(value: Value): string {
    const name = isCallable(value) ? value.name : "";
    if (BUILTINS.get(name) === value) {
      return name;
    }
    throw new Unwritable();
  }

  /** Write a definition; one that uses variables around it stands in a function that is given them. */
  #definition(node: Definition, text: string, inside: ReadonlyMap<string, string>, value: Value): string {
    if (inside.size === 0) {
      if (this.#taken.has(node.name) && this.#taken.get(node.name) !== value) {
        throw new Unwritable();
      }
      this.#taken.set(node.name, value);
      this.#definitions.push(`\n${text}\n`);
      return node.name;
    }
    const maker = this.free(`make_${node.name}`);
    const indented = text.replaceAll(/^(?=.)/gm, "    ");
    this.#definitions.push(
      `\ndef ${maker}(${[...inside.keys()].join(", ")}):\n${indented}\n\n    return ${node.name}\n`,
    );
    return `${maker}(${[...inside.values()].join(", ")})`;
  }

  /** Write what the names of a piece of code stand for: the globals into the code, the others are returned. */
  #needs(
    node: Expression | Statement,
    globals: (name: string) => Value | undefined,
    origin: Origin | null = null,
    itself: Value = null,
  ): Map<string, string> {
    const inside = new Map<string, string>();
    for (const name of freeNames(node)) {
      const around = origin === null ? undefined : enclosed(origin, name);
      if (around !== undefined && around === itself && name === nameOf(origin?.node)) {
        continue; // a function knows itself by its name
      }
      if (around !== undefined && this.#writing.has(around)) {
        throw new Unwritable(); // functions in a function that call each other
      }
      if (around !== undefined) {
        inside.set(name, this.value(around));
      } else {
        this.#global(name, globals(name));
      }
    }
    return inside;
  }

  #global(name: string, value: Value | undefined): void {
    if (value === undefined || BUILTINS.get(name) === value) {
      return; // one of its own variables, or Python's
    }
    if (this.#taken.has(name)) {
      if (this.#taken.get(name) !== value) {
        throw new Unwritable();
      }
      return;
    }
    if (value instanceof Namespace) {
      this.#taken.set(name, value);
      this.#imports.add(importOf(value.name, name));
    } else if (value instanceof Class) {
      this.#class(name, value);
    } else if (originOf(value)?.node.type === "def") {
      this.#function(value);
    } else {
      this.#taken.set(name, value);
      const text = this.value(value);
      this.#definitions.push(`${name} = ${text}`);
    }
  }

  #class(name: string, cls: Class): void {
    if (this.ownClass(cls) === null) {
      this.#taken.set(name, cls);
      this.#imports.add(
        `from oneflow.optim.lr_scheduler import ${renamed(cls.name === "LRScheduler" ? "_LRScheduler" : cls.name, name)}`,
      );
    }
  }
}

/** Return the name of a definition; "" for a lambda. */
function nameOf(node: Origin["node"] | undefined): string {
  return node?.type === "def" ? node.name : "";
}

/** Return imports with Python's own modules first, as usual. */
function inOrder(imports: Iterable<string>): string[] {
  const all = Array.from(imports).sort();
  const ofOneFlow = all.filter((line) => line.includes("oneflow"));
  const own = all.filter((line) => !ofOneFlow.includes(line));
  return own.length > 0 && ofOneFlow.length > 0 ? [...own, "", ...ofOneFlow] : all;
}

function renamed(name: string, as: string): string {
  return name === as ? name : `${name} as ${as}`;
}

function importOf(module: string, as: string): string {
  const known = IMPORTS[module];
  return known === undefined ? `import ${renamed(module, as)}` : known.replace("{}", as).replace(/(\w+) as \1$/, "$1");
}

function lambda(text: string, inside: ReadonlyMap<string, string>): string {
  return inside.size === 0
    ? text
    : `(lambda ${[...inside.keys()].join(", ")}: ${text})(${[...inside.values()].join(", ")})`;
}

/** Return the names that a piece of code uses and does not define. */
function freeNames(node: Expression | Statement): Set<string> {
  const found = new Set<string>();
  const bound = new Set(boundBy(node));
  walk(node, (one) => {
    if (one.type === "name") {
      found.add(one.name);
    }
    if (one.type === "lambda") {
      addAll(bound, lambdaNames(one.parameters, one.body));
    }
  });
  return new Set(Array.from(found).filter((name) => !bound.has(name)));
}

function addAll(into: Set<string>, names: Iterable<string>): void {
  for (const name of names) {
    into.add(name);
  }
}

/** Yield the variables of the functions in a statement. */
function* boundBy(node: Expression | Statement): Iterable<string> {
  if (node.type === "def" || node.type === "class") {
    for (const statement of everyStatement([node])) {
      yield* statement.type === "def" ? variables(statement.parameters, statement.body) : [];
    }
  }
}

/** Return the text of a piece of code with one span in it replaced. */
function edited(code: string, node: Statement, { from, to }: Expression, text: string): string {
  return dedented(replace(code, { from, to }, text), { from: node.from, to: node.to + text.length - (to - from) });
}

/** Return the text of a piece of code, without the indentation of its first line. */
function dedented(code: string, { from, to }: { readonly from: number; readonly to: number }): string {
  const start = code.lastIndexOf("\n", from - 1) + 1;
  const [indentation = ""] = /^\s*/.exec(code.slice(start, from)) ?? [];
  return code.slice(from, to).replaceAll(`\n${indentation}`, "\n").trimEnd();
}
