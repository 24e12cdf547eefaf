/** Code of great length, or with very many ways through its functions: it is looked at or refused, in time for a page to stay alive. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../../../../lrdoc/explorer/engine/index.ts";
import { install as installPyTorch } from "../../../../lrdoc/explorer/engine/pytorch.ts";
import { install as installRecipes } from "../../../../lrdoc/explorer/engine/recipebook.ts";
import { install } from "../../../../lrdoc/explorer/engine/scripts/install.ts";
import { MOST_WORK, workOf } from "../work.ts";

installPyTorch();
installRecipes();
install();

const END = "\nscheduler = StepLR(optimizer, 3)\n";
const LONGEST = 39_000;

/** Return code that repeats a part as often as the length of code allows. */
function filled(head: string, part: (index: number) => string, tail = ""): string {
  let code = head;
  for (let index = 0; code.length + tail.length < LONGEST; index += 1) {
    code += part(index);
  }
  return code + tail;
}

function isAnsweredSoon(code: string): void {
  let answers = 0;
  const work = workOf(() => {
    const { curves, errors, asks } = look(code, { steps: 20 });
    answers = curves.length + errors.length + asks.length;
  });
  assert.notEqual(answers, 0);
  assert.ok(work < MOST_WORK, `${work} blocks were entered`);
}

function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join("");
}

const LONG: Readonly<Record<string, string>> = {
  match: filled("match x:\n", () => " case 1: pass\n", END),
  patterns: filled("match x:\n case 1", () => "|1", `: pass${END}`),
  elif: filled("if x: pass\n", () => "elif x: pass\n", END),
  except: filled("try: f()\n", () => "except E: pass\n", END),
  comprehension: filled("x=[a ", () => "for a in b ", `]${END}`),
  conditions: filled("x=[a for a in b ", () => "if a ", `]${END}`),
  fields: filled("x=f'", () => "{a}", `'${END}`),
  formats: filled("x=f'", () => "{a:{b}}", `'${END}`),
  comparisons: filled("x=1", () => "<1", END),
  global: filled("def f():\n global a", (index) => `,a${index}`, END),
  imports: filled("", (index) => `import a${index}.b.c\n`, END),
  stars: filled("", (index) => `from m${index} import *\n`, END),
  methods: filled("class A:\n", (index) => ` def m${index}(self): return self.m${index + 1}()\n`, `A().m0()${END}`),
  classes: filled("class C0: pass\n", (index) => `class C${index + 1}(C${index}): pass\n`, END),
  dict: filled("x={", (index) => `${index}:1,`, `}${END}`),
  list: filled("x=[", () => "1,", `]${END}`),
  functions: filled("", (index) => `def f${index}(a=1): return f${index + 1}(a)\n`, `f0()${END}`),
  handed: filled("", () => "g(optimizer)\n", END),
  unknown: filled("", (index) => `u${index}=v${index}.w(u${index - 1})\n`, END),
  conditionsUnknown: filled("", (index) => `if q${index}: lr=${index}\n`, END),
  groups: filled("", () => "optimizer.add_param_group({'params':[p]})\n", END),
  schedulers: filled("", () => "s=StepLR(optimizer,3)\n"),
  lambdas: filled("", () => "s=LambdaLR(optimizer,lambda e:k[0])\n"),
  texts: filled("x=''\n", () => "x+=x+'a'\n", END),
  decorators: filled("", () => "@d\n", `def f(): pass${END}`),
  with: filled("with a", () => ",a", `: pass${END}`),
  targets: filled("", () => "a=", `1${END}`),
  starred: filled("a,", () => "b,", `*c=x${END}`),
  attributes: filled("x=a", () => ".b", END),
  items: filled("x=a", () => "[0]", END),
  calls: filled("x=a", () => "()", END),
  loops: `${times(90, (index) => `${" ".repeat(index)}for a${index} in b:\n`)}${" ".repeat(90)}pass\n${END}`,
  known: `${times(30, (index) => `${" ".repeat(index)}for a${index} in range(9):\n`)}${" ".repeat(30)}pass\n${END}`,
  steps: filled("scheduler = StepLR(optimizer, 3)\n", () => "scheduler.step()\n"),
  arguments: filled(
    "p=argparse.ArgumentParser()\n",
    (index) => `p.add_argument('--a${index}',default=1)\n`,
    `args=p.parse_args()${END}`,
  ),
  deleted: filled("", (index) => `d${index}=1\ndel d${index}\n`, END),
  yields: filled("def f():\n", () => " yield 1\n", `x=list(f())${END}`),
  torch: filled("", () => "s=torch.optim.lr_scheduler.StepLR(optimizer,3)\n"),
};
for (const [name, code] of Object.entries(LONG)) {
  test(`long code is looked at: ${name}`, () => {
    isAnsweredSoon(code);
  });
}

const TWICE = (index: number): string => `def f${index}(x):\n  f${index + 1}(x)\n  f${index + 1}(x)\n`;
const MANY: Readonly<Record<string, string>> = {
  "called twice each": `${times(40, TWICE)}f0(k)${END}`,
  "called twice each, perhaps": `${times(40, TWICE)}if q:\n  f0(k)${END}`,
  "that all call all": `${times(20, (index) => `def f${index}(x): ${times(20, (other) => `f${other}(x);`)}\n`)}if q:\n  f0(k)${END}`,
  "as lambdas": `${times(40, (index) => `f${index} = lambda x: f${index + 1}(x) + f${index + 1}(x)\n`)}scheduler = LambdaLR(optimizer, f0)`,
  "that make objects": `${times(40, (index) => `class C${index}:\n  def __init__(self):\n    self.a = C${index + 1}()\n    self.b = C${index + 1}()\n`)}x = C0()${END}`,
  "unknown, in a loop": `for i in range(10 ** 7):\n  g(i)${END}`,
  "that are given an object, in a loop": `class A:\n  def f(self):\n    g(self)\na = A()\nfor i in range(10 ** 7):\n  a.f()${END}`,
  "that raise, in a loop": `for i in range(10 ** 7):\n  try:\n    1 / 0\n  except Exception:\n    pass${END}`,
};
for (const [name, code] of Object.entries(MANY)) {
  test(`functions ${name}: the work is bounded`, () => {
    isAnsweredSoon(code);
  });
}
