/** How a person would get rid of what lies over an element: a banner, a dialog, a veil with a dialog. */

import { obstacle } from "./hit";
import { Pass } from "./selectors/pass";
import { disabledBecause } from "./state";
import { clip, elementText, normalize } from "./text";
import { contains, flatAncestors } from "./tree";
import type { Point, WayOut } from "./types";
import { boxOf, inViewport, isVisible, viewport } from "./visible";

/**
 * Only something that lies over the page has a way out, and only one whose words say that it does nothing else: what asks
 * whether to delete something keeps its question.
 */
export function wayOut(hit: Element, target: Element): WayOut | undefined {
  const cover = outermostCover(hit, target);
  if (!cover) return undefined;
  const pass = new Pass();
  // A veil has no buttons; the dialog that it belongs to may be its neighbour.
  for (const part of [cover, ...dialogs(pass, target, cover)]) {
    const best = closer(part, pass);
    if (best) return { by: `${best.localName} ${JSON.stringify(clip(pass.nameOf(best), 40))}`, point: middle(best) };
  }
  // The browser itself closes these by the key.
  const native = [...flatAncestors(hit)].find((at) => at.matches(":modal, [popover]:not([popover=manual i]):popover-open"));
  return native && !contains(native, target) ? { by: "Escape" } : undefined;
}

/** The outermost part over the page that holds what was hit and not the element. */
function outermostCover(hit: Element, target: Element): Element | undefined {
  let found: Element | undefined;
  for (const at of flatAncestors(hit)) {
    if (contains(at, target)) break;
    if (liesOver(at)) found = at;
  }
  return found;
}

const dialogCss = "dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]";

function liesOver(element: Element): boolean {
  if (element.matches(`${dialogCss},[popover]:popover-open`)) return true;
  const { position } = getComputedStyle(element);
  if (position === "fixed") return true;
  if (position !== "absolute" && position !== "sticky") return false;
  const { width, height } = boxOf(element);
  const view = viewport();
  return width * height > (view.width * view.height) / 2;
}

function dialogs(pass: Pass, target: Element, besides: Element): Element[] {
  const open = pass.query(dialogCss).filter((at) => isVisible(at) && !contains(at, target) && !contains(besides, at));
  return open.length === 1 ? open : [];
}

/** The control that closes a part of the page and does nothing else: closing before refusing before taking notice. */
function closer(part: Element, pass: Pass): Element | undefined {
  const controls = pass.query("button,[role=button],input[type=button],a").filter((at) => contains(part, at) && isPressable(at));
  const named = (words: RegExp) => controls.find((at) => words.test(plain(pass.nameOf(at))));
  const found = named(closing) ?? controls.find((at) => at.matches(closingCss)) ?? named(refusing);
  if (found) return found;
  // Taking notice closes what only tells something; what asks two things is answered for cookies only.
  const isConsent = /cookie|consent|gdpr|datenschutz|rgpd/i.test(elementText(part));
  const noticed = controls.length === 1 || isConsent ? named(noticing) : undefined;
  return noticed ?? (isConsent ? named(agreeing) : undefined);
}

function isPressable(element: Element): boolean {
  // A link that leads elsewhere closes nothing.
  const href = element.localName === "a" ? element.getAttribute("href") : null;
  if (href && !/^(#|javascript:)/i.test(href)) return false;
  if (!isVisible(element) || disabledBecause(element) || !inViewport(boxOf(element))) return false;
  return obstacle(element, middle(element)) === null;
}

function middle(element: Element): Point {
  const { x, y, width, height } = boxOf(element);
  return { x: x + width / 2, y: y + height / 2 };
}

const closingCss = "[data-dismiss],[data-bs-dismiss],.btn-close";

/** Whole names: “Close account” is none of them. */
const words = (alternatives: string) => new RegExp(`^(?:${alternatives})$`, "u");
const things = "dialog|popup|pop-up|window|modal|banner|message|notice|notification|overlay|cookie banner|this|menu|panel";
const closing = words(
  `[x×✕✖✗⨯]|(?:close|dismiss|hide)(?: (?:the |this )?(?:${things}))?|schließen|(?:dialog|fenster|hinweis) schließen|fermer|cerrar|chiudi|fechar|sluiten|zamknij|stäng|luk|zavřít|закрыть|閉じる|关闭|關閉|닫기`,
);
const refusing = words(
  "cancel|(?:reject|decline|refuse|deny)(?: all| optional| additional| non-essential)*(?: cookies)?|no,? thanks|no,? thank you|not now|maybe later|later|skip|skip for now|remind me later|(?:use |accept )?(?:only )?(?:strictly )?(?:necessary|essential|required)(?: cookies)?(?: only)?|continue without accepting|" +
    "abbrechen|(?:alle )?ablehnen|nein,? danke|später|nicht jetzt|(?:nur )?(?:notwendige|erforderliche)(?: cookies)?(?: akzeptieren| zulassen)?|" +
    "annuler|(?:tout )?refuser|non,? merci|plus tard|continuer sans accepter|cancelar|rechazar(?: todo| todas)?|no,? gracias|ahora no|annulla|rifiuta(?: tutto| tutti)?|no,? grazie|annuleren|(?:alles )?weigeren|nee,? bedankt|rejeitar(?: tudo| todos)?|odrzuć(?: wszystkie)?",
);
const noticing = words("ok(?:ay)?|got it|understood|i understand|verstanden|alles klar|d’accord|compris|entendido|ho capito|begrepen");
const agreeing = words(
  "(?:i )?agree|(?:accept|allow)(?: all)?(?: cookies)?|(?:alle )?(?:cookies )?akzeptieren|(?:alle )?zulassen|zustimmen|einverstanden|" +
    "(?:tout )?accepter|j’accepte|aceptar(?: todo| todas)?|accetta(?: tutto| tutti)?|(?:alles )?accepteren|aceitar(?: tudo| todos)?|akceptuję",
);

function plain(name: string): string {
  return normalize(name)
    .toLowerCase()
    .replace(/[.!…]+$/u, "")
    .trim();
}
