/** OneFlow's own classes, made from the source of the installed ones. */

import { sources } from "./described.ts";
import * as oneflow from "./generated/oneflow.ts";
import { addParamGroup, initOptimizer } from "./groups.ts";
import { once } from "./once.ts";
import { modules as parts } from "./python/attributes.ts";
import { BUILTINS, MODULES } from "./python/builtins.ts";
import { Compiler, type Surroundings } from "./python/compile.ts";
import { Frame } from "./python/functions.ts";
import { statementsOf } from "./python/parse.ts";
import { StatementCompiler } from "./python/statements.ts";
import { Class, Namespace, type Value } from "./python/values.ts";
import { recipeClasses } from "./recipes.ts";

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(oneflow.qualified));

export interface Library {
  /** By the names of the classes; a module may export them under others as well. */
  readonly schedulers: ReadonlyMap<string, Class>;
  readonly optimizers: ReadonlyMap<string, Class>;
  readonly recipes: ReadonlyMap<string, Class>;
  /** What all schedulers but ReduceLROnPlateau derive from. */
  readonly base: Class;
  readonly plateau: Class;
  readonly optimizer: Class;
  /** The modules that an import statement may name. */
  readonly modules: ReadonlyMap<string, Value>;
}

let further: ReadonlyMap<string, Value> = new Map();

/** Let import statements name further modules; those of a page that reads whole scripts are many. */
export function addModules(modules: ReadonlyMap<string, Value>): void {
  further = modules;
}

/** Return what fragments of code use of these modules without an import. */
export function furtherNames(): [string, Value][] {
  const members = ["functools.partial", "types.SimpleNamespace", "dataclasses.dataclass", "dataclasses.field"];
  return [
    ...further,
    ...[["np", further.get("numpy")] as const].flatMap(([name, value]): [string, Value][] =>
      value === undefined ? [] : [[name, value]],
    ),
    ...members.flatMap((path): [string, Value][] => {
      const [module = "", name = ""] = path.split(".");
      const found = further.get(module);
      const value = found instanceof Namespace ? found.members.get(name) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  ];
}

/** Return the modules that were added. */
export function furtherModules(): ReadonlyMap<string, Value> {
  return further;
}

const begun = once(() => {
  const optimizer = new Class("Optimizer", qualify("Optimizer"), null);
  optimizer.methods.set("__init__", initOptimizer);
  optimizer.methods.set("add_param_group", addParamGroup);
  return { optimizer, globals: new Map<string, Value>([...BUILTINS, ...MODULES, ["Optimizer", optimizer]]) };
});
/** The schedulers, class by class: their source is the longest. */
const eachScheduler = oneflow.schedulers
  .split(/\n(?=class )/)
  .map((source) => once(() => classes(source, begun().globals)));
const allSchedulers = once(() => new Map(eachScheduler.flatMap((one) => [...one()])));
const allOptimizers = once(() => classes(oneflow.optimizers, begun().globals));

/** Return the library; it is made when it is first needed. */
export const library = once(load);

/** What makes the library, in short parts; a page that does one after the other can answer its reader in between. */
export const PARTS: readonly (() => void)[] = [...eachScheduler, allOptimizers, library];

function load(): Library {
  const { optimizer, globals } = begun();
  const [schedulers, optimizers] = [allSchedulers(), allOptimizers()];
  const base = schedulers.get("LRScheduler");
  const plateau = schedulers.get("ReduceLROnPlateau");
  if (base === undefined || plateau === undefined) {
    throw new Error("OneFlow's source lacks a class that the engine is built on");
  }
  const recipes = recipeClasses(define(Object.values(sources()).flat().join("\n\n"), globals), base);
  const all = new Map([...modules(schedulers, optimizers, optimizer), ...modulesOfRecipes(recipes)]);
  return { schedulers, optimizers, recipes, base, plateau, optimizer, modules: all };
}

function modulesOfRecipes(recipes: ReadonlyMap<string, Value>): Map<string, Value> {
  const module = new Namespace("lrdoc.recipes", new Map(recipes));
  return new Map<string, Value>([
    ["lrdoc", new Namespace("lrdoc", new Map([["recipes", module]]), true)],
    ["lrdoc.recipes", module],
  ]);
}

function qualify(name: string): string {
  return NAMES.get(name) ?? name;
}

/** Carry out the class definitions of `source`. */
function classes(source: string, globals: Map<string, Value>): Map<string, Class> {
  return new Map(
    Array.from(define(source, globals)).filter((pair): pair is [string, Class] => pair[1] instanceof Class),
  );
}

/** Carry out the definitions of `source`, which stay among the globals; return them. */
export function define(source: string, globals: Map<string, Value>): Map<string, Value> {
  const around: Surroundings = {
    globals,
    located: false,
    user: null,
    qualify,
    missing,
    special: silentPrint,
    item: () => null,
  };
  const compiler = new Compiler(around);
  const run = new StatementCompiler(compiler).body(statementsOf(source));
  const known = new Set(globals.keys());
  run(new Frame(compiler.scope.size, null));
  return new Map(Array.from(globals).filter(([name]) => !known.has(name)));
}

function missing(name: string): never {
  throw new Error(`OneFlow's source uses ${name}, which the engine does not know`);
}

/** Calls of `print` evaluate their arguments, which may raise an exception, and print nothing. */
const silentPrint: Surroundings["special"] = (node, compiler) => {
  if (node.type !== "call" || node.callee.type !== "name" || node.callee.name !== "print") {
    return null;
  }
  const shown = node.given.map((one) => compiler.expression(one.value));
  return (frame) => {
    for (const run of shown) {
      run(frame);
    }
    return null;
  };
};

function modules(
  schedulers: ReadonlyMap<string, Class>,
  optimizers: ReadonlyMap<string, Class>,
  optimizer: Class,
): ReadonlyMap<string, Value> {
  const exported = Object.entries(oneflow.exported).map(([name, cls]) => [name, schedulers.get(cls) ?? null] as const);
  const lrScheduler = new Namespace("oneflow.optim.lr_scheduler", new Map(exported));
  const optim = new Namespace(
    "oneflow.optim",
    new Map<string, Value>([...optimizers, ["Optimizer", optimizer], ["lr_scheduler", lrScheduler]]),
  );
  const math = MODULES.get("math") ?? null;
  const homes = [...schedulers, ...optimizers].map(([name, cls]): [string, Value] => {
    const module = qualify(name).split(".").slice(0, -1).join(".");
    return [module, new Namespace(module, new Map([[name, cls]]))];
  });
  return nested([
    ...homes,
    ["math", math],
    ["oneflow", new Namespace("oneflow", new Map([["optim", optim]]), true)],
    ["oneflow.optim", optim],
    ["oneflow.optim.lr_scheduler", lrScheduler],
  ]);
}

/** Return modules with those whose names are known, each in the one that it is part of. */
function nested(made: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>(made);
  for (const path of parts.paths) {
    const [above, name] = [found.get(path.replace(/\.\w+$/, "")), path.replace(/.*\./, "")];
    found.set(path, found.get(path) ?? new Namespace(path, new Map(), true));
    if (above instanceof Namespace && !above.members.has(name)) {
      above.members.set(name, found.get(path) ?? null);
    }
  }
  return found;
}
