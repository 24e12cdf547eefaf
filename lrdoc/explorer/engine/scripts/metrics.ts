/** The metrics that code itself gives to ReduceLROnPlateau, which is drawn with those of the page. */

import { type Construction, drawn, nameOf } from "../construction.ts";
import { everyStatement } from "../nature.ts";
import { note } from "../notes.ts";
import { BUILTINS } from "../python/builtins.ts";
import { dotted } from "../python/compile.ts";
import { type Call, type Definition, type Expression, lastName, partsOf, type Statement } from "../python/syntax.ts";
import { Instance } from "../python/values.ts";
import type { Script } from "../script.ts";
import type { Note } from "../types.ts";

/** Modules whose functions compute a number of what they are given. */
const COMPUTING: ReadonlySet<string> = new Set(["math", "numpy", "oneflow", "torch", "statistics"]);
/** What they are called that do not. */
const READING = /rand|load|^[A-Z]/;
/** Functions of Python's of which the result tells nothing of what they are given. */
const COUNTING: ReadonlySet<string> = new Set(["len", "range"]);

/** Return a note for each ReduceLROnPlateau that is drawn to which the code itself gives metrics, as far as can be told; what it gets from a training is unknown anyway. */
export function givenMetrics(script: Script): Note[] {
  const { workshop, library, parsed } = script;
  const made = drawn(workshop.schedulers).filter(({ cls }) => cls.isA(library.plateau));
  const [first] = made;
  if (first === undefined) {
    return [];
  }
  const parts = parsed.statements.flatMap(partsOf);
  const sources = sourcesOf(parsed.statements, parts);
  const notes = new Map<Construction, Note>();
  for (const { object, at, metric } of stepsIn(parts)) {
    const value = script.valueOf(dotted(object) ?? "");
    const its = made.find(({ instance }) => instance === value);
    const isGiven = metric === null ? its !== undefined : isOfCode(metric, sources);
    const told = its ?? (value instanceof Instance && script.isKept(value) ? undefined : first);
    if (isGiven && told !== undefined && !notes.has(told)) {
      notes.set(told, note("metricsGiven", at, { name: nameOf(told) }));
    }
  }
  return [...notes.values()];
}

interface Step {
  readonly object: Expression;
  readonly at: Expression;
  /** Null where the method is handed on, which may be given anything. */
  readonly metric: Expression | null;
}

/** Return the calls of a method `step` that is given something, and where one is handed on. */
function stepsIn(parts: readonly Expression[]): Step[] {
  const calls = new Map(parts.flatMap((one) => (one.type === "call" ? [[one.callee, one] as const] : [])));
  return parts.flatMap((one): Step[] => {
    if (one.type !== "attribute" || one.name !== "step") {
      return [];
    }
    const { object } = one;
    const call = calls.get(one);
    if (call === undefined) {
      return [{ object, at: one, metric: null }];
    }
    const isPassedOn = object.type === "call" && lastName(object.callee) === "super";
    const metric = call.given.find(({ keyword }) => keyword === null || keyword === "metrics")?.value;
    return isPassedOn || metric === undefined ? [] : [{ object, at: call, metric }];
  });
}

/** What stands for a name somewhere in the code: what is assigned to it, or a function; null for what a module, a block `with` or a call that is not followed gives. */
type Sources = (Expression | Definition | null)[];

function sourcesOf(statements: readonly Statement[], parts: readonly Expression[]): ReadonlyMap<string, Sources> {
  const sources = new Map<string, Sources>();
  const add = (target: Expression, source: Sources[number]): void => {
    if (target.type === "sequence") {
      for (const item of target.items) {
        add(item, source);
      }
      return;
    }
    const place = target.type === "subscript" ? target.object : target.type === "starred" ? target.value : target;
    const name = lastName(place);
    sources.set(name, [...(sources.get(name) ?? []), source]);
  };
  const calls = callsIn(parts);
  for (const statement of everyStatement(statements)) {
    for (const [target, source] of bindings(statement, calls)) {
      add(target, source);
    }
  }
  for (const [target, source] of parts.flatMap(inner)) {
    add(target, source);
  }
  return sources;
}

