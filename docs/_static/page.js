// Every page: access by keyboard, landmarks for screen readers, the language switch. A page can be read without it.
"use strict";

/**
 * Boxes that scroll sideways can be scrolled by keyboard only if they can be focused.
 * Those whose content fits are left out of the tab order.
 * The observer tells of a box when it is first laid out, which a fold or the distance from the screen may put off; to ask for its width would have it laid out at once.
 */
function focusableWhenScrolling() {
  const watch = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      const box = /** @type {HTMLElement} */ (target);
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
      } else {
        box.removeAttribute("tabindex");
      }
    }
  });
  for (const box of document.querySelectorAll(
    ".table-wrapper, .math-wrapper, .highlight pre, .katex-display, .lr-scroll",
  )) {
    watch.observe(box);
  }
}

/** Move the link that skips the navigation before the checkboxes of furo's drawers, so that the first Tab reaches it. */
function skipLinkFirst() {
  const link = document.querySelector(".skip-to-content");
  if (link) {
    document.body.prepend(link);
  }
}

/**
 * In a narrow window, a checkbox opens each of the two drawers (site navigation, table of contents).
 * Enter works it as Space does. Opening moves the focus into the drawer; Escape closes it and moves the focus back.
 */
function drawer(/** @type {string} */ checkboxId, /** @type {string} */ drawerSelector) {
  const checkbox = /** @type {HTMLInputElement} */ (document.getElementById(checkboxId));
  const panel = document.querySelector(drawerSelector);
  if (!panel) {
    return;
  }
  const labels = [...document.querySelectorAll(`label[for="${checkboxId}"]`)];
  const mark = () => {
    for (const part of [panel, ...labels]) {
      part.classList.toggle("lr-open", checkbox.checked);
      part.classList.toggle("lr-focused", checkbox.matches(":focus-visible"));
    }
    panel.classList.toggle("lr-shut", !checkbox.checked);
  };
  mark();
  for (const type of ["change", "focus", "blur"]) {
    checkbox.addEventListener(type, mark);
  }
  checkbox.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") {
      return;
    }
    event.preventDefault();
    checkbox.click();
  });
  checkbox.addEventListener("change", () => {
    /** @type {HTMLElement | null} */
    const first = panel.querySelector("a, input, button");
    if (checkbox.checked && checkbox.matches(":focus-visible")) {
      first?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !checkbox.checked) {
      return;
    }
    checkbox.checked = false;
    mark();
    checkbox.focus();
  });
}

/** Wrap a part that furo leaves outside of all landmarks in a landmark, so that screen readers list it. */
function giveLandmark(/** @type {HTMLElement | null} */ part) {
  if (!part) {
    return;
  }
  const landmark = document.createElement("nav");
  landmark.setAttribute("aria-label", part.getAttribute("aria-label") ?? part.textContent.trim());
  part.replaceWith(landmark);
  landmark.append(part);
}

/** The fragment (`#id`) of the section that is being read; empty above the first section. */
function reading() {
  if (location.hash.startsWith("#explore?")) {
    return location.hash; // what an explorer shows
  }
  const asked = document.querySelector(":target");
  const { top = -1 } = asked?.getBoundingClientRect() ?? {};
  if (top >= 0 && top < innerHeight) {
    return location.hash;
  }
  const sections = [...document.querySelectorAll("article section section[id]")];
  const begun = sections.filter((section) => section.getBoundingClientRect().top < 120);
  const last = begun.at(-1);
  return last ? `#${last.id}` : "";
}

/** Lead to the same section, and to the same search, in the other language; store the choice for the site's root page. */
function languageSwitch(/** @type {HTMLAnchorElement} */ link) {
  for (const type of ["click", "auxclick", "contextmenu"]) {
    link.addEventListener(type, () => {
      link.search = location.search;
      link.hash = reading();
    });
  }
  link.addEventListener("click", () => {
    try {
      localStorage.setItem("language", link.dataset.language ?? "");
    } catch {
      // The browser blocks storage: the root page goes on choosing by the browser's languages.
    }
  });
}

/** Open what is folded around the target of the address. */
function unfoldTarget() {
  const target = document.querySelector(":target"); // by the browser's own reading of the address, which any link may have written
  let fold = target?.closest("details");
  while (fold) {
    fold.open = true;
    fold = fold.parentElement?.closest("details");
  }
}

/** Print what is folded, too. */
function unfoldForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details")].filter((fold) => !fold.open);
    for (const fold of opened) {
      fold.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) {
      fold.open = false;
    }
  });
}

skipLinkFirst();
/** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".lr-language")).forEach(languageSwitch);
for (const part of [".sidebar-toggle#__navigation", ".sidebar-toggle#__toc", ".back-to-top"]) {
  giveLandmark(document.querySelector(part));
}
drawer("__navigation", ".sidebar-drawer");
drawer("__toc", ".toc-drawer");
focusableWhenScrolling();
unfoldTarget();
addEventListener("hashchange", unfoldTarget);
unfoldForPrint();
