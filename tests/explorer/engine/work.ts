/** Counts work in a way that neither the processor nor its load changes: how often the engine's functions, branches and loops are entered. Imported first: of what is loaded before, only a part is counted. */

import { type Profiler, Session } from "node:inspector";

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** Blocks of code that are entered; a processor of 2020 enters as many in two seconds. */
export const MOST_WORK = 300_000_000;

/** Return how often blocks of code were entered, of the engine and of the parser, while `act` ran. */
export function workOf(act: () => void): number {
  entered();
  act();
  return entered();
}

/** Return how often blocks were entered since the last time. */
function entered(): number {
  let found = 0;
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    if (error !== null) {
      throw error;
    }
    found = result.filter(({ url }) => /lrdoc\/explorer|node_modules/.test(url)).reduce(add, 0);
  });
  return found;
}

function add(sum: number, { functions }: Profiler.ScriptCoverage): number {
  return functions.flatMap(({ ranges }) => ranges).reduce((before, { count }) => before + count, sum);
}
