/** Making elements. Text goes in as text: nothing here, or anywhere in the view, parses HTML. */

type Attributes = Record<string, string | number | boolean>;

/** Return a new element; an attribute that is `false` is left out, one that is `true` is empty. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** Return a new element of an SVG drawing. */
export function drawn(name: string, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** Return a button that does something. */
export function button(label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element("button", { type: "button", class: "lr-button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/** Hide an element, or show it: one that is as it should be is left alone, as every setting has its surroundings styled anew. */
export function hide(target: HTMLElement, isHidden: boolean): void {
  if (target.hidden !== isHidden) {
    target.hidden = isHidden;
  }
}

/** Have an element say something: one that says it already is left alone, as every setting has the page laid out anew. */
export function write(target: HTMLElement, words: string): void {
  if (target.textContent !== words) {
    target.textContent = words;
  }
}

let made = 0;

/** Return an id that no other element of the page has. */
export function freshId(): string {
  made += 1;
  return `lr-explorer-${made}`;
}

function set(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) {
      target.setAttribute(name, value === true ? "" : String(value));
    }
  }
}
