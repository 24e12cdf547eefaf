import assert from "node:assert/strict";
import { test } from "node:test";
import { asOneFlow } from "../../../lrdoc/explorer/engine/asoneflow.ts";
import { look } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/pytorch.ts";

install();

const SGD = "o = torch.optim.SGD(m.parameters(), lr=1)\n";
const SAME = [0, 1, 2, 3].map((step) => 0.5 ** step);

function curve(code: string): number[] {
  const { curves, errors } = look(code, { steps: 4, lr: 1 });
  assert.deepEqual(errors, [], code);
  return Array.from(curves[0]?.lr ?? []);
}

function keys(code: string): string[] {
  return look(code).notes.map(({ key }) => key);
}

test("PyTorch's names are read as OneFlow's in every form of import, and without one", () => {
  for (const code of [
    `import torch\n${SGD}torch.optim.lr_scheduler.ExponentialLR(o, 0.5)`,
    `import torch.optim as optim\no = optim.SGD(m.parameters(), lr=1)\noptim.lr_scheduler.ExponentialLR(o, 0.5)`,
    "from torch import optim\no = optim.SGD(m.parameters(), lr=1)\noptim.lr_scheduler.ExponentialLR(o, 0.5)",
    `import torch\nfrom torch.optim import lr_scheduler\n${SGD}lr_scheduler.ExponentialLR(o, 0.5)`,
    "import torch.optim.lr_scheduler as s\ns.ExponentialLR(optimizer, 0.5)",
    "from torch.optim.lr_scheduler import ExponentialLR as E\nE(optimizer, 0.5)",
    "from torch.optim.lr_scheduler import *\nExponentialLR(optimizer, 0.5)",
    `${SGD}ExponentialLR(o, 0.5)`,
    `${SGD}lr_scheduler.ExponentialLR(o, 0.5)`,
    "s = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)",
  ]) {
    assert.deepEqual(curve(code), SAME, code);
    assert.deepEqual(keys(code), ["torchRead"], code);
  }
});

test("code for OneFlow has no such note", () => {
  assert.deepEqual(keys("import oneflow as flow\nExponentialLR(optimizer, 0.5)"), []);
  assert.deepEqual(keys("import oneflow as torch\ntorch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)"), []);
  assert.deepEqual(keys("ExponentialLR(optimizer, 0.5)"), []);
});

test("arguments of other names, and those that OneFlow lacks, are told", () => {
  const torch = "from torch.optim.lr_scheduler import *\n";
  for (const [call, ...told] of [
    ["StepLR(optimizer, 3, last_epoch=-1)", "torchRenamed"],
    ["StepLR(optimizer, 3, 0.1, -1, False)", "torchRenamed"],
    ["PolynomialLR(optimizer, total_iters=9)", "torchRenamed", "torchSet"],
    ["SequentialLR(optimizer, [ExponentialLR(optimizer, 0.5)], [])"],
    ["LinearLR(optimizer, total_iters=0)", "torchDiffers"],
    ["ConstantLR(optimizer, factor=0.0)", "torchFails"],
    ["CosineAnnealingWarmRestarts(optimizer, 3, decay_rate=0.5)", "torchArgument"],
  ] as const) {
    assert.deepEqual(keys(torch + call), ["torchRead", ...told], call);
  }
  assert.deepEqual(
    keys(`import torch\n${SGD.replace("lr=1", "lr=1, foreach=True")}torch.optim.lr_scheduler.StepLR(o, 3)`),
    ["torchRead", "torchLeftOut"],
  );
});

test("an optimizer that OneFlow lacks has its own learning rate", () => {
  const code = "import torch\no = torch.optim.NAdam(m.parameters())\ntorch.optim.lr_scheduler.ExponentialLR(o, 0.5)";
  assert.deepEqual(curve(code)[0], 0.002);
  assert.deepEqual(keys(code), ["torchRead", "torchStandIn", "torchSet"]);
  assert.match(asOneFlow(code)?.code ?? "", /flow\.optim\.Adam\(model\.parameters\(\), lr=0\.002\)/);
  assert.deepEqual(curve(code.replace("NAdam", "RMSprop"))[0], 0.01);
});

