/** The scripts that the button "Copy code" gives for the example of every page and for those of the playground: a JSON list on stdout. */

import { look, recipes, schedulers } from "../../lrdoc/explorer/engine/index.ts";
import { install } from "../../lrdoc/explorer/engine/recipebook.ts";
import { exampleOf } from "../../lrdoc/explorer/view/examples.ts";
import { runnable } from "../../lrdoc/explorer/view/runnable.ts";
import type { State } from "../../lrdoc/explorer/view/state.ts";

install();

const BARE = [
  "scheduler = StepLR(optimizer, step_size=n, gamma=0.5)",
  "from oneflow.optim.lr_scheduler import *\nscheduler = StepLR(optimizer, n)",
  "import oneflow as flow\nmodel = flow.nn.Linear(2, 2)\noptimizer = flow.optim.SGD(model.parameters(), lr=n)\nscheduler = flow.optim.lr_scheduler.StepLR(optimizer, 3)",
  "sgd = lambda: flow.optim.SGD(model.parameters(), lr=0.1)\nscheduler = WarmupLR(StepLR(sgd(), 3), warmup_iters=2)",
];
const PRESETS = [...schedulers, ...recipes()].flatMap(({ presets }) => presets.map((one) => exampleOf(one).state));

function copied(state: Pick<State, "code" | "lr" | "names">): { script: string; lr: number[] } {
  const looked = look(state.code, { ...state, steps: 3, metrics: [1] });
  return { script: runnable(state, looked), lr: Array.from(looked.curves[0]?.lr ?? []) };
}

const own = BARE.map((code) => ({ code, lr: 0.2, names: { n: 4 } }));
process.stdout.write(JSON.stringify([...PRESETS, ...own].map(copied)));
