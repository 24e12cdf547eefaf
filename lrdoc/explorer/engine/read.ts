/** Read the schedulers of a piece of code as a tree, for controls to be bound to. */

import { type Construction, insertion } from "./construction.ts";
import { own, problemsOf } from "./problems.ts";
import { begin } from "./python/effort.ts";
import type { Expression } from "./python/syntax.ts";
import { type Instance, isCallable, type Value as PythonValue, Sequence, text } from "./python/values.ts";
import { MOST_CHARACTERS, Script } from "./script.ts";
import type { Argument, Call, Optimizer, Options, Reading, Value } from "./types.ts";
import { parametersOf } from "./workshop.ts";

/** Return the schedulers, the optimizers and what is wrong; nothing is computed beyond the arguments and step 0. */
export function read(code: string, names: Options["names"] = {}): Reading {
  if (code.length > MOST_CHARACTERS) {
    const refused = own("manyCharacters", { most: MOST_CHARACTERS });
    return { schedulers: [], optimizers: [], errors: [refused], names: [] };
  }
  begin();
  const script = new Script(code, names);
  script.run();
  const errors = problemsOf(script, code.length);
  const { schedulers, optimizers } = script.workshop;
  const reader = new Reader(code, schedulers);
  const wanted = errors.flatMap((error) => (error.name === undefined ? [] : [error.name]));
  return {
    schedulers: schedulers.filter((made) => !made.inner).map((made) => reader.call(made)),
    optimizers: optimizers.map((made) => reader.optimizer(made)),
    errors,
    names: Array.from(new Set(wanted)),
  };
}

class Reader {
  readonly #code: string;
  readonly #made: ReadonlyMap<Instance | null, Construction>;

  constructor(code: string, schedulers: readonly Construction[]) {
    this.#code = code;
    this.#made = new Map(schedulers.map((made) => [made.instance, made]));
  }

  call(made: Construction): Call {
    const { from, to } = made.node;
    const given = parametersOf(made.cls).map((one) => this.#argument(made, one.name));
    return { from, to, className: made.cls.name, label: made.label ?? made.cls.name, arguments: given };
  }

  optimizer(made: Construction): Optimizer {
    const { from, to } = made.node;
    return { from, to, label: made.label ?? made.cls.name, lr: this.#argument(made, "lr") };
  }

  #argument(made: Construction, parameter: string): Argument {
    const actual = made.actuals.get(parameter);
    const value = made.values.get(parameter);
    const { from, to } = actual?.value ?? insertion(made.node);
    return {
      parameter,
      value: value === undefined ? undefined : this.#value(value, actual?.value),
      given: actual !== undefined,
      literal: actual !== undefined && isLiteral(actual.value),
      span: { from, to },
    };
  }

  #value(value: PythonValue, node: Expression | undefined): Value {
    if (value === null || typeof value === "boolean" || typeof value === "string" || typeof value === "number") {
      return value;
    }
    if (typeof value === "bigint") {
      return Number(value);
    }
    if (value instanceof Sequence) {
      const nodes = node?.type === "sequence" ? node.items : [];
      return value.items.map((item, at) => this.#value(item, nodes[at]));
    }
    return this.#object(value, node);
  }

  #object(value: PythonValue, node: Expression | undefined): Value {
    const made = this.#made.get(value as Instance);
    if (made !== undefined) {
      return this.call(made);
    }
    if (isCallable(value) && node !== undefined) {
      return { source: this.#code.slice(node.from, node.to) };
    }
    return node === undefined ? { source: text(value) } : null;
  }
}

function isLiteral(node: Expression): boolean {
  if (node.type === "unary") {
    return node.sign === "-" && isLiteral(node.operand);
  }
  return node.type === "constant" || (node.type === "sequence" && node.items.every(isLiteral));
}
