/** Every selector worth recording for an element, best first, each verified to match only that element. */

import { labelTexts } from "../name";
import { queryAll } from "../selectors";
import { testIdAttributes } from "../selectors/attribute";
import { Pass } from "../selectors/pass";
import { isGenerated } from "../stable_token";
import { elementText } from "../text";
import type { Selector } from "../types";
import { isVisible } from "../visible";
import { cssPath, stableClasses } from "./css";
import { roleCandidates } from "./role";
import { xpathOf } from "./xpath";

export interface GenerateOptions {
  /** Attributes that this project uses for its tests, before the usual ones. */
  testIdAttributes?: string[];
  /** So many, the best of them, are enough: looking for each takes as long as the page is large. */
  most?: number;
  /** Strategies that whoever asks can use; all when left out. */
  strategies?: string[];
}

export function generate(element: Element, options: GenerateOptions = {}, pass = new Pass()): Selector[] {
  const found: Selector[] = [];
  const add = (strategy: string, priority: number, confidence: number, value: string | null | undefined, context?: string) => {
    if (!value || found.length === options.most || options.strategies?.includes(strategy) === false) return false;
    const selector: Selector = { strategy, value, ...(context ? { context } : {}), priority, confidence };
    if (!namesOnly(pass, selector, element)) return false;
    found.push(selector);
    return true;
  };

  for (const attribute of [...(options.testIdAttributes ?? []), ...testIdAttributes]) {
    const usual = testIdAttributes.includes(attribute);
    if (add("data-testid", 1, 95, element.getAttribute(attribute), usual ? undefined : attribute)) break;
  }
  for (const value of roleCandidates(element, pass)) {
    const scoped = value.includes(" >> ");
    const named = value.includes("[name=");
    // Counters in names ("Cart (3)") change between runs.
    const confidence = scoped ? 84 : !named ? 72 : /\d/.test(value) ? 86 : 93;
    if (add("role", 1, confidence, value)) break;
  }
  for (const text of isControl(element) ? labelTexts(element) : []) {
    if (text.length <= 80 && text !== element.getAttribute("aria-label") && add("label", 2, 91, text)) break;
  }
  if (element.id && !isGenerated(element.id)) add("id", 2, 90, element.id);
  const aria = element.getAttribute("aria-label");
  if (aria && aria.length > 3) add("aria-label", 3, 88, aria);
  const name = element.getAttribute("name");
  if (name && !isGenerated(name)) add("name", 4, 85, name);
  add("placeholder", 4, 83, element.getAttribute("placeholder"));
  add("href-pattern", 5, 82, hrefOf(element));
  add("alt", 6, 80, element.getAttribute("alt"));
  add("title", 6, 79, element.getAttribute("title"));
  add("src-pattern", 6, 78, srcOf(element), element.getAttribute("alt") ?? undefined);
  const text = textOf(element);
  if (text.length < 100) add("text-content", 7, 75, text);
  addSemantic(element, text, add);
  if (found.length === options.most) return found;
  const css = cssPath(element);
  add("css", 9, css.includes(":nth-") ? 50 : 65, css);
  if (element.getRootNode() === document) add("xpath", 10, 55, xpathOf(element));
  add("position", 11, 30, placeOf(element));
  return found;
}

/** Exactly one match, or exactly one visible match, and that is the element: the rule of `locate`. */
function namesOnly(pass: Pass, selector: Selector, element: Element): boolean {
  const matches = queryAll(pass, selector);
  if (matches.length === 1) return matches[0] === element;
  if (!matches.includes(element) || matches.length > 200) return false;
  const visible = matches.filter(isVisible);
  return visible.length === 1 && visible[0] === element;
}

function isControl(element: Element): boolean {
  return element.matches("input,select,textarea,meter,output,progress,[aria-labelledby]");
}

function hrefOf(element: Element): string | null {
  if (!(element instanceof HTMLAnchorElement || element instanceof HTMLAreaElement)) return null;
  const href = element.getAttribute("href");
  return href && href.length < 200 && !/^(#?$|javascript:|data:|blob:)/i.test(href) ? href : null;
}

function srcOf(element: Element): string | null {
  if (!element.matches("img,video,audio,source,iframe,embed,input[type=image]")) return null;
  const src = element.getAttribute("src");
  return src && src.length < 200 && !/^(data:|blob:|javascript:)/i.test(src) ? src : null;
}

/** Own text of things that are read; a field's text is its content, which changes. */
function textOf(element: Element): string {
  if (element.matches("input:not([type=submit],[type=button],[type=reset]),select,textarea,[contenteditable],img,canvas,iframe")) {
    return "";
  }
  // The text of whole sections names nothing.
  if ((element.textContent?.length ?? 0) > 1_000) return "";
  return elementText(element);
}

function addSemantic(
  element: Element,
  text: string,
  add: (strategy: string, priority: number, confidence: number, value: string) => boolean,
): void {
  if (!text || text.length >= 50) return;
  const quoted = `'${text.replace(/['\\]/g, "\\$&")}'`;
  const tag = CSS.escape(element.localName);
  const classes = stableClasses(element, 2).map((name) => `.${CSS.escape(name)}`);
  const root = element.getRootNode();
  // What is said in several shadow trees is said once in its own.
  const scopes = root instanceof ShadowRoot ? ["", `${cssPath(root.host)} >>> `] : [""];
  for (const scope of scopes) {
    for (const compound of [...classes.slice(0, 1), tag + classes.join(""), tag]) {
      if (add("css-semantic", 8, 70, `${scope}${compound}:has-text(${quoted})`)) return;
    }
  }
}

/** The place among its siblings, under a parent named by CSS. */
function placeOf(element: Element): string | null {
  const parent = element.parentElement;
  if (!parent) return null;
  const index = [...parent.children].indexOf(element) + 1;
  return `${cssPath(parent)} > :nth-child(${index})`;
}
