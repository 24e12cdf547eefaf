/** Stands in for `@lezer/highlight` on reference pages: the grammar gives its words tags for colours that only the playground's editor shows. */

type Tag = (of?: Tag) => Tag;

function plain(): Tag {
  return plain;
}

export const tags: Readonly<Record<string, Tag>> = new Proxy({}, { get: plain });

/** Return what gives no node a colour. */
export function styleTags(): () => undefined {
  return () => undefined;
}