/** Return what an expression gives to names, and to lists. */
function inner(one: Expression): (readonly [Expression, Expression])[] {
  switch (one.type) {
    case "walrus":
      return [[one.target, one.value]];
    case "comprehension":
    case "mapping":
      return one.clauses.map(({ target, iterable }) => [target, iterable] as const);
    case "call": {
      const { callee } = one;
      const isAdding = callee.type === "attribute" && /^(append|extend|add)$/.test(callee.name);
      return isAdding ? one.given.map(({ value }) => [callee.object, value] as const) : [];
    }
    default:
      return [];
  }
}

/** Return the calls by the last name of what is called. */
function callsIn(parts: readonly Expression[]): ReadonlyMap<string, Call[]> {
  const calls = new Map<string, Call[]>();
  for (const one of parts) {
    if (one.type === "call") {
      const name = lastName(one.callee);
      calls.set(name, [...(calls.get(name) ?? []), one]);
    }
  }
  return calls;
}

/** Return what the calls of a function give to each of its parameters; null for what is given in a way that is not followed. */
function given(node: Definition, calls: readonly Call[]): (readonly [string, Sources[number]])[] {
  const own = node.parameters.filter(({ name }, at) => at > 0 || !/^(self|cls)$/.test(name));
  return own.flatMap(({ name, default: usual }, at) =>
    calls.map((call) => {
      const byName = call.given.find(({ keyword }) => keyword === name);
      const inOrder = call.given.filter(({ keyword }) => keyword === null)[at];
      return [name, (byName ?? inOrder)?.value ?? usual] as const;
    }),
  );
}

function bindings(
  statement: Statement,
  calls: ReadonlyMap<string, Call[]>,
): (readonly [Expression, Sources[number]])[] {
  const place = { from: statement.from, to: statement.to };
  const named = (name: string): Expression => ({ ...place, type: "name", name });
  const plain: Expression = { ...place, type: "constant", value: null };
  switch (statement.type) {
    case "assign":
      return statement.targets.map((target) => [target, statement.value] as const);
    case "augment":
      return [[statement.target, statement.value]];
    case "for":
      return [[statement.target, statement.iterable]];
    case "with":
      return statement.items.flatMap(({ target }) => (target === null ? [] : [[target, null] as const]));
    case "import":
      return statement.bindings.map(({ as, module }) => [
        named(as),
        COMPUTING.has(module.split(".")[0] ?? "") ? plain : null,
      ]);
    case "def":
      return [
        [named(statement.name), statement],
        ...given(statement, calls.get(statement.name) ?? []).map(([name, source]) => [named(name), source] as const),
      ];
    case "class":
      return [[named(statement.name), plain]];
    default:
      return [];
  }
}

/** Tell whether the code itself has all that a value is made of: nothing that it does not define, and no function that it does not have, comes in. */
function isOfCode(value: Expression, sources: ReadonlyMap<string, Sources>): boolean {
  const all: Expression[] = [value];
  const seen = new Set<string>();
  const comesFrom = (name: string): boolean => {
    if (seen.has(name)) {
      return true;
    }
    seen.add(name);
    for (const source of sources.get(name) ?? []) {
      if (source === null) {
        return false;
      }
      all.push(...(source.type === "def" ? returned(source) : [source]));
    }
    return true;
  };
  // The list grows while it is gone through.
  for (const one of all) {
    const isKnown = (node: Expression): boolean => {
      if (node.type === "name") {
        return (sources.has(node.name) || BUILTINS.has(node.name)) && comesFrom(node.name);
      }
      if (node.type === "attribute") {
        return comesFrom(node.name);
      }
      return !(node.type === "call" && READING.test(lastName(node.callee)) && !sources.has(lastName(node.callee)));
    };
    if (!leaves(one).every(isKnown)) {
      return false;
    }
  }
  return true;
}

/** Return what an expression is made of, without what is given to functions that count. */
function leaves(node: Expression): Expression[] {
  const parts = partsOf(node);
  const aside = parts.flatMap((one) =>
    one.type === "call" && one.callee.type === "name" && COUNTING.has(one.callee.name)
      ? one.given.map(({ value }) => value)
      : [],
  );
  return parts.filter((one) => !aside.some(({ from, to }) => from <= one.from && one.to <= to));
}

function returned(node: Definition): Expression[] {
  return Array.from(everyStatement(node.body)).flatMap((one) =>
    one.type === "return" && one.value !== null ? [one.value] : [],
  );
}
