/** Fields whose content must never leave the page: passwords, cards, codes, national numbers. */

import { labelTexts } from "./name";

const secretWords =
  /passw|passcode|passphrase|\bpwd\b|secret|\bpin\b|\bcvv2?\b|\bcvc2?\b|\bcsc\b|security.?code|card.?(number|no|num)\b|cardnumber|credit.?card|\bccnum|\bssn\b|social.?security|\biban\b|\botp\b|one.?time|api.?key|access.?token/i;
const secretAutocomplete = /\b(current-password|new-password|one-time-code|cc-number|cc-csc|cc-exp|cc-exp-month|cc-exp-year)\b/;

/** Secret fields and their variables. A "show password" button turns one into a text field, and it stays secret. */
const secrets = new WeakMap<Element, string>();

export function isSensitive(element: Element): boolean {
  if (secrets.has(element)) return true;
  if (!judge(element)) return false;
  secrets.set(element, nameFrom(element));
  return true;
}

/** The variable that stands for the value: `user_password` becomes `USER_PASSWORD`. */
export function variableNameFor(element: Element): string {
  return secrets.get(element) ?? nameFrom(element);
}

function nameFrom(element: Element): string {
  for (const source of sources(element)) {
    const name = source
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/[^A-Za-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .toUpperCase()
      .slice(0, 40);
    if (/^[A-Z]/.test(name)) return name;
  }
  return element instanceof HTMLInputElement && element.type === "password" ? "PASSWORD" : "SECRET";
}

function judge(element: Element): boolean {
  if (element instanceof HTMLInputElement) {
    if (element.type === "password") return true;
    if (!/^(text|tel|number|email|search|url)$/.test(element.type)) return false;
  } else if (!(element instanceof HTMLTextAreaElement)) {
    return false;
  }
  if (secretAutocomplete.test(element.autocomplete)) return true;
  return sources(element).some((text) => secretWords.test(words(text)));
}

function sources(element: Element): string[] {
  const attributes = ["name", "id", "aria-label", "placeholder"].map((name) => element.getAttribute(name) ?? "");
  return [...attributes.slice(0, 2), ...labelTexts(element), ...attributes.slice(2)].filter(Boolean);
}

/** `cardNumber` and `card_number` read as words, so that `pin` is not found in `shipping`. */
function words(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[_\-.[\]]+/g, " ");
}
