/** PyTorch's schedulers and optimizers as OneFlow's: those of the same name, and those that are ported. */

import { closedForms } from "./closed.ts";
import type { Construction } from "./construction.ts";
import { type Dialect, type Original, speak, type Translation } from "./dialect.ts";
import { foreign } from "./generated/messages.ts";
import { BASE, code, defaults, lacking, needs, parameters, ported, STAND_IN } from "./generated/pytorch.ts";
import { schedulers } from "./generated/schedulers.ts";
import { guesses } from "./guesses.ts";
import { define, type Library, library } from "./library.ts";
import { note } from "./notes.ts";
import { BUILTINS, MODULES } from "./python/builtins.ts";
import { addMessages, locate, Puzzle } from "./python/errors.ts";
import { Func } from "./python/functions.ts";
import type { Actual, Call } from "./python/syntax.ts";
import { Class, Instance, type Keywords, Namespace, repr, Sequence, type Value } from "./python/values.ts";
import { stranger } from "./strangers.ts";
import type { Note } from "./types.ts";

const COMING = "coming-from-pytorch";
const TRANSFORMERS = /^get_/;
/** Where in transformers the functions that make schedulers are found. */
const MODULES_OF_TRANSFORMERS = ["transformers", "transformers.optimization"];
/** What timm's schedulers are called, none of PyTorch's. */
const TIMM = /LRScheduler$/;
/** What of timm is not ported, and the class of OneFlow's that may stand in its place; null for functions that make schedulers of several classes. */
const LACKING_OF_TIMM = new Map([
  ["PlateauLRScheduler", "ReduceLROnPlateau"],
  ["WSDLRScheduler", "LambdaLR"],
  ["create_scheduler", null],
  ["create_scheduler_v2", null],
]);
/** The modules of timm that hold schedulers. */
const MODULES_OF_TIMM = [
  "cosine_lr",
  "multistep_lr",
  "plateau_lr",
  "poly_lr",
  "scheduler_factory",
  "step_lr",
  "tanh_lr",
  "wsd_lr",
];
/** How timm's schedulers make the step of an update. */
const UPDATING = "step_update";
/** How timm's schedulers make a step: they are told the number of those that are done. */
const STEPS_OF_TIMM: ReadonlyMap<string, Func> = new Map(
  Object.entries({ step: "epoch", [UPDATING]: "num_updates" }).map(([method, number]) => [
    method,
    telling(method, number),
  ]),
);

/** The pages of classes, by their names. */
const PAGES: ReadonlyMap<string, string> = new Map(schedulers.map(({ className, name }) => [className, name]));
/** The last parameter of PyTorch's schedulers, until it was taken away; OneFlow has it. */
const FORMER = "verbose";
/** Schedulers that multiply the learning rate that they find. */
const FACTORS: ReadonlySet<string> = new Set(["ConstantLR", "LinearLR", "ExponentialLR", "StepLR", "MultiStepLR"]);
/** How many steps after the last milestone are compared, and how many at most. */
const [COMPARED, MOST_COMPARED] = [1000, 20_000];

/** Install the reading of PyTorch code. */
export function install(): void {
  addMessages(foreign);
  guesses.stranger = stranger;
  speak(() => new PyTorch(library()));
}

function telling(method: string, number: string): Func {
  const parameters = [
    { name: "self", default: undefined },
    { name: number, default: undefined },
    { name: "metric", default: null },
  ];
  return new Func(`Scheduler.${method}`, parameters, { size: parameters.length, cost: 1 }, () => null, null);
}

class PyTorch implements Dialect {
  readonly modules: ReadonlyMap<string, Value>;
  readonly base: Class;
  readonly #schedulers: ReadonlyMap<string, Class>;
  readonly #optimizers: ReadonlyMap<string, Class>;
  readonly #ported: ReadonlyMap<string, Class>;
  /** Stands for what of timm is not ported: a call of it is refused. */
  readonly #refused: ReadonlyMap<string, Class>;
  readonly #library: Library;

