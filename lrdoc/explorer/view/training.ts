/** A training as its reader tells it: how many updates it has, and the code of its schedule and its loop. */

import { inGraph } from "../engine/generated/recipes.ts";
import { schedulers, sources } from "../engine/index.ts";

/** What happens to the learning rate after the warmup; each is a recipe. */
export type Shape = "cosine" | "linear" | "stable" | "steps" | "one_cycle" | "constant" | "endless";
export const SHAPES: readonly Shape[] = ["cosine", "linear", "stable", "steps", "one_cycle", "constant", "endless"];

/** What a warmup is counted in. */
export type Unit = "updates" | "epochs" | "percent";
export const UNITS: readonly Unit[] = ["updates", "epochs", "percent"];

export interface Training {
  readonly epochs: number;
  /** Images, or other examples, of the training set. */
  readonly images: number;
  /** Images that one process puts through the model at a time. */
  readonly batchSize: number;
  readonly processes: number;
  /** Batches whose gradients one update adds up. */
  readonly accumulation: number;
  /** Whether the last batch of an epoch is left out where it is smaller than the others. */
  readonly dropLast: boolean;
  readonly graph: boolean;
  /** The largest learning rate, which the optimizer is given. */
  readonly lr: number;
  readonly warmup: number;
  readonly unit: Unit;
  readonly shape: Shape;
  /** Percent of the learning rate that are left at the end. */
  readonly end: number;
  /** Percent of the training that the fall at its end takes. */
  readonly decay: number;
  /** Epochs after which the learning rate falls to a tenth. */
  readonly milestones: readonly number[];
}

export const EXAMPLE: Training = {
  epochs: 20,
  images: 50_000,
  batchSize: 128,
  processes: 1,
  accumulation: 1,
  dropLast: false,
  graph: false,
  lr: 0.1,
  warmup: 5,
  unit: "percent",
  shape: "cosine",
  end: 0,
  decay: 20,
  milestones: [10, 15],
};

/** The numbers of a training that follow from what is told. */
export interface Length {
  /** Batches that a process loads in an epoch; in Graph mode one holds those of a whole update. */
  readonly batches: number;
  /** Updates in an epoch. */
  readonly updates: number;
  /** Updates in all: so often the scheduler is stepped. */
  readonly total: number;
  /** Updates that the warmup takes. */
  readonly warmup: number;
  /** Updates that the fall at the end takes. */
  readonly decay: number;
}

/** Return the counts as OneFlow's DataLoader and DistributedSampler make them, and as the loop of `writtenCode` does. */
export function lengthOf(training: Training): Length {
  const { epochs, images, batchSize, processes, accumulation, graph } = training;
  const each = Math.ceil(images / processes);
  // A graph takes tensors of one shape alone, and all batches of an update at once.
  const loaded = graph ? batchSize * accumulation : batchSize;
  const batches = isDropping(training) ? Math.floor(each / loaded) : Math.ceil(each / loaded);
  const updates = graph ? batches : Math.ceil(batches / accumulation);
  const total = epochs * updates;
  const units: Record<Unit, number> = {
    updates: training.warmup,
    epochs: training.warmup * updates,
    percent: Math.floor((total * training.warmup) / 100),
  };
  const decay = Math.max(1, Math.floor((total * training.decay) / 100));
  return { batches, updates, total, warmup: units[training.unit], decay };
}

/** Tell whether the last batch of an epoch is left out where it is smaller: in Graph mode it has to be. */
export function isDropping({ dropLast, graph }: Training): boolean {
  return dropLast || graph;
}

/** What a shape is made of: the recipe, and its arguments as code. */
interface Call {
  readonly recipe: string;
  readonly given: (training: Training) => Readonly<Record<string, string>>;
}

const TOTAL = { total_steps: "total_steps" };
const WARMUP = { warmup_steps: "warmup_steps" };

