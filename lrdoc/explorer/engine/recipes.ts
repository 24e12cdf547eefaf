/** The recipes: functions that make schedulers of OneFlow's own, and that code calls by their names as it calls classes. */

import { recipes, sources } from "./described.ts";
import { PythonError } from "./python/errors.ts";
import { Func } from "./python/functions.ts";
import { type Call, type Statement, walk } from "./python/syntax.ts";
import { Class, Instance, type Value } from "./python/values.ts";

/** Return each recipe as a class of its name, so that a call of it has arguments to show; what is made is what the function returns. */
export function recipeClasses(defined: ReadonlyMap<string, Value>, base: Class): ReadonlyMap<string, Class> {
  return new Map(
    recipes().flatMap(({ name }) => {
      const make = defined.get(name);
      return make instanceof Func ? [[name, classOf(name, make, base)] as const] : [];
    }),
  );
}

/** Return the recipes that code calls by their bare names without an import: whose every mention is a call that fits. Any other `poly` or `noam` is a name of the code's own. */
export function calledBare(
  statements: readonly Statement[],
  classes: ReadonlyMap<string, Class>,
): ReadonlyMap<string, Class> {
  const fitting = new Map<string, number>();
  const count = (name: string, by: number): void => {
    fitting.set(name, (fitting.get(name) ?? 0) + by);
  };
  for (const statement of statements) {
    walk(statement, (node) => {
      if (node.type === "name" && classes.has(node.name)) {
        count(node.name, -1);
      } else if (node.type === "call" && node.callee.type === "name" && fits(node)) {
        count(node.callee.name, 1);
      }
    });
  }
  return new Map([...classes].filter(([name]) => fitting.get(name) === 0));
}

/** Tell whether a call gives an optimizer, and by name arguments that the recipe has. */
function fits({ callee, given: [first, ...others] }: Call): boolean {
  const known = recipes().find(({ className }) => callee.type === "name" && className === callee.name);
  const names = new Set(known?.parameters.map(({ name }) => name));
  const isNamed = others.length > 0 && others.every(({ keyword }) => keyword !== null && names.has(keyword));
  return isNamed && first?.keyword === null;
}

/** Return the definitions that a recipe consists of, as Python code; null for another class. */
export function sourceOf({ name, qualified }: Class): readonly string[] | null {
  return name === qualified ? (sources()[name] ?? null) : null;
}

function classOf(name: string, make: Func, base: Class): Class {
  const cls = new Class(name, name, base);
  const [, ...named] = make.parameters;
  const formals = [{ name: "self", default: undefined, hidden: true }, ...make.parameters];
  const init = new Func(
    name,
    formals,
    { size: formals.length, cost: 1 },
    ({ slots }) => {
      const [self, optimizer, ...values] = slots.map((value) => value ?? null);
      const keywords = new Map(named.map((one, at) => [one.name, values[at] ?? null]));
      become(
        self,
        blaming(keywords, () => make.call([optimizer ?? null], keywords)),
      );
      return null;
    },
    null,
  );
  cls.methods.set("__init__", init);
  return cls;
}

/** Run `act`; a message that begins with the name of a parameter is about that one. */
function blaming(keywords: ReadonlyMap<string, Value>, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    const [first = ""] = error instanceof PythonError ? error.text.split(" ", 1) : [];
    if (error instanceof PythonError && keywords.has(first)) {
      error.parameters = [first];
    }
    throw error;
  }
}

/** Make an object what another one is. */
function become(self: Value | undefined, made: Value): void {
  if (self instanceof Instance && made instanceof Instance) {
    self.cls = made.cls;
    for (const [name, value] of made.attributes) {
      self.attributes.set(name, value);
    }
  }
}
