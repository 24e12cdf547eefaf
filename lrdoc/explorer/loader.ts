/**
 * What a page with an explorer loads at once. The rest is loaded when the explorer comes near the screen or is touched,
 * when the address holds a state to show, or when somebody at the console asks for `window.lrdoc`; on the playground at once.
 */

const LINK = "#explore?";
const NEAR = "300px";
const base = new URL(".", (document.currentScript as HTMLScriptElement).src);
const hosts = Array.from(document.querySelectorAll<HTMLElement>("[data-lr-script]"));
const [host] = hosts; // a link is for the first
/** From the smallest on: each does what the one before it does, and more. */
const SCRIPTS = ["explorer", "recipe", "chooser", "playground"];
const asked = hosts.map((one) => one.getAttribute("data-lr-script"));
/** The script that brings all of a page to life. */
const script = SCRIPTS.filter((name) => asked.includes(name)).at(-1) ?? "explorer";
let begun = false;

function load(): void {
  if (begun || host === undefined) {
    return;
  }
  begun = true;
  const strings = script === "recipe" ? "explorer" : script;
  for (const name of [`${strings}-strings`, ...(script === "playground" ? ["editor"] : []), script]) {
    const loaded = document.createElement("script");
    loaded.src = new URL(`${name}.js`, base).href;
    loaded.async = false; // one after the other
    document.head.append(loaded);
  }
}

function loadForLink(): void {
  if (!location.hash.startsWith(LINK)) {
    return;
  }
  load();
  if (host?.hasAttribute("data-lr-playground") === false) {
    host.scrollIntoView({ behavior: "instant" }); // the playground is a page of its own, from its title on
  }
}

/** Until the script is loaded, reading `window.lrdoc` gives undefined and starts the loading. */
function loadWhenAsked(): void {
  Object.defineProperty(window, "lrdoc", {
    configurable: true,
    get: load,
    set: (value) => Object.defineProperty(window, "lrdoc", { value, writable: true, configurable: true }),
  });
}

function loadWhenNear(): void {
  const watch = new IntersectionObserver(
    (seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) {
        watch.disconnect();
        load();
      }
    },
    { rootMargin: NEAR },
  );
  for (const one of hosts) {
    watch.observe(one);
  }
}

/** A page in an `<iframe>` of another site shows its explorer alone. */
if (host !== undefined && location.search === "?embed") {
  document.documentElement.classList.add("lr-embedded");
  for (let holder = host.parentElement; holder !== null; holder = holder.parentElement) {
    holder.classList.add("lr-holds");
  }
  load();
}

loadWhenAsked();
if (host?.hasAttribute("data-lr-playground")) {
  load(); // the page has no other content
} else if (document.readyState === "complete") {
  loadWhenNear();
} else {
  addEventListener("load", loadWhenNear, { once: true }); // the page itself comes first
}
/** Mark what a reader has set or pressed: the scripts read this attribute, so that nothing is lost that is set before they are there. */
function mark(control: Element): void {
  control.setAttribute("data-lr-set", "");
}

/** Tell whether a control is no longer as the page had it. */
function isSet(control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): boolean {
  if (control instanceof HTMLSelectElement) {
    const options = Array.from(control.options);
    return (
      control.selectedIndex !==
      Math.max(
        0,
        options.findIndex(({ defaultSelected }) => defaultSelected),
      )
    );
  }
  return control.value !== control.defaultValue || ("checked" in control && control.checked !== control.defaultChecked);
}

for (const one of hosts) {
  // Before this script ran.
  for (const control of one.querySelectorAll<HTMLInputElement>("input, select, textarea")) {
    if (isSet(control)) {
      mark(control);
    }
  }
  for (const touch of ["pointerdown", "focusin"]) {
    one.addEventListener(touch, load, { once: true });
  }
  one.addEventListener("input", ({ target }) => mark(target as Element));
  one.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest("button");
    if (button !== null) {
      mark(button);
    }
  });
}
loadForLink();
addEventListener("hashchange", loadForLink);