const CALLS: Readonly<Record<Shape, Call>> = {
  cosine: { recipe: "warmup_cosine", given: ({ end }) => ({ ...TOTAL, ...WARMUP, ...ratio(end) }) },
  linear: { recipe: "warmup_linear", given: () => ({ ...TOTAL, ...WARMUP }) },
  stable: {
    recipe: "warmup_stable_decay",
    given: ({ end }) => ({ ...TOTAL, ...WARMUP, decay_steps: "decay_steps", ...ratio(end) }),
  },
  steps: { recipe: "step_with_warmup", given: () => ({ milestones: "milestones", ...WARMUP }) },
  one_cycle: { recipe: "one_cycle", given: () => ({ ...TOTAL, pct_start: "warmup_steps / total_steps" }) },
  constant: { recipe: "warmup_constant", given: () => WARMUP },
  endless: { recipe: "inverse_sqrt", given: () => WARMUP },
};

/** A line that ends above 0. */
const LINE_TO: Call = {
  recipe: "warmup_polynomial",
  given: ({ end, lr }) => ({ ...TOTAL, ...WARMUP, power: "1.0", end_lr: `${number(end / 100)} * ${number(lr)}` }),
};

/** The shapes that Graph mode takes as a table of factors: their recipes return a LambdaLR. */
const TABLES: readonly Shape[] = ["one_cycle", "endless"];

/** Return the name of the recipe that makes the schedule. */
export function recipeOf(training: Training): string {
  return callFor(training).recipe;
}

function callFor({ shape, end }: Training): Call {
  return shape === "linear" && end > 0 ? LINE_TO : CALLS[shape];
}

/** Return code that makes the scheduler, for the engine, which knows the recipes: `optimizer` is the reader's. */
export function drawnCode(training: Training): string {
  return [...numbersOf(training), "", `scheduler = ${callOf(training)}`].join("\n");
}

/** Return the whole code: the numbers, the recipe's function, and the loop; `dataset`, `model` and `loss_function` are the reader's. */
export function writtenCode(training: Training): string {
  const { graph, processes } = training;
  const functions = functionsOf(training);
  const parts = [
    importsOf(functions.join("\n")).join("\n"),
    numbersOf(training).slice(1).join("\n").trimStart(),
    ...functions.map((source) => `\n${source}\n`),
    [...loaderOf(training), ...(processes > 1 ? parallelOf(graph) : []), ...schedulerOf(training)].join("\n"),
    (graph ? graphLoop : eagerLoop)(training).join("\n"),
  ];
  return `${parts.join("\n\n").replace(/\n{4,}/g, "\n\n\n")}\n`;
}

function isTable({ graph, shape }: Training): boolean {
  return graph && TABLES.includes(shape);
}

function functionsOf(training: Training): readonly string[] {
  return [...(sources()[recipeOf(training)] ?? []), ...(isTable(training) ? inGraph : [])];
}

function importsOf(functions: string): string[] {
  const used = schedulers
    .map(({ className }) => className)
    .filter((name) => new RegExp(`\\b${name}\\b`).test(functions));
  return ["import math", "import oneflow as flow", `from oneflow.optim.lr_scheduler import ${used.join(", ")}`];
}

/** Return the lines that compute the numbers of steps. */
function numbersOf(training: Training): string[] {
  const { epochs, images, batchSize, processes, accumulation, graph, shape } = training;
  const length = lengthOf(training);
  const each = processes > 1 ? "images_per_process" : "images";
  const loaded = graph && accumulation > 1 ? "(batch_size * accumulation)" : "batch_size";
  const batches = isDropping(training) ? `${each} // ${loaded}` : `math.ceil(${each} / ${loaded})`;
  const isAddedUp = accumulation > 1 && !graph;
  return [
    "import math",
    "",
    `epochs, images, batch_size = ${epochs}, ${images}, ${batchSize}`,
    ...(processes > 1 ? [`processes = ${processes}`, "images_per_process = math.ceil(images / processes)"] : []),
    ...(accumulation > 1 ? [`accumulation = ${accumulation}`] : []),
    `batches_per_epoch = ${batches}  # len(loader)`,
    `updates_per_epoch = ${isAddedUp ? "math.ceil(batches_per_epoch / accumulation)" : "batches_per_epoch"}`,
    `total_steps = epochs * updates_per_epoch  # ${length.total}`,
    `warmup_steps = ${warmupOf(training)}  # ${length.warmup}`,
    ...(shape === "stable" ? [`decay_steps = max(1, total_steps * ${training.decay} // 100)  # ${length.decay}`] : []),
    ...(shape === "steps"
      ? [`milestones = [epoch * updates_per_epoch for epoch in [${training.milestones.join(", ")}]]`]
      : []),
  ];
}

