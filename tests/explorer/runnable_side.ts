/** The scripts that the button "Copy code" gives for the example of every page and for those of the playground: a JSON list on stdout. */

import { look, recipes, schedulers } from "../../lrdoc/explorer/engine/index.ts";
import { install } from "../../lrdoc/explorer/engine/recipebook.ts";
import { install as installScripts } from "../../lrdoc/explorer/engine/scripts/install.ts";
import { script } from "../../lrdoc/explorer/playground/script.ts";
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
/** Pasted code, which takes for granted what the playground asks for, and modules and models. */
const PASTED: readonly (readonly [string, State["names"]])[] = [
  [
    "optimizer = flow.optim.SGD(net.parameters(), lr=args.lr)\nscheduler = StepLR(optimizer, step_size=args.train.step)",
    { "args.lr": 0.3, "args.train.step": 2 },
  ],
  [
    "optimizer = SGD(model.parameters(), lr=cfg['lr'])\nscheduler = CosineDecayLR(optimizer, cfg['train']['epochs'] * len(loader))",
    { 'cfg["lr"]': 0.3, 'cfg["train"]["epochs"]': 2, "len(loader)": 5 },
  ],
  [
    "optimizer = optim.SGD([{'params': self.model.parameters()}], lr=n)\nscheduler = lr_scheduler.StepLR(optimizer, steps_of(3), cfg.get('gamma', 0.5))",
    { n: 0.4, "steps_of(3)": 2, 'cfg.get("gamma")': 0.25 },
  ],
  ["scheduler = LambdaLR(optimizer, lambda step: np.cos(step / 10))", {}],
];
const PRESETS = [...schedulers, ...recipes()].flatMap(({ presets }) => presets.map((one) => exampleOf(one).state));

type Asked = Pick<State, "code" | "lr" | "names">;

function copied(state: Asked, write: typeof runnable): { script: string; lr: number[] } {
  const looked = look(state.code, { ...state, steps: 3, metrics: [1] });
  return { script: write(state, looked), lr: Array.from(looked.curves[0]?.lr ?? []) };
}

const own: readonly Asked[] = BARE.map((code) => ({ code, lr: 0.2, names: { n: 4 } }));
const found = [...PRESETS, ...own].flatMap((state) => [copied(state, runnable), copied(state, script)]);
installScripts();
found.push(...PASTED.map(([code, names]) => copied({ code, lr: 0.2, names }, script)));
process.stdout.write(JSON.stringify(found));
