// Sphinx builds the plural rule of a translation with new Function, which a strict Content-Security-Policy forbids.
// The rules that the site's languages need are written out here instead.
"use strict";

/** @type {Record<string, (n: number) => number>} */
const PLURAL_RULES = { en: (n) => (n === 1 ? 0 : 1), zh_CN: () => 0 };

// @ts-expect-error  Sphinx's doctools.js defines it
const documentation = Documentation;
documentation.addTranslations = (/** @type {{locale: string, messages: object}} */ { locale, messages }) => {
  Object.assign(documentation.TRANSLATIONS, messages);
  documentation.PLURAL_EXPR = PLURAL_RULES[locale] ?? PLURAL_RULES.en;
  documentation.LOCALE = locale;
};
