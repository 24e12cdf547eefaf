/** The engine: Python code with OneFlow schedulers in, learning rates out. It has no DOM and executes no code. */

export { addRecipes, described, examples, recipes, sources } from "./described.ts";
export { literal, replace, setArgument } from "./edit.ts";
export { MOST_IN_TURN, MOST_STEPS } from "./generated/limits.ts";
export type { Key } from "./generated/messages.ts";
export { schedulers } from "./generated/schedulers.ts";
export { look } from "./look.ts";
export { read } from "./read.ts";
export { MOST_CHARACTERS } from "./script.ts";
export { trace } from "./trace.ts";
export type {
  Argument,
  Ask,
  Call,
  Curve,
  Given,
  Kind,
  Note,
  NumericParameter,
  Optimizer,
  Options,
  Parameter,
  Preset,
  Problem,
  Reading,
  Scheduler,
  Script,
  Span,
  Traced,
  Value,
} from "./types.ts";
