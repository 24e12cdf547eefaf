/** Copying text. */

/** Put `words` on the clipboard; return whether that worked. */
export async function copy(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyBySelection(words);
  }
}

/** The older way, for pages that are not served over https. */
function copyBySelection(words: string): boolean {
  const box = document.createElement("textarea");
  box.value = words;
  box.className = "lr-unseen";
  const before = document.activeElement;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (before instanceof HTMLElement) {
    before.focus();
  }
  return done;
}
