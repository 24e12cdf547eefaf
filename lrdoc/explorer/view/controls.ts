/** The controls of the schedulers in the code: a field per parameter that shapes the curve, in a group per scheduler. */

import {
  type Argument,
  type Call,
  described,
  literal,
  type NumericParameter,
  type Parameter,
  type Problem,
  type Value,
} from "../engine/index.ts";
import { element } from "./dom.ts";
import { ChoiceField, type Field, ListField, NumberField, SwitchField, TextField } from "./fields.ts";
import { readNumbers } from "./numbers.ts";
import { including, notchesFor, type Surroundings } from "./scales.ts";
import { said, text } from "./strings.ts";

/** Writes other code for one argument; returns what is wrong with it, or an empty text. */
export type Change = (call: Call, parameter: string, source: string) => string;

/** A field that is bound to an argument. */
interface BoundField {
  field: Field<never>;
  show: (call: Call, argument: Argument, code: string, around: Surroundings) => void;
}

/** The fields of all schedulers of the code. */
export class Controls {
  readonly root = element("div", { class: "lr-controls" });
  #bound: BoundField[] = [];
  #shape = "";
  readonly #change: Change;
  readonly #settle: () => void;

  /** `settle` is called before a change: it shows what has not been shown yet. */
  constructor(change: Change, settle: () => void) {
    this.#change = change;
    this.#settle = settle;
  }

  /** Show the arguments of these calls; the fields are made anew only when other schedulers stand in the code. */
  show(calls: readonly Call[], code: string, around: Surroundings, problems: readonly Problem[]): void {
    // One call alone is shown without its label, which a call that is refused has lost: the reader goes on typing in the same field.
    const shape = calls.map((call) => shapeOf(call, calls.length > 1)).join();
    if (shape !== this.#shape) {
      this.#build(calls, shape);
    }
    const found = calls.flatMap((call) => argumentsOf(call));
    this.#bound.forEach(({ show, field }, index) => {
      const { call, argument } = found[index] as Found;
      show(call, argument, code, around);
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
      const parameter = parameterOf(argument);
      if (parameter === undefined) {
        continue;
      }
      const bound = this.#bind(parameter, argument);
      this.#bound.push(bound);
      group.append(bound.field.root);
    }
    return group;
  }

  #bind(parameter: Parameter, argument: Argument): BoundField {
    let current: Call | undefined;
    const write = (source: string): void => {
      this.#settle();
      const refused = current === undefined ? "" : this.#change(current, parameter.name, source);
      if (refused !== "") {
        bound.field.blame(refused); // otherwise `show` has been called, with the problems of the new code
      }
    };
    const made = fieldFor(parameter, argument, write);
    const bound: BoundField = {
      field: made.field,
      show: (call, found, code, around) => {
        current = call;
        made.show(found, code, around);
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
    const own = parameterOf(argument) === undefined ? [] : [{ call, argument }];
    return [...childrenOf(argument).flatMap((child) => argumentsOf(child)), ...own];
  });
}

/** Return a text that changes whenever other fields are needed. */
function shapeOf(call: Call, labelled: boolean): string {
  const fields = argumentsOf(call).map((found) => {
    const parameter = parameterOf(found.argument) as Parameter;
    return `${parameter.name}:${isOfKind(parameter, found.argument)}`;
  });
  return `${classesOf(call)}(${labelled ? call.label : ""};${fields})`;
}

function classesOf(call: Call): string {
  const inner = call.arguments.flatMap((argument) => childrenOf(argument).map(classesOf));
  return `${call.className}<${inner}>`;
}

function parameterOf(argument: Argument): Parameter | undefined {
  return described(argument.owner)?.parameters.find(({ name }) => name === argument.parameter);
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

/** Writes code as the argument. */
type Write = (source: string) => void;

interface ArgumentField {
  field: Field<never>;
  show: (argument: Argument, code: string, around: Surroundings) => void;
}

/** Return the field of an argument: that of its parameter's kind if the value is of that kind, else a line of code. */
function fieldFor(parameter: Parameter, argument: Argument, write: Write): ArgumentField {
  return isOfKind(parameter, argument) ? fieldOfKind(parameter, write) : codeField(parameter, [], write);
}

/** Tell whether a value is of the kind that its parameter takes; one that is not given and has no default counts as such. */
function isOfKind(parameter: Parameter, { value, given }: Argument): boolean {
  if (value === undefined && !given) {
    return true;
  }
  switch (parameter.kind) {
    case "steps":
    case "count":
    case "rate":
    case "decay":
    case "margin":
    case "real":
      return typeof value === "number";
    case "flag":
      return typeof value === "boolean";
    case "choice":
      return typeof value === "string" && parameter.choices.includes(value);
    case "milestones":
      return Array.isArray(value) && value.every((item) => typeof item === "number");
    case "function":
      return true; // whatever it is, it is shown as code
  }
}

function fieldOfKind(parameter: Parameter, write: Write): ArgumentField {
  switch (parameter.kind) {
    case "steps":
    case "count":
    case "rate":
    case "decay":
    case "margin":
    case "real":
      return numberField(parameter, write);
    case "flag":
      return flagField(parameter, write);
    case "choice":
      return choiceField(parameter, parameter.choices, write);
    case "milestones":
      return milestonesField(parameter, write);
    case "function":
      return codeField(parameter, parameter.sources, write);
  }
}

function flagField({ name }: Parameter, write: Write): ArgumentField {
  const field = new SwitchField(name, "", (value) => write(literal(value)));
  return { field, show: ({ value }) => field.show(value === true) };
}

function choiceField({ name }: Parameter, choices: readonly string[], write: Write): ArgumentField {
  const labelled = choices.map((word) => [word, word] as const);
  const field = new ChoiceField(name, "", labelled, (value) => write(literal(value)));
  return { field, show: ({ value }) => field.show(String(value)) };
}

function milestonesField({ name, range }: Parameter, write: Write): ArgumentField {
  const read = (source: string): number[] | null => readNumbers(source.replace(/^\s*\[|\]\s*$/g, ""));
  const field = new ListField(name, range, (value) => write(literal(value)), read);
  return { field, show: ({ value }) => field.show((value ?? []) as readonly number[]) };
}

function codeField({ name, range }: Parameter, suggestions: readonly string[], write: Write): ArgumentField {
  const field = new TextField(name, range, write, suggestions);
  return { field, show: ({ span }, code) => field.show(code.slice(span.from, span.to)) };
}

function numberField(parameter: NumericParameter, write: Write): ArgumentField {
  const { name, kind, range } = parameter;
  const whole = kind === "steps" || kind === "count";
  const around: Surroundings = { lr: 1, steps: 1 }; // until the first are shown
  const field = new NumberField(name, range, [0], whole, (value) => write(literal(value, !whole)));
  let [known, usual] = [around, notchesFor(parameter, around)];
  return {
    field,
    show: ({ value }, _code, now) => {
      const number = typeof value === "number" ? value : undefined;
      if (kind === "rate" ? now.lr !== known.lr : now.steps !== known.steps) {
        [known, usual] = [now, notchesFor(parameter, now)];
      }
      field.rescale(including(number, usual));
      field.show(number);
    },
  };
}
