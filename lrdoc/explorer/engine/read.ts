/** Read the schedulers of a piece of code as a tree, for controls to be bound to. */

import { type Construction, insertion } from "./construction.ts";
import { library } from "./library.ts";
import { asksOf, own, problemsOf } from "./problems.ts";
import type { Expression } from "./python/syntax.ts";
import { Instance, isCallable, type Value as PythonValue, Sequence, text } from "./python/values.ts";
import { MOST_CHARACTERS, ran, type Script } from "./script.ts";
import type { Argument, Call, Optimizer, Options, Reading, Value } from "./types.ts";
import { parametersOf } from "./workshop.ts";

/** Return the schedulers, the optimizers and what is wrong; nothing is computed beyond the arguments and step 0. */
export function read(code: string, names: Options["names"] = {}): Reading {
  if (code.length > MOST_CHARACTERS) {
    const refused = own("manyCharacters", { most: MOST_CHARACTERS });
    return { schedulers: [], optimizers: [], errors: [refused], asks: [], notes: [] };
  }
  const script = ran(code, names);
  const errors = problemsOf(script, code.length);
  return { ...readingOf(script, code), errors, asks: asksOf(script, errors), notes: script.notes };
}

/** Return the schedulers and the optimizers of a script that has run. */
export function readingOf({ workshop }: Script, code: string): Pick<Reading, "schedulers" | "optimizers"> {
  const reader = new Reader(code, workshop.schedulers);
  return {
    schedulers: workshop.schedulers.filter((made) => !made.inner).map((made) => reader.call(made)),
    optimizers: workshop.optimizers.map((made) => reader.optimizer(made)),
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
      owner: ownerOf(made, parameter),
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
    return node === undefined && !(value instanceof Instance) ? { source: text(value) } : null;
  }
}

/** Return the class whose parameter it is; a scheduler of OneFlow's keeps an argument under the parameter's name, and one that could not be made is taken to do so. */
function ownerOf({ cls, values, instance }: Construction, parameter: string): string {
  const known = library().schedulers;
  const above = cls.order.find(({ name }, at) => at > 0 && known.get(name) === cls.order[at]);
  const isHandedOn =
    above !== undefined &&
    parametersOf(above).some(({ name }) => name === parameter) &&
    (instance === null || instance.attributes.get(parameter) === values.get(parameter));
  return isHandedOn && !known.has(cls.name) ? above.name : cls.name;
}

function isLiteral(node: Expression): boolean {
  if (node.type === "unary") {
    return node.sign === "-" && isLiteral(node.operand);
  }
  return node.type === "constant" || (node.type === "sequence" && node.items.every(isLiteral));
}
