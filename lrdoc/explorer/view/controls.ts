/** The controls of the schedulers that stand in the code: a field per parameter that shapes the curve, nested ones in groups. */

import {
  type Argument,
  type Call,
  literal,
  type Parameter,
  type Problem,
  type Scheduler,
  schedulers,
  type Value,
} from "../engine/index.ts";
import { element } from "./dom.ts";
import {
  ChoiceField,
  type Field,
  ListField,
  NumberField,
  plainScale,
  type Scale,
  SwitchField,
  TextField,
} from "./fields.ts";
import { readNumbers } from "./numbers.ts";
import { said, text } from "./strings.ts";

/** Asks for one argument to be written otherwise; returns what is wrong with that, or nothing. */
export type Change = (call: Call, parameter: string, source: string) => string;

/** A field that is bound to an argument. */
interface Bound {
  field: Field<never>;
  show: (call: Call, argument: Argument, code: string, steps: number) => void;
}

const DESCRIBED: ReadonlyMap<string, Scheduler> = new Map(schedulers.map((one) => [one.className, one]));

/** The fields of all schedulers of the code. */
export class Controls {
  readonly root = element("div", { class: "lr-controls" });
  #bound: Bound[] = [];
  #shape = "";
  readonly #change: Change;

  constructor(change: Change) {
    this.#change = change;
  }

  /** Show the arguments of these calls; the fields are made anew only when other schedulers stand in the code. */
  show(calls: readonly Call[], code: string, steps: number, problems: readonly Problem[]): void {
    const shape = calls.map(shapeOf).join();
    if (shape !== this.#shape) {
      this.#build(calls, shape);
    }
    const found = calls.flatMap((call) => argumentsOf(call));
    this.#bound.forEach(({ show, field }, index) => {
      const { call, argument } = found[index] as Found;
      show(call, argument, code, steps);
      const problem = problems.find((one) => blames(one, call, argument));
      field.blame(problem === undefined ? "" : toldAtField(problem));
    });
  }

  /** Return the problems that no field shows. */
  unshown(calls: readonly Call[], problems: readonly Problem[]): Problem[] {
    const found = calls.flatMap((call) => argumentsOf(call));
    return problems.filter((problem) => !found.some(({ call, argument }) => blames(problem, call, argument)));
  }

  #build(calls: readonly Call[], shape: string): void {
    this.#shape = shape;
    this.#bound = [];
    this.root.replaceChildren(
      ...calls.map((call) => this.#group(call, calls.length > 1 ? `${call.label}: ${call.className}` : call.className)),
    );
  }

  #group(call: Call, name: string): HTMLElement {
    const group = element("fieldset", { class: "lr-group" }, element("legend", {}, name));
    for (const argument of call.arguments) {
      for (const [index, child] of childrenOf(argument).entries()) {
        group.append(
          this.#group(
            child,
            `${argument.parameter}${Array.isArray(argument.value) ? `[${index}]` : ""}: ${child.className}`,
          ),
        );
      }
      const parameter = parameterOf(call, argument);
      if (parameter === undefined || kindOf(parameter, argument) === null) {
        continue;
      }
      const bound = this.#bind(parameter, argument);
      this.#bound.push(bound);
      group.append(bound.field.root);
    }
    return group;
  }

  #bind(parameter: Parameter, argument: Argument): Bound {
    let current: Call | undefined;
    const write = (source: string): void => {
      const refused = current === undefined ? "" : this.#change(current, parameter.name, source);
      if (refused !== "") {
        bound.field.blame(refused); // else the change was shown, and what is wrong with it
      }
    };
    const made = fieldFor(parameter, kindOf(parameter, argument) as FieldKind, write);
    const bound: Bound = {
      field: made.field,
      show: (call, found, code, steps) => {
        current = call;
        made.show(found, code, steps);
      },
    };
    return bound;
  }
}

interface Found {
  call: Call;
  argument: Argument;
}

/** Return the arguments that have a field, in the order in which `Controls.group` makes them. */
function argumentsOf(call: Call): Found[] {
  return call.arguments.flatMap((argument) => {
    const parameter = parameterOf(call, argument);
    const own = parameter !== undefined && kindOf(parameter, argument) !== null ? [{ call, argument }] : [];
    return [...childrenOf(argument).flatMap((child) => argumentsOf(child)), ...own];
  });
}

/** Return what decides which fields there are. */
function shapeOf(call: Call): string {
  const fields = argumentsOf(call).map((found) => {
    const parameter = parameterOf(found.call, found.argument) as Parameter;
    return `${parameter.name}:${kindOf(parameter, found.argument)}`;
  });
  return `${classesOf(call)}(${call.label};${fields})`;
}

