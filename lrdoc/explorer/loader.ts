/**
 * What a page with an explorer loads at once. The rest is loaded when the explorer comes near the screen,
 * when the address holds a state to show, or when somebody at the console asks for `window.lrdoc`; on the playground at once.
 */

const LINK = "#explore?";
const NEAR = "300px";
/** Milliseconds that the explorer must stay near the screen before it is loaded: a jump to a heading below it passes it, and must not have the page grow above the target. */
const PASSING = 300;
const base = new URL(".", (document.currentScript as HTMLScriptElement).src);
const host = document.querySelector<HTMLElement>("[data-lr-script]");
let begun = false;

function load(): void {
  if (begun || host === null) {
    return;
  }
  begun = true;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("explorer.css", base).href;
  // The chart takes its colours and its size from the stylesheet.
  style.onload = addScripts;
  document.head.append(style);
}

function addScripts(): void {
  for (const name of ["explorer-strings", host?.getAttribute("data-lr-script")]) {
    const script = document.createElement("script");
    script.src = new URL(`${name}.js`, base).href;
    script.async = false; // one after the other
    document.head.append(script);
  }
}

function loadForLink(): void {
  if (!location.hash.startsWith(LINK)) {
    return;
  }
  load();
  host?.scrollIntoView({ behavior: "instant" });
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = new IntersectionObserver(
    (seen) => {
      clearTimeout(timer);
      if (seen.at(-1)?.isIntersecting) {
        timer = setTimeout(arrive, PASSING);
      }
    },
    { rootMargin: NEAR },
  );
  const arrive = (): void => {
    watch.disconnect();
    load();
  };
  if (host !== null) {
    watch.observe(host);
  }
}

/** Act once images and styles have their sizes: until then the explorer may stand higher than it will. */
function whenLaidOut(act: () => void): void {
  if (document.readyState === "complete") {
    act();
  } else {
    addEventListener("load", act, { once: true });
  }
}

// Room for what is to come, in place of the sentence for readers without JavaScript.
host?.replaceChildren();
host?.classList.add("lr-waiting");
loadWhenAsked();
if (host?.hasAttribute("data-lr-playground")) {
  load(); // the page has no other content
} else {
  whenLaidOut(loadWhenNear);
}
loadForLink();
addEventListener("hashchange", loadForLink);
