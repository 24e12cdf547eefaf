/** The engine: Python code with OneFlow schedulers in, learning rates out. It has no DOM and executes no code. */

export { literal, replace, setArgument } from "./edit.ts";
export type { Key } from "./generated/messages.ts";
export { schedulers } from "./generated/schedulers.ts";
export { read } from "./read.ts";
export { trace } from "./trace.ts";
export type {
  Argument,
  Call,
  Curve,
  Kind,
  Optimizer,
  Options,
  Parameter,
  Preset,
  Problem,
  Reading,
  Scheduler,
  Span,
  Traced,
  Value,
} from "./types.ts";
