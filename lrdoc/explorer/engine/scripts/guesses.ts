/** What is made of whole scripts that something unknown has a part in. */

import { isBusy, isReading, isTold } from "../changes.ts";
import { guesses } from "../guesses.ts";
import { everyStatement } from "../nature.ts";
import { note } from "../notes.ts";
import { PythonError } from "../python/errors.ts";
import { type Call, type Expression, walk } from "../python/syntax.ts";
import {
  Bound,
  Class,
  ClassMethod,
  Instance,
  isCallable,
  Namespace,
  Sequence,
  typeName,
  Unknown,
  type Value,
} from "../python/values.ts";
import { relevant } from "../relevance.ts";
import type { Script } from "../script.ts";
import { computesAlone } from "./apart.ts";
import { givenMetrics } from "./metrics.ts";

/** Classes of libraries that leave the attributes of what derives from them as they are. */
const COMMON = /(Module|Dataset|Thread|Process|Callback)$/;

/** The beginnings of what methods of unknown classes are called that may call those of the code's own. */
const CALLING = /^(train|eval)/;

/** What functions and classes are called that make another scheduler of one. */
const WRAPPING = /warm|sched|decay|lr|wrap|prepare|initialize/i;
/** What functions are called that set the learning rates of an optimizer. */
const ADJUSTING = /adjust|warm|(^|_)(lr|rates?)(_|$)|wrap|prepare|initialize/i;

/** Let unknown things be taken as they usually are, and the reader be told so. */
export function installGuesses(): void {
  guesses.handed = handed;
  guesses.kept = kept;
  guesses.chosen = chosen;
  guesses.held = held;
  guesses.rebound = rebound;
  guesses.carried = (user, [callee, argument]) => {
    if (callee !== undefined && argument !== undefined) {
      tell(user as Script, callee, callee, argument);
    }
  };
  guesses.joined = (script, module, at) => {
    script.notes.push(note("handedAll", at, { name: module }));
  };
  guesses.computesAlone = computesAlone;
  guesses.parameters = checkParameters;
  guesses.metrics = (script) => {
    script.notes.push(...givenMetrics(script));
  };
  guesses.matters = (script) => {
    const names = namesOf(script);
    return (name) => names.has(name);
  };
}

/** Return the names that have a part in what is drawn. */
function namesOf({ parsed, code }: Script): ReadonlySet<string> {
  return relevant(parsed.statements, (callee) => code.mayMake(callee));
}

/** Functions to which what holds the settings is given as a rule. */
const SETTLING = /^([A-Z]|get|build|make|create)/;

/** What has been looked at already of what a call hands over: a loop may make it many times. */
const looked = new WeakMap<Script, Map<Expression, Set<Value>>>();

function isNew(script: Script, argument: Expression, value: Value): boolean {
  const all = looked.get(script) ?? new Map<Expression, Set<Value>>();
  looked.set(script, all);
  const values = all.get(argument) ?? new Set();
  all.set(argument, values);
  return values.size < values.add(value).size;
}

/** Note objects of the code's own that a function is given which is not known: they are taken to stay as they are, and so are lists and dicts by what the function is called. */
function handed(script: Script, callee: Unknown, node: Call, given: readonly Value[], name: string): void {
  const schedulers = schedulersIn(script, [callee, ...callee.held, ...given]);
  if (schedulers.length > 0) {
    script.beforeSteps(schedulers);
  }
  for (const [at, value] of given.entries()) {
    const argument = node.given[at]?.value;
    const isKnown =
      argument === undefined || !isNew(script, argument, value) || (SETTLING.test(name) && isTaken(script, argument));
    if (!isKnown && (mayChange(script, value, argument, name) || isReplaced(script, value, node, argument))) {
      tell(script, node.callee, node.callee, argument);
    }
  }
}

/** Return the schedulers in values, which what takes them may step. */
function schedulersIn(script: Script, values: readonly Value[], deep = 3): Value[] {
  return values.flatMap((value) => {
    const isScheduler = value instanceof Instance && script.isScheduler(value);
    return isScheduler ? [value] : deep > 0 ? schedulersIn(script, heldBy(script, value), deep - 1) : [];
  });
}

/** Return what can be reached through a value. */
function heldBy(script: Script, value: Value): readonly Value[] {
  if (value instanceof Bound) {
    return [value.self];
  }
  if (value instanceof Instance && !script.isKept(value)) {
    return [...value.attributes.values()];
  }
  return value instanceof Sequence ? value.items : value instanceof Map ? [...value.values()] : [];
}

/** Raise OneFlow's exception where an optimizer cannot be made of what it is given; what is an object may be parameters. */
function checkParameters(given: Value): void {
  if (given instanceof Map) {
    throw new PythonError("KeyError", "0"); // the first item that is asked for
  }
  if (typeof given === "number" || typeof given === "bigint") {
    throw new PythonError(
      "TypeError",
      `params argument given to the optimizer should be an iterable of Tensors or dicts, but got <class '${typeName(given)}'>`,
    );
  }
  const items = typeof given === "string" ? [given] : given instanceof Sequence ? given.items : [];
  if (items.some((one) => one === null || typeof one !== "object" || one instanceof Map || one instanceof Sequence)) {
    throw new PythonError("ValueError", "parameters in ParamGroup must be Tensor or ProxyTensor.");
  }
}

