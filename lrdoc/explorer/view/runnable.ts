/** The code as a whole script: with the imports, and something in place of what a training has, where the code itself has none. */

import { type Given, type Reading, recipes, schedulers, sources } from "../engine/index.ts";
import type { State } from "./state.ts";

const MODULE = "oneflow.optim.lr_scheduler";

/** Return code that Python runs; `state` has the values of what the code does not say. */
export function runnable({ code, lr, names }: Pick<State, "code" | "lr" | "names">, { optimizers }: Reading): string {
  const used = (name: string): boolean => mentions(name, code) && !isBound(name, code);
  const functions = recipes()
    .filter(({ className }) => used(className))
    .flatMap(({ name }) => sources()[name] ?? []);
  const all = [code, ...functions].join("\n");
  const needs = (name: string): boolean => mentions(name, all) && !isBound(name, code);
  const classes = schedulers.map(({ className }) => className).filter(needs);
  const isGiven = optimizers.length > 0 || isBound("optimizer", code);
  const model = needs("model") || !isGiven ? ["model = flow.nn.Linear(1, 1)"] : [];
  const imports = [
    ...(needs("math") ? ["import math"] : []),
    ...(needs("flow") || model.length > 0 ? ["import oneflow as flow"] : []),
    ...(classes.length > 0 && !code.includes(`from ${MODULE} import *`)
      ? [`from ${MODULE} import ${classes.join(", ")}`]
      : []),
  ];
  const optimizer = isGiven || !needs("optimizer") ? [] : [`optimizer = flow.optim.SGD(model.parameters(), lr=${lr})`];
  const values = Object.entries(names).flatMap(([name, value]) => assigned(name, value));
  const before = [imports.join("\n"), ...functions, [...model, ...values, ...optimizer].join("\n")];
  return [...before.filter((part) => part !== ""), code].join("\n\n").replace(/^\n+/, "");
}

/** Tell whether code has a name in it, other than as an attribute. */
export function mentions(name: string, code: string): boolean {
  return new RegExp(`(?<![\\w.])${name}\\b`).test(code);
}

/** Tell whether code gives a name its meaning itself. */
export function isBound(name: string, code: string): boolean {
  return new RegExp(
    `^[ \\t]*(?:${name}[ \\t]*=(?!=)|(?:def|class|for)[ \\t]+${name}\\b|(?:import|from)\\b.*\\b${name}\\b)`,
    "m",
  ).test(code);
}

/** Return the assignment of a value to a name, where the name is one that can be assigned. */
function assigned(name: string, value: Given): string[] {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? [`${name} = ${python(value)}`] : [];
}

/** Return a value as Python writes it. */
export function python(value: Given): string {
  return typeof value === "boolean"
    ? value
      ? "True"
      : "False"
    : typeof value === "object"
      ? `[${value.map(python).join(", ")}]`
      : JSON.stringify(value);
}
