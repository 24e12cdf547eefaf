/** What can be told of the user's code without running it. */

import type { Known } from "./changes.ts";
import { BUILTINS } from "./python/builtins.ts";
import { inside } from "./python/scope.ts";
import {
  type Call,
  type Definition,
  type Expression,
  lastName,
  partsOf,
  type Statement,
  walk,
} from "./python/syntax.ts";

/** What scheduler classes are called, here and in other libraries. */
const SCHEDULER_NAME = /(LR|Scheduler|Restarts|Plateau|lr_scheduler)$/;
/** The methods with which a training steps schedulers; timm's have the second for updates. */
export const STEPPING: ReadonlySet<string> = new Set(["step", "step_update"]);
const TRAINING = new Set([...STEPPING, "backward", "zero_grad"]);

/** A call of a method that only a training has. */
export interface TrainingCall {
  readonly name: string;
  readonly object: Expression;
  readonly call: Call;
}

export class Code implements Known {
  readonly definitions = new Map<string, Definition[]>();
  /** The names that are imported from other libraries. */
  readonly foreign = new Set<string>();
  readonly #couldMake: (callee: Expression) => boolean;
  readonly #called = new Set<string>();
  readonly #makers = new Map<Statement, boolean>();
  readonly #steps = new Map<Statement, TrainingCall[]>();

  /** `couldMake` tells whether a call makes a scheduler or an optimizer by itself. */
  constructor(statements: readonly Statement[], couldMake: (callee: Expression) => boolean) {
    this.#couldMake = couldMake;
    this.#collect(statements);
  }

  isBuiltin(name: string): boolean {
    return BUILTINS.has(name);
  }

  isSchedulerName(name: string): boolean {
    return SCHEDULER_NAME.test(name);
  }

  /** Tell whether the code itself calls a function of this name. */
  isCalled(name: string): boolean {
    return this.#called.has(name);
  }

  /** Tell whether a statement makes schedulers or optimizers, by itself or in a function that it calls. */
  makes(node: Statement): boolean {
    const known = this.#makers.get(node) ?? calleesIn(node).some((one) => this.mayMake(one));
    this.#makers.set(node, known);
    return known;
  }

  /** Tell whether a call makes schedulers or optimizers, by itself or in what it calls. */
  mayMake(callee: Expression): boolean {
    const called = [callee];
    const entered = new Set<Definition>();
    for (const one of called) {
      if (this.#couldMake(one)) {
        return true;
      }
      for (const definition of this.definitions.get(lastName(one)) ?? []) {
        if (!entered.has(definition)) {
          entered.add(definition);
          called.push(...definition.body.flatMap(calleesIn));
        }
      }
    }
    return false;
  }

  /** Return the calls in a statement that only a training has. */
  steps(node: Statement): readonly TrainingCall[] {
    const known = this.#steps.get(node);
    if (known !== undefined) {
      return known;
    }
    const found: TrainingCall[] = [];
    walk(node, (one) => {
      if (one.type === "call" && one.callee.type === "attribute" && TRAINING.has(one.callee.name)) {
        found.push({ name: one.callee.name, object: one.callee.object, call: one });
      }
    });
    this.#steps.set(node, found);
    return found;
  }

  #collect(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.type === "def") {
        this.definitions.set(statement.name, [...(this.definitions.get(statement.name) ?? []), statement]);
      }
      if (statement.type === "def" || statement.type === "class") {
        this.#collect(statement.body);
      } else {
        this.#collect(inside(statement));
      }
      walk(statement, (one) => {
        if (one.type === "call") {
          this.#called.add(lastName(one.callee));
        }
      });
    }
  }
}

function calleesIn(node: Statement): Expression[] {
  return partsOf(node).flatMap((one) => (one.type === "call" ? [one.callee] : []));
}