function classesOf(call: Call): string {
  const inner = call.arguments.flatMap((argument) => childrenOf(argument).map(classesOf));
  return `${call.className}<${inner}>`;
}

function parameterOf(call: Call, argument: Argument): Parameter | undefined {
  return DESCRIBED.get(call.className)?.parameters.find(({ name, shapes }) => shapes && name === argument.parameter);
}

function isCall(value: Value | undefined): value is Call {
  return typeof value === "object" && value !== null && "className" in value;
}

function childrenOf({ value }: Argument): Call[] {
  return (Array.isArray(value) ? (value as readonly Value[]) : [value]).filter(isCall);
}

/** Tell whether a problem is shown at this argument: OneFlow refuses the value, or the value's code is not understood. */
function blames(problem: Problem, call: Call, argument: Argument): boolean {
  if (problem.parameter !== undefined && problem.parameter !== argument.parameter) {
    return false;
  }
  const within = (span: { from: number; to: number }): boolean => span.from <= problem.from && problem.to <= span.to;
  if (argument.given && within(argument.span)) {
    return true;
  }
  return problem.parameter === argument.parameter && problem.from === call.from && problem.to === call.to;
}

function toldAtField(problem: Problem): string {
  const { step } = problem;
  return step === undefined ? said(problem) : text("atStep", { step, message: said(problem) });
}

type FieldKind = "integer" | "real" | "flag" | "choice" | "milestones" | "code";

/** Return which field an argument gets: that of its parameter's kind if the value is of that kind, else a line of code. */
function kindOf(parameter: Parameter, { value, given }: Argument): FieldKind | null {
  const { kind } = parameter;
  if (kind === "optimizer" || kind === "scheduler" || kind === "schedulers" || kind === "other") {
    return null;
  }
  if (kind === "function") {
    return "code";
  }
  return (value === undefined && !given) || isOf(parameter, value) ? kind : "code";
}

function isOf({ kind, choices }: Parameter, value: Value | undefined): boolean {
  if (kind === "flag") {
    return typeof value === "boolean";
  }
  if (kind === "choice") {
    return typeof value === "string" && (choices?.includes(value) ?? false);
  }
  if (kind === "milestones") {
    return Array.isArray(value) && value.every((item) => typeof item === "number");
  }
  return typeof value === "number";
}

interface Made {
  field: Field<never>;
  show: (argument: Argument, code: string, steps: number) => void;
}

function fieldFor(parameter: Parameter, kind: FieldKind, write: (source: string) => void): Made {
  const { name, range = "" } = parameter;
  if (kind === "integer" || kind === "real") {
    return numberField(parameter, kind === "real", write);
  }
  if (kind === "flag") {
    const field = new SwitchField(name, "", (value) => write(literal(value)));
    return { field, show: ({ value }) => field.show(value === true) };
  }
  if (kind === "choice") {
    const choices = (parameter.choices ?? []).map((word) => [word, word] as const);
    const field = new ChoiceField(name, "", choices, (value) => write(literal(value)));
    return { field, show: ({ value }) => field.show(String(value)) };
  }
  if (kind === "milestones") {
    const read = (source: string): number[] | null => readNumbers(source.replace(/^\s*\[|\]\s*$/g, ""));
    const field = new ListField(name, range, (value) => write(literal(value)), read);
    return { field, show: ({ value }) => field.show((value ?? []) as readonly number[]) };
  }
  const field = new TextField(name, range, write, parameter.sources);
  return { field, show: ({ span }, code) => field.show(code.slice(span.from, span.to)) };
}

function numberField(parameter: Parameter, real: boolean, write: (source: string) => void): Made {
  const field = new NumberField(parameter.name, parameter.range ?? "", scaleOf(parameter, 0, 1), (value) =>
    write(literal(value, real)),
  );
  return {
    field,
    show: ({ value }, _code, steps) => {
      const number = typeof value === "number" ? value : undefined;
      field.rescale(scaleOf(parameter, number ?? 0, steps));
      field.show(number);
    },
  };
}

/** Return what the slider of a parameter goes over: what is worth seeing, and the present value. */
function scaleOf(parameter: Parameter, value: number, steps: number): Scale {
  const [usualLow, usualHigh] = parameter.usual ?? [0, 1];
  const wide = Math.max(usualHigh, parameter.maximum ?? usualHigh, Number.isFinite(value) ? value : 0);
  const low = Math.min(usualLow, parameter.minimum ?? usualLow);
  if (parameter.kind === "integer") {
    return plainScale(low, Math.max(wide, parameter.inSteps ? steps : 0), 1);
  }
  const step = 10 ** Math.floor(Math.log10(wide - low) - 1.5);
  return plainScale(parameter.open ? low + step : low, wide, step);
}
