/** The param groups of optimizers: dicts of options, as OneFlow's `ParamGroup` is seen through its items. */

import { guesses } from "./guesses.ts";
import type { Nature } from "./nature.ts";
import { type Compiler, dotted, type Evaluate } from "./python/compile.ts";
import { spend } from "./python/effort.ts";
import { Puzzle, PythonError, typeError } from "./python/errors.ts";
import type { Frame } from "./python/functions.ts";
import { type Expression, walk } from "./python/syntax.ts";
import {
  type Callable,
  Class,
  type Dict,
  groups,
  Instance,
  isDict,
  item,
  Sequence,
  Unknown,
  type Value,
} from "./python/values.ts";

const GENERATOR = new Class("generator", "generator", null);
/** Methods that return parameters, never param groups with learning rates of their own. */
const OF_A_MODEL: ReadonlySet<string> = new Set(["parameters", "named_parameters"]);

/** Parameters of a model: what they are has no part in a learning rate. */
class ModelParameters extends Instance {
  /** What the code calls them; null where it does not show it. */
  readonly label: string | null;

  constructor(label: string | null) {
    super(GENERATOR);
    this.label = label;
  }
}

interface Held {
  /** What the optimizer was made with, which a group holds unless it says otherwise. */
  readonly defaults: Dict;
  readonly labels: WeakMap<Dict, string | null>;
  readonly isPyTorch: boolean;
}

const HELD = new WeakMap<Instance, Held>();
const GROUPS = new WeakSet<Dict>();
/** What making a group costs, as `spend` counts it. */
const GROUP_COST = 200;

/** Tell whether a dict is a param group of an optimizer. */
export function isGroup(dict: Dict): boolean {
  return GROUPS.has(dict);
}

/** Compile the parameters of a group: what is not understood in it stands for parameters. */
export function parameters(node: Expression, compiler: Compiler): Evaluate {
  const run = compiler.expression(node);
  const label = labelOf(node, compiler);
  return (frame) => {
    try {
      const value = run(frame);
      return value instanceof Unknown ? new ModelParameters(label(frame)) : value;
    } catch (error) {
      if (error instanceof Puzzle && !error.reported) {
        return new ModelParameters(label(frame));
      }
      throw error;
    }
  };
}

/** Compile the value of `"params"` in a dict, and nothing else. */
export function ofGroup(key: Expression, value: Expression, compiler: Compiler): Evaluate | null {
  return key.type === "constant" && key.value === "params" ? parameters(value, compiler) : null;
}

/** Compile an optimizer's first argument: where it is not understood, and is no param groups, it stands for parameters. */
export function trained(node: Expression, nature: Nature, compiler: Compiler): Evaluate {
  if (nature !== "groups") {
    return parameters(node, compiler);
  }
  const run = compiler.expression(node);
  return (frame) => {
    const value = run(frame);
    if (value instanceof Unknown) {
      throw new Puzzle("groups");
    }
    return value;
  };
}

/** Return how the code calls the parameters: `backbone` for `model.backbone.parameters()`. */
function labelOf(node: Expression, compiler: Compiler): (frame: Frame) => string | null {
  const model = modelOf(node);
  if (model?.type === "call" && model.callee.type === "name" && model.callee.name === "getattr") {
    const [, name] = model.given;
    const run = name === undefined ? null : compiler.expression(name.value);
    return (frame) => textOf(() => run?.(frame) ?? null);
  }
  const path = dotted(model ?? node);
  return () => path?.split(".").at(-1) ?? null;
}

function textOf(run: () => Value): string | null {
  try {
    const value = run();
    return typeof value === "string" ? value : null;
  } catch (error) {
    if (error instanceof Puzzle || error instanceof PythonError) {
      return null;
    }
    throw error;
  }
}

/** Return what `.parameters()` is called on. */
function modelOf(node: Expression): Expression | null {
  let found: Expression | null = null;
  walk(node, (one) => {
    if (one.type === "call" && one.callee.type === "attribute" && OF_A_MODEL.has(one.callee.name)) {
      found ??= one.callee.object;
    }
  });
  return found;
}