/** Tell whether the reader knows of an object that it is handed to something unknown. */
function isTaken(script: Script, argument: Expression): boolean {
  const object = script.nameOf(argument) ?? "";
  return script.notes.some(({ key, filling }) => key === "handed" && Object.values(filling ?? {}).includes(object));
}

function mayChange(script: Script, value: Value, argument: Expression, name: string): boolean {
  if (value instanceof Instance && script.isKept(value)) {
    return (script.isScheduler(value) ? WRAPPING : ADJUSTING).test(name);
  }
  const isObject = value instanceof Class ? value.isUsers : value instanceof Instance;
  const isLeft = isReading(name) && (value instanceof Map || (value instanceof Sequence && value.kind === "list"));
  return (isObject || isLeft || isSet(value)) && isTold(name) && isRelevant(script, argument, value);
}

/** Tell whether the code itself says what parts of something unknown are. */
function isSet(value: Value): boolean {
  return (
    value instanceof Unknown &&
    (value.attributes.size > 0 || value.proposals.size > 0 || Array.from(value.parts.values()).some(isSet))
  );
}

/** Tell whether a scheduler or an optimizer gives its name to what a call makes of it. */
function isReplaced(script: Script, value: Value, node: Call, argument: Expression | undefined): boolean {
  if (argument === undefined || !(value instanceof Instance && script.isKept(value))) {
    return false;
  }
  const names = Array.from(everyStatement(script.parsed.statements)).flatMap((one) =>
    one.type === "assign" && one.value.from === node.from
      ? one.targets.flatMap((target) => (target.type === "sequence" ? target.items : target))
      : [],
  );
  return names.some((target) => script.nameOf(target) === script.nameOf(argument));
}

function tell(script: Script, node: Expression, unknown: Expression, object: Expression): void {
  const [name, kept] = [script.nameOf(unknown) ?? "", script.nameOf(object) ?? ""];
  script.notes.push(note("handed", node, { name, object: kept }));
}

/** Tell whether an argument, or a name that stands for its value or for what has that as an attribute, has a part in what is drawn. */
function isRelevant(script: Script, argument: Expression, value: Value): boolean {
  const names = namesOf(script);
  let found = false;
  walk(argument, (one) => {
    found ||= one.type === "name" && names.has(one.name);
  });
  const isHeld = (held: Value | undefined): boolean =>
    held === value || (held instanceof Instance && Array.from(held.attributes.values()).includes(value));
  return found || Array.from(names).some((name) => isHeld(script.valueOf(name)));
}

/** Note once for each unknown class that it is taken to leave alone what those of the code set that derive from it. */
function kept(script: Script, gap: Unknown, value: Value, node: Expression): void {
  const name = gap.path ?? "";
  const told = note("handed", node, { name, object: script.nameOf(node) ?? "" });
  const begins = told.message.slice(0, told.message.indexOf(":"));
  if (isData(value) && !COMMON.test(name) && !script.notes.some(({ message }) => message.startsWith(begins))) {
    script.notes.push(told);
  }
}

function isData(value: Value): boolean {
  return !(value instanceof Unknown || value instanceof Bound || isCallable(value));
}

function chosen(found: Unknown, among: readonly Value[]): Unknown {
  const parts = among.flatMap((value) => (value instanceof Sequence ? value.items : []));
  const objects = [...among, ...parts].filter(
    (value) => typeof value === "object" && !(value instanceof Unknown || value instanceof Namespace),
  );
  found.choices = [...found.choices, ...objects];
  found.held = [...found.held, ...objects.flatMap(methodsOf)];
  return found;
}

function held(object: Instance, method: string): readonly Value[] {
  const isCalling = isBusy(method) || CALLING.test(method);
  return isCalling && !/Module|Dataset/.test(object.cls.gap()?.path ?? "")
    ? [...object.held, ...methodsOf(object)]
    : object.held;
}

/** Return the methods of an object or a class of the code's own. */
function methodsOf(value: Value): Value[] {
  const cls = value instanceof Instance ? value.cls : value;
  const all = cls instanceof Class ? cls.order.filter(({ isUsers }) => isUsers) : [];
  return all.flatMap(({ methods, attributes }) => [
    ...Array.from(methods).flatMap(([name, one]) => (name === "__init__" ? [] : [new Bound(value, one)])),
    ...Array.from(attributes.values(), (one) => (one instanceof ClassMethod ? new Bound(value, one.method) : one)),
  ]);
}

function* rebound(all: ReadonlyMap<string, Value>, first: ReadonlyMap<string, Value>): Iterable<string> {
  for (const [name, value] of all) {
    if (value !== first.get(name) && !(value instanceof Unknown || value instanceof Namespace)) {
      yield name;
    }
  }
}
