/** What the engine takes and gives. */

import type { Kind } from "./generated/kinds.ts";
import type { Key } from "./generated/messages.ts";

export type { Kind };

/** A piece of the code: `code.slice(from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A value that a reader gives to a name of the code. An integer is a Python int, any other number a float. */
export type Given = number | string | boolean | readonly Given[];

export interface Options {
  /** The base learning rate of an optimizer that the code names but does not make; 0.1 unless given. */
  readonly lr?: number;
  /** How many learning rates to compute, that of step 0 included; 100 unless given. */
  readonly steps?: number;
  /** What ReduceLROnPlateau is given: `metrics[t]` acts from step `t + 1` on; the last one repeats. */
  readonly metrics?: readonly number[];
  /** Values of names that the code uses but does not assign; they come before the defaults that the code proposes. */
  readonly names?: Readonly<Record<string, Given>>;
  /**
   * The steps whose learning rates are wanted, rising from 0; all of them where it is empty.
   * A curve of which a step needs the steps before, or calls a function of the code, is computed at all steps anyway.
   */
  readonly places?: readonly number[];
  /** Whether such a curve is computed where `places` are given; it is, unless this is false, which leaves it empty. */
  readonly inTurn?: boolean;
}

/** A name of the code whose value the code does not tell. */
export interface Ask extends Span {
  /** As in the code: `args.lr`, `cfg.train.epochs`, `len(train_loader)`. */
  readonly name: string;
  readonly kind: "number" | "text" | "flag" | "list";
  /** What the code itself proposes, such as argparse's default; where there is one it holds until the reader gives another. */
  readonly default?: Given;
  /** For a text: the choices, where the code lists them. */
  readonly choices?: readonly string[];
}

/** What the reader should know about how the code was read. */
export interface Note extends Span {
  readonly key: Key;
  readonly filling?: Readonly<Record<string, string | number>>;
  readonly message: string;
  /** A page of the site and a heading in it, such as `reference/one_cycle#by-batch`. */
  readonly link?: string;
}

/** The learning rates of one scheduler of the code that is not an argument of another, one per step. */
export interface Curve {
  /** The name of the variable that holds the scheduler, else the name of its class. */
  readonly label: string;
  /** Shorter than asked for where OneFlow raises an error: it ends before that step. */
  readonly lr: Float64Array;
  /** The steps of `lr`, where it holds the learning rates of some steps alone. */
  readonly places?: readonly number[];
  /** The constructor call. */
  readonly call: Span;
  /** Whether it follows `metrics`. */
  readonly metric: boolean;
  /** Which param group it is of, where the optimizer has more than one: then the scheduler has a curve for each, all with its label. */
  readonly group?: { readonly index: number; readonly label: string };
}

/** What is wrong with the code, and where. */
export interface Problem extends Span {
  readonly message: string;
  /** Whether `message` is OneFlow's or Python's own, with the class of the exception in front, as Python prints it. */
  readonly oneflow: boolean;
  /** Of the engine's own messages: the key under which `lrdoc/explorer/messages.py` has its words, and what is filled in, for a page in another language. */
  readonly key?: Key;
  readonly filling?: Readonly<Record<string, string | number>>;
  /** The label of the curve that ends here, and the step whose learning rate could not be computed; not for errors of construction. */
  readonly curve?: string;
  readonly step?: number;
  /** The parameter whose value is refused, if it is one alone. */
  readonly parameter?: string;
  /** The name that needs a value in `names`. */
  readonly name?: string;
}

export interface Traced {
  readonly curves: readonly Curve[];
  readonly errors: readonly Problem[];
  /** The names that need a value, or have one from the reader or a default of the code, in the order in which they come. */
  readonly asks: readonly Ask[];
  readonly notes: readonly Note[];
}

/** The value of an argument, as a control can show it; Python's float and int are both a number. */
export type Value = null | boolean | number | string | Call | readonly Value[] | { readonly source: string };

export interface Argument {
  readonly parameter: string;
  /** `undefined` where it has no default and is not given, or cannot be evaluated. */
  readonly value: Value | undefined;
  /** Whether the code gives it; the value is the signature's default otherwise. */
  readonly given: boolean;
  /** Whether the code writes it as a literal, so that replacing it loses nothing but a number. */
  readonly literal: boolean;
  /** The class whose parameter it is: that of the call, or for a class of the code's own the one of OneFlow's that it hands the value to. */
  readonly owner: string;
  /** The value's expression; where it is not given, the empty span at which `setArgument` would write it. */
  readonly span: Span;
}

/** A constructor call of a scheduler. */
export interface Call extends Span {
  readonly className: string;
  readonly label: string;
  /** One per parameter of the signature, in its order. */
  readonly arguments: readonly Argument[];
}

/** An optimizer that the code makes. */
export interface Optimizer extends Span {
  readonly label: string;
  readonly lr: Argument;
}

export interface Reading {
  /** The schedulers that are no arguments of others, in the order of the code; the rest are values of arguments. */
  readonly schedulers: readonly Call[];
  readonly optimizers: readonly Optimizer[];
  readonly errors: readonly Problem[];
  /** As in `Traced`. */
  readonly asks: readonly Ask[];
  readonly notes: readonly Note[];
}

/** What a control offers of the numbers that are valid. */
interface Numeric {
  readonly minimum?: number;
  readonly maximum?: number;
  /** Whether the minimum itself is not valid. */
  readonly open?: boolean;
  /** The range worth a slider. */
  readonly usual: readonly [number, number];
}

/** What a control needs to know beside the kind, for every kind that there is. */
interface Offered extends Record<Kind, object> {
  steps: Numeric;
  count: Numeric;
  rate: Numeric;
  decay: Numeric;
  margin: Numeric;
  real: Numeric;
  flag: object;
  choice: { readonly choices: readonly string[] };
  milestones: object;
  /** Lambdas worth offering. */
  function: { readonly sources: readonly string[] };
}

interface Ranged<K extends Kind> {
  readonly name: string;
  readonly kind: K;
  /** The valid range, in symbols. */
  readonly range: string;
}

type Described<K extends Kind> = { [Each in K]: Ranged<Each> & Offered[Each] }[K];

/** A parameter that shapes the curve and whose values are no schedulers. */
export type Parameter = Described<Kind>;

/** A parameter whose values are numbers. */
export type NumericParameter = Described<"steps" | "count" | "rate" | "decay" | "margin" | "real">;

/** An example worth showing; `code` is the constructor call. */
export interface Preset {
  readonly code: string;
  readonly steps: number;
  readonly lr: number;
  readonly metrics?: readonly number[];
}

/** An example that is about no single scheduler: all of its code, and values of names that it does not assign. */
export interface Script {
  readonly label: string;
  readonly code: string;
  readonly steps: number;
  readonly names: Readonly<Record<string, number>>;
  readonly metrics?: readonly number[];
}

export interface Scheduler {
  /** The snake_case name, which is also that of its page. */
  readonly name: string;
  readonly className: string;
  readonly parameters: readonly Parameter[];
  /** At least one; the first is shown first. */
  readonly presets: readonly Preset[];
}