  constructor(oneflow: Library) {
    this.#library = oneflow;
    this.#schedulers = schedulersOf(oneflow);
    this.#optimizers = optimizersOf(oneflow);
    const defined = definitionsOf(oneflow);
    this.base = baseOf(defined, oneflow);
    this.#ported = portedOf(defined, oneflow);
    this.#refused = new Map(Array.from(LACKING_OF_TIMM.keys(), (name) => [name, new Class(name, name, oneflow.base)]));
    this.modules = new Map([...this.#modules(), ...this.#modulesOfTimm()]);
  }

  #modules(): ReadonlyMap<string, Value> {
    const { base } = this;
    const own = Array.from(this.#ported).filter(([name]) => !TRANSFORMERS.test(name) && !TIMM.test(name));
    const made = Array.from(this.#ported).filter(([name]) => TRANSFORMERS.test(name));
    const [averaging, others] = [own.filter(([name]) => name === "SWALR"), own.filter(([name]) => name !== "SWALR")];
    const all = [...this.#schedulers, ...others, ["LRScheduler", base], ["_LRScheduler", base]] as const;
    const scheduling = new Namespace("torch.optim.lr_scheduler", new Map<string, Value>(all));
    const swa = new Namespace("torch.optim.swa_utils", new Map<string, Value>(averaging));
    const inside = [
      ["Optimizer", this.#library.optimizer],
      ["lr_scheduler", scheduling],
      ["swa_utils", swa],
    ] as const;
    const optim = new Namespace("torch.optim", new Map<string, Value>([...this.#optimizers, ...inside]));
    const adamw = this.#optimizers.get("AdamW") ?? null;
    const transformers = new Map<string, Value>([...made, ["AdamW", adamw]]);
    return new Map<string, Value>([
      ["torch", new Namespace("torch", new Map([["optim", optim]]), true)],
      ["torch.optim", optim],
      ["torch.optim.lr_scheduler", scheduling],
      ["torch.optim.swa_utils", swa],
      ...MODULES_OF_TRANSFORMERS.map((name) => [name, new Namespace(name, transformers, true)] as const),
    ]);
  }

  #modulesOfTimm(): [string, Namespace][] {
    const drawn = Array.from(this.#ported).filter(([name]) => TIMM.test(name));
    const members = [...drawn, ...this.#refused];
    const inside = MODULES_OF_TIMM.map(
      (name) => [name, new Namespace(`timm.scheduler.${name}`, new Map(members), true)] as const,
    );
    const scheduling = new Namespace("timm.scheduler", new Map<string, Value>([...members, ...inside]), true);
    return [
      ["timm", new Namespace("timm", new Map([["scheduler", scheduling]]), true)],
      ["timm.scheduler", scheduling],
      ...inside.map(([, module]) => [module.name, module] as [string, Namespace]),
    ];
  }

  names(text: string): ReadonlyMap<string, Value> {
    const absent = Array.from(this.#ported);
    if (!/\btorch\b/.test(text) || /\b(oneflow|flow)\b/.test(text)) {
      return new Map(absent);
    }
    const [optim, scheduling] = ["torch.optim", "torch.optim.lr_scheduler"].map((name) => this.modules.get(name));
    const bases = ["LRScheduler", "_LRScheduler"].map((name) => [name, this.base] as const);
    const known = [...this.#schedulers, ...this.#optimizers, ...bases, ...absent];
    const modules = [
      ["torch", this.modules.get("torch") ?? null],
      ["optim", optim ?? null],
    ] as const;
    return new Map<string, Value>([...known, ...modules, ["lr_scheduler", scheduling ?? null]]);
  }

  translation(cls: Class, node: Call, given: readonly Actual[]): Translation | null {
    if (this.#refused.get(cls.name) === cls) {
      const other = LACKING_OF_TIMM.get(cls.name) ?? null;
      const why = other === null ? { name: cls.name } : { name: cls.name, other };
      throw locate(new Puzzle(other === null ? "timmFactory" : "timmLacks", why), node.callee);
    }
    if (this.#ported.get(cls.name) === cls) {
      return {
        names: [],
        more: new Map(),
        notes: [note("torchPorted", node, { name: cls.name }, linkTo("lr_scheduler"))],
      };
    }
    if (cls !== this.base && isBelow(cls, this.base)) {
      return {
        names: [],
        more: new Map(),
        notes: [note("torchOwn", node, { name: cls.name }, linkTo("lr_scheduler"))],
      };
    }
    const owner = cls.above("__init__", 0);
    const known = [cls, owner].find(
      (one) => one !== null && (this.#schedulers.get(one.name) === one || this.#optimizers.get(one.name) === one),
    );
    return known === undefined || known === null ? null : translated(known, node, given);
  }

  differences(made: Construction): readonly Note[] {
    if (made.translation === null || made.instance === null) {
      return [];
    }
    const link = linkTo(PAGES.get(made.cls.name) ?? "lr_scheduler");
    if (fails(made.cls.name, made.instance)) {
      return [note("torchFails", made.node, { name: made.cls.name }, link)];
    }
    if (this.#isOfTimm(made.cls)) {
      const key = made.values.get("t_in_epochs") === false ? "timmUpdates" : "timmEpochs";
      return [note(key, made.node, { name: made.cls.name })];
    }
    const step = differing(made.cls.name, made.instance);
    if (step === "unknown") {
      return [note("torchMayDiffer", made.node, { name: made.cls.name }, link)];
    }
    return step === null ? [] : [note("torchDiffers", made.node, { name: made.cls.name, step }, link)];
  }

  stepping(cls: Class, method: string): Func | null {
    return this.#isOfTimm(cls) ? (STEPS_OF_TIMM.get(method) ?? null) : null;
  }

  #isOfTimm(cls: Class): boolean {
    return TIMM.test(cls.name) && this.#ported.get(cls.name) === cls;
  }

  source(cls: Class): readonly string[] | null {
    const isOurs = cls === this.base || this.#ported.get(cls.name) === cls;
    return isOurs ? (needs[cls.name] ?? []).map((name) => code[name] ?? "") : null;
  }

  above(cls: Class): Original | null {
    const definitions = this.source(cls);
    if (definitions !== null) {
      return { name: cls.name, definitions };
    }
    const init = this.#schedulers.get(cls.name) === cls ? cls.base?.method("__init__") : undefined;
    return init instanceof Func ? adapted(cls.name, init) : null;
  }
}

/** Tell whether PyTorch raises an exception where OneFlow goes on: it divides by the factor that it began with. */
function fails(name: string, { attributes }: Instance): boolean {
  const factor = attributes.get(name === "LinearLR" ? "start_factor" : "factor");
  return (name === "ConstantLR" || name === "LinearLR") && Number(factor) === 0;
}

/** Return the first step at which PyTorch has another learning rate, `null` if there is none. */
function differing(name: string, scheduler: Instance): number | null | "unknown" {
  switch (name) {
    case "SequentialLR":
      return restarting(scheduler);
    case "ConstantLR":
    case "LinearLR":
    case "PolynomialLR":
      return unended(scheduler);
    case "CosineAnnealingWarmRestarts":
      return late(scheduler);
    case "ChainedScheduler":
      return multiplies(scheduler) ? null : "unknown";
    case "StepLR":
    case "MultiStepLR":
      return unmet(scheduler);
    default:
      return null;
  }
}

/** Return the first step at which OneFlow has come to the end, and PyTorch has not and never does: it waits for a step that is equal to the number of steps, or goes no further than the last one before. */
function unended({ attributes }: Instance): number | null {
  const number = (name: string, otherwise: number): number => Number(attributes.get(name) ?? otherwise);
  const total = number("total_iters", number("max_decay_steps", 1));
  const isFlat = attributes.has("factor")
    ? number("factor", 1) === 1
    : number("start_factor", 1) === number("end_factor", 0) || number("power", 1) === 0;
  return isFlat || !Number.isFinite(total) || (Number.isInteger(total) && total > 0)
    ? null
    : Math.max(0, Math.ceil(total));
}

/** Return the first step at which PyTorch restarts and OneFlow does a step later: the logarithm by which it finds the cycle is rounded. */
function late(scheduler: Instance): number | null {
  const [size, factor, low] = ["T_0", "T_mult", "eta_min"].map((name) => Number(scheduler.attributes.get(name)));
  const form = closedForms(scheduler, 1)?.[0];
  if (form === undefined || size === undefined || factor === undefined || low === undefined || factor < 2) {
    return null;
  }
  let [step, length] = [size, size * factor];
  while (step < MOST_COMPARED && form(low + 1, step) > form(low + 1, step + 1)) {
    [step, length] = [step + length, length * factor];
  }
  return step < MOST_COMPARED ? step : null;
}

/** Return the first step at which OneFlow lowers a rate and PyTorch does not, which waits for a step that is equal to a milestone. */
function unmet({ attributes }: Instance): number | null {
  const [milestones, size] = [attributes.get("milestones"), attributes.get("step_size")];
  const given = (milestones instanceof Sequence ? milestones.items : [size ?? 0n]).map(Number);
  const odd = given.filter((one) => one < 0 || !Number.isInteger(one));
  return odd.length === 0 || Number(attributes.get("gamma")) === 1 ? null : Math.max(0, Math.ceil(Math.min(...odd)));
}

/** Compare a SequentialLR with one that starts each scheduler at its own step 0, as PyTorch's does. */
function restarting(scheduler: Instance): number | null | "unknown" {
  const milestones = scheduler.attributes.get("milestones");
  const steps = milestones instanceof Sequence ? milestones.items.map(Number) : [];
  const restarted = new Instance(scheduler.cls);
  for (const [name, value] of scheduler.attributes) {
    restarted.attributes.set(name, value);
  }
  restarted.attributes.set("interval_rescaling", new Sequence(steps.map(() => true)));
  const [form, other] = [scheduler, restarted].map((one) => closedForms(one, 1)?.[0]);
  if (form === undefined || other === undefined) {
    return steps.length === 0 ? null : "unknown";
  }
  const last = Math.min(Math.max(0, ...steps) + COMPARED, MOST_COMPARED);
  for (let step = Math.min(last, ...steps); step < last; step += 1) {
    if (Math.abs(form(1, step) - other(1, step)) > 1e-9) {
      return step;
    }
  }
  return null;
}

/** Tell whether all links of a chain multiply what they find, in PyTorch as in OneFlow. */
function multiplies(scheduler: Instance): boolean {
  const links = scheduler.attributes.get("schedulers");
  return links instanceof Sequence && links.items.every((one) => one instanceof Instance && FACTORS.has(one.cls.name));
}

function linkTo(page: string): string {
  return `reference/${page}#${COMING}`;
}

function translated(cls: Class, node: Call, given: readonly Actual[]): Translation {
  const known = parameters[cls.name] ?? [];
  const renamed = new Map(known);
  const placed = given.filter(({ keyword }) => keyword === null);
  const asked = given.map((one) => one.keyword ?? known[placed.indexOf(one)]?.[0] ?? FORMER);
  const names = asked.map((name) => (renamed.has(name) ? renamed.get(name) : name));
  const more = Object.entries(defaults[cls.name] ?? {}).filter(([name]) => !names.includes(name));
  const other = cls.base?.name ?? cls.name;
  const notes = asked.flatMap((parameter, at): Note[] => {
    const [name, actual] = [names[at], given[at]?.value ?? node];
    if (name === null) {
      return [note("torchLeftOut", actual, { parameter, name: other })];
    }
    if (!renamed.has(parameter) && parameter !== FORMER) {
      return [
        note("torchArgument", actual, { parameter, name: cls.name }, linkTo(PAGES.get(cls.name) ?? "lr_scheduler")),
      ];
    }
    return name === parameter
      ? []
      : [note("torchRenamed", actual, { parameter, name: cls.name, other: name ?? parameter }, linkTo("lr_scheduler"))];
  });
  const set = more.map(([parameter, value]) => note("torchSet", node, { name: other, parameter, value }));
  const standing = lacking.includes(cls.name) ? [note("torchStandIn", node, { name: cls.name, other: STAND_IN })] : [];
  const values = more.map(([name, value]) => [name, numberOf(value)] as const);
  return { names, more: new Map(values), notes: [...standing, ...notes, ...set] };
}

/** Return a number that is written as Python writes it. */
function numberOf(text: string): Value {
  return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
}

/** Return a class for each of PyTorch's that OneFlow has: a class of its own, so that calls of it can be told from OneFlow's. */
function schedulersOf({ schedulers }: Library): ReadonlyMap<string, Class> {
  const shared = Array.from(schedulers).filter(([name]) => name in parameters);
  return new Map(shared.map(([name, cls]) => [name, takingPyTorch(name, cls)]));
}

/** Return a class for one of PyTorch's, whose constructor takes PyTorch's arguments: classes of the code's own that derive from it give it those. */
function takingPyTorch(name: string, oneflow: Class): Class {
  const cls = new Class(name, oneflow.qualified, oneflow);
  const init = oneflow.method("__init__");
  if (init instanceof Func) {
    cls.methods.set("__init__", new Taking(name, init));
  }
  return cls;
}

/** A constructor of OneFlow's that takes the arguments of PyTorch's, those by name also as OneFlow calls them. */
class Taking extends Func {
  readonly #name: string;
  readonly #init: Func;

  constructor(name: string, init: Func) {
    super(init.name, init.parameters, { size: 0, cost: 0 }, () => null, null);
    this.#name = name;
    this.#init = init;
  }

  override call([self = null, ...given]: readonly Value[], keywords: Keywords | null): Value {
    const known = parameters[this.#name] ?? [];
    const placed = given.map((value, at) => [known[at]?.[0] ?? FORMER, value] as const);
    return this.#init.call([self], renamed(this.#name, [...placed, ...(keywords ?? [])]));
  }
}

/** Return a class of OneFlow's that takes PyTorch's arguments, as code. */
function adapted(name: string, init: Func): Original {
  const known = parameters[name] ?? [];
  const usual = new Map(init.parameters.map((one) => [one.name, one.default] as const));
  const formals = known.map(([theirs, ours]) => {
    const value = ours === null ? null : usual.get(ours);
    const text = defaults[name]?.[ours ?? ""] ?? (value === undefined ? null : repr(value));
    return text === null ? theirs : `${theirs}=${text}`;
  });
  const given = known.flatMap(([theirs, ours]) => (ours === null ? [] : [`${ours}=${theirs}`]));
  const set = Object.entries(defaults[name] ?? {}).filter(([ours]) => !known.some(([, one]) => one === ours));
  const actuals = [...given, ...set.map(([ours, text]) => `${ours}=${text}`)];
  const own = `PyTorch${name}`;
  const lines = [
    `class ${own}(${name}):`,
    `    """${name} that takes PyTorch's arguments."""`,
    "",
    `    def __init__(self, ${[...formals, `${FORMER}=None`].join(", ")}):`,
    `        super().__init__(${actuals.join(", ")})`,
  ];
  return { name: own, definitions: [lines.join("\n")] };
}

/** Return the arguments of one of PyTorch's classes under the names that OneFlow has for them. */
function renamed(name: string, given: readonly (readonly [string, Value])[]): Map<string, Value> {
  const known = new Map([...(parameters[name] ?? []), [FORMER, null] as const]);
  const found = new Map<string, Value>();
  for (const [parameter, value] of given) {
    const own = known.has(parameter) ? known.get(parameter) : parameter;
    if (own !== null && own !== undefined) {
      found.set(own, value);
    }
  }
  for (const [parameter, text] of Object.entries(defaults[name] ?? {})) {
    found.set(parameter, found.get(parameter) ?? numberOf(text));
  }
  return found;
}

function optimizersOf({ optimizers }: Library): ReadonlyMap<string, Class> {
  const standIn = optimizers.get(STAND_IN);
  const names = [...optimizers.keys(), ...lacking].filter((name) => name in parameters);
  return new Map(
    names.flatMap((name) => {
      const cls = optimizers.get(name) ?? standIn;
      return cls === undefined ? [] : [[name, takingPyTorch(name, cls)] as const];
    }),
  );
}

/** Carry out the definitions of what is ported. */
function definitionsOf({ schedulers, base }: Library): ReadonlyMap<string, Value> {
  const known = [
    ["LambdaLR", lambdaOf(schedulers)],
    ["_LRScheduler", base],
  ] as const;
  const globals = new Map<string, Value>([...BUILTINS, ...MODULES, ...known]);
  return define(Object.values(code).join("\n\n"), globals);
}

function lambdaOf(schedulers: Library["schedulers"]): Class {
  const lambda = schedulers.get("LambdaLR");
  if (lambda === undefined) {
    throw new Error("OneFlow's source lacks LambdaLR");
  }
  return lambda;
}

/** Return what stands for the class that PyTorch's schedulers derive from: OneFlow's own derive from it as well. */
function baseOf(defined: ReadonlyMap<string, Value>, { base }: Library): Class {
  const ours = defined.get(BASE);
  if (!(ours instanceof Class)) {
    throw new Error(`what is ported lacks ${BASE}`);
  }
  ours.replaced = base;
  return ours;
}

/** Tell whether a class derives from another by its bases. */
function isBelow(cls: Class, above: Class): boolean {
  return cls.order.includes(above);
}

/** Return each ported function as a class: what it makes is a LambdaLR of this name. */
function portedOf(defined: ReadonlyMap<string, Value>, { schedulers }: Library): ReadonlyMap<string, Class> {
  const lambda = lambdaOf(schedulers);
  return new Map(
    ported.flatMap((name) => {
      const make = defined.get(name);
      return make instanceof Func ? [[name, classOf(name, lambda, make)] as const] : [];
    }),
  );
}

function classOf(name: string, lambda: Class, make: Func): Class {
  const cls = new Class(name, lambda.qualified, lambda);
  const formals = [{ name: "self", default: undefined }, ...make.parameters];
  const init = new Func(
    name,
    formals,
    { size: formals.length, cost: 1 },
    ({ slots }) => {
      const [self, ...given] = slots.map((value) => value ?? null);
      const made = make.call(given, null);
      if (self instanceof Instance && made instanceof Instance) {
        for (const [attribute, value] of made.attributes) {
          self.attributes.set(attribute, value);
        }
      }
      return null;
    },
    null,
  );
  cls.methods.set("__init__", init);
  const updates = TIMM.test(name) ? STEPS_OF_TIMM.get(UPDATING) : undefined;
  if (updates !== undefined) {
    cls.methods.set(UPDATING, updates);
  }
  return cls;
}