test("a class that OneFlow lacks is drawn, and never asked for as a number", () => {
  for (const call of [
    "OneCycleLR(optimizer, max_lr=1, total_steps=9)",
    "CyclicLR(optimizer, 0.1, 1)",
    "MultiplicativeLR(optimizer, lambda epoch: 0.5)",
    "get_linear_schedule_with_warmup(optimizer, 1, 9)",
  ]) {
    const { asks, curves, notes } = look(call);
    assert.deepEqual([asks, curves.length, notes.map(({ key }) => key)], [[], 1, ["torchRead", "torchPorted"]], call);
  }
});

test("timm's schedulers are told their steps, by its own parameters", () => {
  const made = "from timm.scheduler import *\ns = CosineLRScheduler(optimizer, 9)\n";
  for (const step of ["s.step(1)", "s.step(epoch=1, metric=0.5)", "s.step_update(1)", "s.step(1)\ns.step_update(7)"]) {
    assert.deepEqual(keys(made + step), ["torchRead", "torchPorted", "timmEpochs"], step);
    assert.equal(look(made + step).curves.length, 1, step);
  }
  for (const [step, message] of [
    ["s.step()", "Scheduler.step() missing 1 required positional argument: 'epoch'"],
    ["s.step_update()", "Scheduler.step_update() missing 1 required positional argument: 'num_updates'"],
    ["for epoch in range(9):\n  s.step()", "Scheduler.step() missing 1 required positional argument: 'epoch'"],
  ] as const) {
    assert.deepEqual(
      look(made + step).errors.map((one) => one.message),
      [`TypeError: ${message}`],
    );
  }
});

