// Sphinx builds the plural rule of a translation with new Function, which a strict Content-Security-Policy forbids.
// The rules that the site's languages need are written out here instead.
"use strict";

const PLURAL_RULES = { en: (n) => (n === 1 ? 0 : 1), zh_CN: () => 0 };

Documentation.addTranslations = ({ locale, messages }) => {
  Object.assign(Documentation.TRANSLATIONS, messages);
  Documentation.PLURAL_EXPR = PLURAL_RULES[locale] ?? PLURAL_RULES.en;
  Documentation.LOCALE = locale;
};