function warmupOf({ warmup, unit }: Training): string {
  const units: Record<Unit, string> = {
    updates: String(warmup),
    epochs: `${warmup} * updates_per_epoch`,
    percent: `total_steps * ${warmup} // 100`,
  };
  return units[unit];
}

function callOf(training: Training): string {
  const { recipe, given } = callFor(training);
  const named = Object.entries(given(training)).map(([name, value]) => `${name}=${value}`);
  const whole = `${recipe}(optimizer, ${named.join(", ")})`;
  return whole.length <= 72 ? whole : `${recipe}(\n${["optimizer", ...named].map((one) => `    ${one},\n`).join("")})`;
}

function loaderOf(training: Training): string[] {
  const { processes, accumulation, graph } = training;
  const size = graph && accumulation > 1 ? "batch_size * accumulation" : "batch_size";
  const last = isDropping(training) ? "True" : "False";
  if (processes === 1) {
    return [`loader = flow.utils.data.DataLoader(dataset, ${size}, shuffle=True, drop_last=${last})`];
  }
  return [
    "sampler = flow.utils.data.distributed.DistributedSampler(",
    "    dataset, num_replicas=processes, rank=flow.env.get_rank()",
    ")",
    `loader = flow.utils.data.DataLoader(dataset, ${size}, sampler=sampler, drop_last=${last})`,
  ];
}

function parallelOf(graph: boolean): string[] {
  return graph
    ? ['placement = flow.placement.all("cuda")', "model = model.to_global(placement=placement, sbp=flow.sbp.broadcast)"]
    : ["model = flow.nn.parallel.DistributedDataParallel(model)"];
}

function schedulerOf(training: Training): string[] {
  const optimizer = `optimizer = flow.optim.SGD(model.parameters(), lr=${number(training.lr)})`;
  const scheduler = `scheduler = ${callOf(training)}`;
  return [optimizer, scheduler, ...(isTable(training) ? ["scheduler = in_graph(scheduler, steps=total_steps)"] : [])];
}

function eagerLoop({ processes, accumulation }: Training): string[] {
  const update = ["optimizer.step()", "optimizer.zero_grad()", "scheduler.step()"];
  const batch =
    accumulation > 1
      ? [
          "    for batch, (inputs, targets) in enumerate(loader, start=1):",
          "        (loss_function(model(inputs), targets) / accumulation).backward()",
          "        if batch % accumulation == 0 or batch == batches_per_epoch:",
          ...update.map((line) => `            ${line}`),
        ]
      : [
          "    for inputs, targets in loader:",
          "        loss_function(model(inputs), targets).backward()",
          ...update.map((line) => `        ${line}`),
        ];
  return [...epochOf(processes), ...batch];
}

function graphLoop({ processes, accumulation }: Training): string[] {
  const spread = processes > 1 ? ".to_global(placement, flow.sbp.split(0))" : "";
  const call =
    processes > 1
      ? ["training(", `            inputs${spread},`, `            targets${spread},`, "        )"]
      : ["training(inputs, targets)"];
  return [
    "",
    "class Training(flow.nn.Graph):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.model, self.loss_function = model, loss_function",
    ...(accumulation > 1 ? ["        self.config.set_gradient_accumulation_steps(accumulation)"] : []),
    "        self.add_optimizer(optimizer, lr_sch=scheduler)",
    "",
    "    def build(self, inputs, targets):",
    "        loss = self.loss_function(self.model(inputs), targets)",
    "        loss.backward()",
    "        return loss",
    "",
    "",
    "training = Training()",
    ...epochOf(processes),
    "    for inputs, targets in loader:",
    `        ${call.join("\n")}`,
  ];
}

function epochOf(processes: number): string[] {
  return ["for epoch in range(epochs):", ...(processes > 1 ? ["    sampler.set_epoch(epoch)"] : [])];
}

function ratio(end: number): Readonly<Record<string, string>> {
  return end === 0 ? {} : { min_lr_ratio: number(end / 100) };
}

/** Return a number as Python writes a float. */
function number(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
