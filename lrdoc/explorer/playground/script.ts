/** The code as a whole script, as `runnable` returns it, where it takes for granted what pasted code does: imports, an object with the options of the program, a loader, models. */

import type { Reading } from "../engine/index.ts";
import { library } from "../engine/library.ts";
import { isBound, mentions, python, runnable } from "../view/runnable.ts";
import type { State } from "../view/state.ts";

/** The imports of names that are taken for granted. */
const IMPORTS: Readonly<Record<string, string>> = {
  SimpleNamespace: "from types import SimpleNamespace",
  np: "import numpy as np",
  numpy: "import numpy",
  partial: "from functools import partial",
  oneflow: "import oneflow",
  nn: "from oneflow import nn",
  optim: "from oneflow import optim",
  lr_scheduler: "from oneflow.optim import lr_scheduler",
};

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const MODELS = new RegExp(String.raw`(?<![\p{L}\p{N}_.])(${NAME}(?:\.${NAME})*)\.(?:named_)?parameters\(`, "gu");
const SIZE = /^len\((.+)\)$/s;
/** What follows a name: `.name`, `["key"]` or `[0]`, `.get("key")`, `(…)`. */
const PART = new RegExp(
  String.raw`\.get\((?<key>"[^"]*"|'[^']*')\)|(?<attribute>\.${NAME})|\[(?<item>"[^"]*"|'[^']*'|\d+)\]|(?<call>\([^()]*\))`,
  "uy",
);

/** Return code that Python runs; `state` has the values of what the code does not say. */
export function script(state: Pick<State, "code" | "lr" | "names">, reading: Reading): string {
  const { code, names } = state;
  const stands = new StandIns(code);
  for (const path of [...code.matchAll(MODELS)].map(([, found]) => found as string).sort()) {
    if (path !== "model") {
      stands.give(path, "flow.nn.Linear(1, 1)"); // `runnable` makes the model of that name
    }
  }
  for (const [name, value] of Object.entries(names)) {
    stands.give(name, python(value));
  }
  const { lines } = stands;
  const whole = lines.length > 0 ? `${lines.join("\n")}\n\n${code}` : code;
  const uses = (name: string): boolean => mentions(name, whole) && !isBound(name, whole);
  const optimizers = Array.from(library().optimizers.keys()).filter(uses);
  const imports = [
    ...Object.keys(IMPORTS).flatMap((name) => (uses(name) ? [IMPORTS[name] as string] : [])),
    ...(optimizers.length > 0 ? [`from oneflow.optim import ${optimizers.join(", ")}`] : []),
  ];
  return [...imports, runnable({ ...state, code: whole }, reading)].join("\n");
}

/** Statements that give values to more than names: `args.lr = 0.1`, after `args = SimpleNamespace()`. */
class StandIns {
  readonly lines: string[] = [];
  readonly #code: string;
  readonly #made = new Set<string>();

  constructor(code: string) {
    this.#code = code;
  }

  /** Give a value, as source, to what is written like this; nothing happens where the code itself makes it, or it is a plain name with a value. */
  give(asked: string, source: string): void {
    const [, sized] = SIZE.exec(asked) ?? [];
    const path = partsOf(sized ?? asked);
    if (path === null || isBound(path.root, this.#code) || this.#isParameter(path.root)) {
      return;
    }
    if (sized === undefined && path.parts.length === 0 && !source.startsWith("flow.")) {
      return; // `runnable` assigns it
    }
    let at = path.root;
    for (const part of path.parts) {
      this.#make(at, part.startsWith(".") ? "SimpleNamespace()" : "{}", part.startsWith("("));
      at = part.startsWith("(") ? at : at + part;
    }
    const isCalled = path.parts.at(-1)?.startsWith("(") === true;
    this.#make(at, sized === undefined ? (isCalled ? `lambda *_: ${source}` : source) : `range(${source})`);
  }

  #make(name: string, source: string, isCalled = false): void {
    if (!isCalled && !this.#made.has(name)) {
      this.#made.add(name);
      this.lines.push(`${name} = ${source}`);
    }
  }

  #isParameter(name: string): boolean {
    return new RegExp(`\\bdef\\b[^:]*\\b${name}\\b`).test(this.#code);
  }
}

/** Return the name that a path begins with, and its parts; null where they are of another kind. */
function partsOf(path: string): { root: string; parts: readonly string[] } | null {
  const [root] = new RegExp(`^${NAME}`, "u").exec(path) ?? [];
  const parts: string[] = [];
  let at = root?.length ?? 0;
  while (root !== undefined && at < path.length) {
    PART.lastIndex = at;
    const groups = PART.exec(path)?.groups;
    if (groups === undefined || parts.at(-1)?.startsWith("(") === true) {
      return null;
    }
    at = PART.lastIndex;
    const { key, attribute, item, call } = groups;
    parts.push(attribute ?? call ?? `[${key ?? item}]`);
  }
  return root === undefined ? null : { root, parts };
}
