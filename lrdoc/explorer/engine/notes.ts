/** What the reader should know about how the code was read. */

import { type Construction, labelled, nameOf } from "./construction.ts";
import { dialect } from "./dialect.ts";
import type { Key } from "./generated/messages.ts";
import { type Filling, say } from "./python/errors.ts";
import type { Value } from "./python/values.ts";
import type { Note, Span } from "./types.ts";
import type { Workshop } from "./workshop.ts";

/** Return a note; `link` is a page of the site and a heading in it. */
export function note(key: Key, { from, to }: Span, filling: Filling = {}, link?: string): Note {
  return { key, filling, message: say(key, filling), from, to, ...(link === undefined ? {} : { link }) };
}

/** Return what is to be known about the optimizers and schedulers of a script that has run. */
export function notesOf(workshop: Workshop, code: string): Note[] {
  const unknown = workshop.unknownGroups.map((node) =>
    note("groupsUnknown", node, { name: code.slice(node.from, node.to) }),
  );
  const foreign = [...workshop.optimizers, ...workshop.schedulers].find(
    ({ translation }) => translation !== null && translation.isStranger !== true,
  );
  const read = foreign === undefined ? [] : [note("torchRead", foreign.node)];
  const outer = workshop.schedulers.filter((made) => !made.inner && made.instance !== null);
  const differences = outer.flatMap((made) => dialect()?.differences(made) ?? []);
  return [...read, ...workshop.notes, ...differences, ...unknown, ...rivals(workshop.schedulers)];
}

/** Return notes without those that are the same: code may make a call many times. */
export function single(notes: readonly Note[]): Note[] {
  const found = new Map(notes.map((one) => [`${one.from} ${one.message}`, one]));
  return Array.from(found.values());
}

/** Return a note for each scheduler that is not the first one of its optimizer. */
function rivals(schedulers: readonly Construction[]): Note[] {
  const first = new Map<Value, Construction>();
  const labels = labelled(schedulers);
  const called = (made: Construction): string => labels.get(made) ?? nameOf(made);
  return schedulers.flatMap((made) => {
    const optimizer = made.inner ? null : (made.instance?.attributes.get("optimizer") ?? null);
    const before = first.get(optimizer);
    if (optimizer === null || before === undefined) {
      first.set(optimizer, made);
      return [];
    }
    return [note("rivals", made.node, { first: called(before), second: called(made) })];
  });
}
