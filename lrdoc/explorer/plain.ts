/** Replaces `@lezer/highlight` on reference pages, where no code is coloured: the grammar needs its functions, but not their results. */

type Tag = (of?: Tag) => Tag;

function plain(): Tag {
  return plain;
}

export const tags: Readonly<Record<string, Tag>> = new Proxy({}, { get: plain });

/** Return a source of node properties that has none. */
export function styleTags(): () => undefined {
  return () => undefined;
}