test("what of timm is not drawn is refused with another way", () => {
  for (const [call, message] of [
    [
      "PlateauLRScheduler(optimizer, patience_t=n)",
      "timm's PlateauLRScheduler is not drawn; OneFlow's ReduceLROnPlateau can do its work",
    ],
    ["WSDLRScheduler(optimizer, 9, 3)", "timm's WSDLRScheduler is not drawn; OneFlow's LambdaLR can do its work"],
    ["create_scheduler(args, optimizer)", /what timm's create_scheduler\(\) makes is not drawn/],
    [
      "CosineLRScheduler(optimizer, 9, noise_range_t=5)",
      /NotImplementedError: noise_range_t makes learning rates random/,
    ],
  ] as const) {
    for (const code of [`from timm.scheduler import *\ns = ${call}`, `import timm\ns = timm.scheduler.${call}`]) {
      const { asks, curves, errors } = look(code);
      assert.deepEqual([asks, curves, errors.length], [[], [], 1], code);
      assert.match(errors[0]?.message ?? "", typeof message === "string" ? new RegExp(`^${message}$`) : message);
    }
  }
});

test("a param group's lr_scale counts for timm's schedulers", () => {
  const code =
    "from timm.scheduler import StepLRScheduler\no = torch.optim.SGD([{'params': m.parameters(), 'lr_scale': 0.5}], lr=1)\nStepLRScheduler(o, 2, 0.5)";
  assert.deepEqual(curve(code), [0.5, 0.5, 0.25, 0.25]);
  assert.match(asOneFlow(code)?.code ?? "", /"lr_scale": 0\.5/);
});

test("a scheduler of PyTorch's base class is drawn by its own rule, however its base is named", () => {
  for (const base of ["torch.optim.lr_scheduler._LRScheduler", "torch.optim.lr_scheduler.LRScheduler"]) {
    const code = `import torch
class Halving(${base}):
    def get_lr(self):
        return [base_lr * 0.5 ** self.last_epoch for base_lr in self.base_lrs]
${SGD}known = isinstance(torch.optim.lr_scheduler.StepLR(other, 3), ${base})
s = Halving(o if known else None)`;
    const { curves } = look(code, { steps: 4 });
    assert.deepEqual(Array.from(curves[1]?.lr ?? []), SAME);
    assert.ok(keys(code).includes("torchOwn"));
    assert.match(asOneFlow(code)?.code ?? "", /class Halving\(PyTorchScheduler\):/);
  }
});

test("two schedulers of one optimizer are told to be rivals, those inside others are not", () => {
  assert.deepEqual(keys("a = StepLR(optimizer, 3)\nb = LinearLR(optimizer)"), ["rivals"]);
  assert.deepEqual(keys("a = StepLR(optimizer, 3)\nb = WarmupLR(a)"), []);
  assert.deepEqual(keys("a = StepLR(o, 3)\nb = LinearLR(optimizer)"), []);
});

test("rivals are called as their curves are: one variable twice, and none", () => {
  const { curves, notes } = look("a = StepLR(optimizer, 3)\na = StepLR(optimizer, 2)\nLinearLR(optimizer)");
  assert.deepEqual(
    curves.map(({ label }) => label),
    ["a", "a 2", "LinearLR"],
  );
  assert.deepEqual(
    notes.map(({ message }) => message.split(" set ")[0]),
    ["a and a 2", "a and LinearLR"],
  );
});

test("a learning rate that the training sets by hand is told, by itself or in a function", () => {
  const loop = (body: string) => `s = StepLR(optimizer, 3)\nfor x in loader:\n  ${body}\n  optimizer.step()`;
  const set = "optimizer.param_groups[0]['lr'] = 0.1 * x";
  assert.deepEqual(keys(loop(set)), ["byHand"]);
  assert.deepEqual(keys(loop("for g in optimizer.param_groups:\n    g['lr'] *= 0.9")), ["byHand"]);
  assert.deepEqual(keys(`def adjust(optimizer, x):\n  ${set}\n${loop("adjust(optimizer, x)")}`), ["byHand"]);
  assert.deepEqual(keys(loop("log(optimizer.param_groups[0]['lr'])")), []);
  assert.deepEqual(keys(`${set.replace(" * x", "")}\n${loop("pass")}`), []);
});

test("what may be param groups and is not understood is told", () => {
  const made = (params: string) => `o = SGD(${params}, lr=1)\nStepLR(o, 3)`;
  assert.deepEqual(keys(made("get_groups(model)")), ["groupsUnknown"]);
  assert.deepEqual(keys(made("model.parameters()")), []);
  assert.deepEqual(keys(made("[p for p in model.parameters() if p.requires_grad]")), []);
  assert.deepEqual(keys(`ps = filter(f, model.parameters())\n${made("ps")}`), []);
});

test("code that gives no curve, or whose values cannot be written down, is not written for OneFlow", () => {
  assert.equal(asOneFlow("x = 1"), null);
  assert.equal(asOneFlow("StepLR(optimizer, n)"), null);
  assert.equal(asOneFlow("StepLR(optimizer, 0)"), null);
});

test("what is written for OneFlow has the values that the reader gave, and PyTorch's arguments by OneFlow's names", () => {
  const written = asOneFlow("from torch.optim.lr_scheduler import *\nPolynomialLR(opt, n, last_epoch=-1)", {
    lr: 0.25,
    names: { n: 7 },
  });
  assert.deepEqual(written?.code.split("\n").slice(-3), [
    "opt = flow.optim.SGD(model.parameters(), lr=0.25)",
    "scheduler = flow.optim.lr_scheduler.PolynomialLR(opt, decay_batch=7, last_step=-1, end_learning_rate=0.0)",
    "",
  ]);
});

test("an optimizer of another library has the learning rates that the code gives it", () => {
  const step = "\nExponentialLR(o, 0.5)";
  for (const made of [
    "from apex.optimizers import FusedAdam\no = FusedAdam(m.parameters(), lr=1, betas=b)",
    "import bnb\no = bnb.optim.AdamW8bit([{'params': m.parameters(), 'lr': 1}], lr=9)",
    "class Own(torch.optim.Optimizer):\n  def __init__(self, params, lr=1):\n    super().__init__(params, dict(lr=lr))\no = Own(m.parameters())",
  ]) {
    assert.deepEqual(curve(`import torch\n${made}\ntorch.optim.lr_scheduler.${step.trim()}`), SAME, made);
    assert.match(
      asOneFlow(`import torch\n${made}${step}`)?.code ?? "",
      /flow\.optim\.SGD\(model\.parameters\(\), lr=1\)/,
    );
  }
});

test("param groups of PyTorch hold their parameters, and what else there is in torch is no trouble", () => {
  const code = `import torch
class Net(torch.nn.Module):
    pass
${SGD}for g in o.param_groups:
    for p in g["params"]:
        p.requires_grad = True
if torch.cuda.is_available():
    torch.backends.cudnn.benchmark = True
torch.optim.lr_scheduler.ExponentialLR(o, 0.5)`;
  assert.deepEqual(curve(code), SAME);
});

/** The learning rates of PyTorch, each from the one before, as its own classes compute them. */
const RULES: Readonly<Record<string, (step: number, lr: number, total: number) => number>> = {
  "ConstantLR(o, 0.5, TOTAL)": (step, lr, total) => (step === 0 ? 0.5 : step === total ? lr / 0.5 : lr),
  "LinearLR(o, 0.5, 1.0, TOTAL)": (step, lr, total) =>
    step === 0 ? 0.5 : step > total ? lr : lr * (1 + 0.5 / (total * 0.5 + (step - 1) * 0.5)),
  "PolynomialLR(o, TOTAL)": (step, lr, total) =>
    step === 0 || step > total ? lr : lr * ((1 - step / total) / (1 - (step - 1) / total)),
};

for (const [call, rule] of Object.entries(RULES)) {
  test(`a number of steps that no step equals is told to have another meaning in PyTorch: ${call}`, () => {
    for (const total of [4, 1, 2.5, 0.25, -3, -0.5]) {
      const code = `from torch.optim.lr_scheduler import *\n${SGD}s = ${call.replace("TOTAL", String(total))}`;
      const { curves, notes, errors } = look(code, { steps: 12 });
      const rates: number[] = [];
      for (let step = 0; step < 12; step += 1) {
        rates.push(rule(step, rates.at(-1) ?? 1, total));
      }
      const first = rates.findIndex((rate, step) => Math.abs(rate - (curves[0]?.lr[step] ?? Number.NaN)) > 1e-9);
      const told = notes
        .filter(({ key }) => key === "torchDiffers")
        .map(({ message }) => Number(/step (\d+)/.exec(message)?.[1]));
      assert.deepEqual(told, errors.length > 0 || first < 0 ? [] : [first], code);
    }
  });
}

test("a restart that OneFlow makes a step later is told", () => {
  for (const [size, factor] of [
    [10, 3],
    [3, 10],
    [10, 2],
    [4, 1],
  ] as const) {
    const code = `from torch.optim.lr_scheduler import *\n${SGD}s = CosineAnnealingWarmRestarts(o, ${size}, ${factor})`;
    const { curves, notes } = look(code, { steps: 1300 });
    let [at, length] = [0, size as number];
    const first = Array.from(curves[0]?.lr ?? []).findIndex((rate) => {
      const isSame = Math.abs(rate - (1 + Math.cos((Math.PI * at) / length)) / 2) < 1e-9;
      at += 1;
      [at, length] = at >= length ? [at - length, length * factor] : [at, length];
      return !isSame;
    });
    const told = notes
      .filter(({ key }) => key === "torchDiffers")
      .map(({ message }) => Number(/step (\d+)/.exec(message)?.[1]));
    assert.deepEqual(told, first < 0 ? [] : [first], code);
  }
});