/** Give a new optimizer the groups that `params` holds, or one for all parameters; PyTorch's groups have the parameters as an item, OneFlow's do not. */
export function arrange(optimizer: Instance, params: Value, defaults: Dict, isPyTorch = false): void {
  HELD.set(optimizer, { defaults, labels: new WeakMap(), isPyTorch });
  optimizer.attributes.set("_default_options", defaults);
  const items = params instanceof Sequence ? params.items : [];
  if (params instanceof Sequence && items.length === 0) {
    throw new PythonError("IndexError", "list index out of range");
  }
  optimizer.attributes.set("param_groups", new Sequence([]));
  const given = isDict(items[0]) ? items : [new Map<Value, Value>([["params", params]])];
  for (const group of given) {
    if (!(isDict(group) && group.has("params"))) {
      throw new PythonError("AssertionError", "");
    }
    add(optimizer, group);
  }
}

/** Tell whether an optimizer has its groups: a class of the code's own calls the constructor of `Optimizer`. */
export function isArranged(optimizer: Instance): boolean {
  return HELD.has(optimizer);
}

/** The constructor of `Optimizer`. */
export const initOptimizer: Callable = {
  callable: "function",
  name: "Optimizer.__init__",
  call(given, keywords) {
    const [optimizer, params = keywords?.get("params") ?? keywords?.get("parameters") ?? null] = given;
    const defaults = given[2] ?? keywords?.get("defaults") ?? keywords?.get("options");
    if (!(optimizer instanceof Instance && defaults instanceof Map)) {
      throw new Puzzle("notUnderstood");
    }
    arrange(optimizer, params, defaults, true);
    return null;
  },
};

/** The method `add_param_group`. */
export const addParamGroup: Callable = {
  callable: "function",
  name: "Optimizer.add_param_group",
  call(given, keywords) {
    const [optimizer, group = keywords?.get("param_group")] = given;
    if (!(optimizer instanceof Instance) || group === undefined || given.length + (keywords?.size ?? 0) !== 2) {
      throw typeError("Optimizer.add_param_group() takes a param group");
    }
    if (!(group instanceof Map)) {
      throw new PythonError("AssertionError", "param group must be a dict");
    }
    item(group, "params"); // raises KeyError where there are none
    add(optimizer, group);
    return null;
  },
};

function add(optimizer: Instance, given: Dict): void {
  const held = HELD.get(optimizer);
  const all = optimizer.attributes.get("param_groups");
  if (held === undefined || !(all instanceof Sequence)) {
    throw new TypeError("the optimizer was made without groups");
  }
  spend(GROUP_COST + given.size);
  const group: Dict = new Map([...held.defaults, ...given]);
  if (held.isPyTorch) {
    group.set("params", new Sequence([new Unknown(null, new Puzzle("notUnderstood"))]));
  } else {
    guesses.parameters(given.get("params") ?? null);
    group.delete("params");
    groups.add(group);
  }
  all.items.push(group);
  GROUPS.add(group);
  held.labels.set(group, named(given));
}

function named(given: Dict): string | null {
  const [name, params] = [given.get("name") ?? null, given.get("params") ?? null];
  return typeof name === "string" ? name : params instanceof ModelParameters ? params.label : null;
}

/** Return the groups of an optimizer, in their order. */
export function groupsOf(optimizer: Value | undefined): readonly Dict[] {
  const groups = optimizer instanceof Instance ? optimizer.attributes.get("param_groups") : undefined;
  return groups instanceof Sequence ? groups.items.filter((one): one is Dict => one instanceof Map) : [];
}

/** Return the name of each group: what it holds, as far as the code shows it and no two are called the same, else its place. */
export function labelsOf(optimizer: Instance): string[] {
  const labels = HELD.get(optimizer)?.labels;
  const known = groupsOf(optimizer).map((group) => labels?.get(group) ?? null);
  return known.map((label, at) =>
    label !== null && known.filter((other) => other === label).length === 1 ? label : String(at),
  );
}
