/** Whether the functions of the code compute with nothing but numbers: then no scheduler changes what another's functions return. */

import { everyStatement } from "../nature.ts";
import { Func } from "../python/functions.ts";
import { type Call, type Expression, partsOf, type Statement } from "../python/syntax.ts";
import { Sequence } from "../python/values.ts";
import type { Script } from "../script.ts";

/** Python's functions that return the same for the same numbers. */
const NUMERIC = /^(abs|pow|round|int|float|min|max)$/;
/** The modules whose functions do so, under their usual names. */
const MODULES = /^(math|np|numpy)$/;

/** Tell whether it is certain, as the code stands, that its functions compute with numbers alone. */
export function computesAlone({ parsed, workshop }: Script): boolean {
  const statements = Array.from(everyStatement(parsed.statements));
  const functions = new Set(statements.flatMap((one) => (one.type === "def" ? [one.name] : [])));
  const plain = new Plain(functions);
  const isOther = (one: Expression): boolean =>
    one.type === "name" && (NUMERIC.test(one.name) || MODULES.test(one.name) || functions.has(one.name));
  return (
    statements.every((one) => one.type !== "def" || plain.statement(one)) &&
    parsed.statements.flatMap(partsOf).every((one) => one.type !== "lambda" || plain.expression(one)) &&
    !statements.some((one) => one.type === "assign" && one.targets.flatMap(partsOf).some(isOther)) &&
    workshop.schedulers.every(({ instance }) => {
      const rules = instance?.attributes.get("lr_lambdas");
      return !(rules instanceof Sequence) || rules.items.every((rule) => rule instanceof Func);
    })
  );
}

/** Tells of what is certain to compute with numbers alone. Items and attributes are not: others may change them. */
class Plain {
  readonly #functions: ReadonlySet<string>;

  constructor(functions: ReadonlySet<string>) {
    this.#functions = functions;
  }

  statement(one: Statement): boolean {
    switch (one.type) {
      case "pass":
        return true;
      case "def":
        return one.decorators.length === 0 && one.body.every((inner) => this.statement(inner));
      case "return":
        return one.value === null || this.expression(one.value);
      case "expression":
        return one.value.type === "constant";
      case "assign":
        return one.targets.every(({ type }) => type === "name") && this.expression(one.value);
      case "if":
        return this.expression(one.test) && [...one.then, ...one.otherwise].every((inner) => this.statement(inner));
      default:
        return false;
    }
  }

  expression(one: Expression): boolean {
    switch (one.type) {
      case "constant":
      case "name":
        return true;
      case "unary":
        return this.expression(one.operand);
      case "binary":
      case "logic":
        return this.expression(one.left) && this.expression(one.right);
      case "compare":
        // An iterator has fewer items once one was looked for in it.
        return (
          this.expression(one.first) && one.rest.every((to) => !/in$/.test(to.sign) && this.expression(to.operand))
        );
      case "conditional":
        return [one.test, one.then, one.otherwise].every((part) => this.expression(part));
      case "lambda":
        return this.expression(one.body);
      case "call":
        return this.#calls(one) && one.given.every(({ value }) => this.expression(value));
      default:
        return false;
    }
  }

  #calls({ callee, given }: Call): boolean {
    if (callee.type === "attribute") {
      return callee.object.type === "name" && MODULES.test(callee.object.name);
    }
    if (callee.type !== "name") {
      return false;
    }
    // Of a single argument, the least and the largest are those of its items.
    const isOfItems = /^m/.test(callee.name) && given.filter(({ keyword }) => keyword === null).length < 2;
    return this.#functions.has(callee.name) || (NUMERIC.test(callee.name) && !isOfItems);
  }
}
