/** The older single-selector object that SaveAction recordings carry beside the ranked list. */

import { cssPath } from "./generate/css";
import { absoluteXPath } from "./generate/xpath";
import type { Selector } from "./types";

export interface LegacySelector {
  id?: string;
  dataTestId?: string;
  ariaLabel?: string;
  name?: string;
  css?: string;
  xpath?: string;
  xpathAbsolute?: string;
  text?: string;
  position?: { parent: string; index: number };
  priority: string[];
}

export function legacySelector(element: Element, ranked: Selector[]): LegacySelector {
  const of = (strategy: string): string | undefined => {
    const value = ranked.find((selector) => selector.strategy === strategy)?.value;
    return typeof value === "string" ? value : undefined;
  };
  const css = of("css") ?? cssPath(element);
  const parent = element.parentElement;
  const light = element.getRootNode() === document;
  const all: Omit<LegacySelector, "priority"> = {
    ...put("id", of("id")),
    ...put("dataTestId", of("data-testid")),
    ...put("ariaLabel", of("aria-label")),
    ...put("name", of("name")),
    css,
    ...put("xpath", of("xpath")),
    ...(light ? { xpathAbsolute: absoluteXPath(element) } : {}),
    ...put("text", of("text-content")),
    ...(parent ? { position: { parent: cssPath(parent), index: [...parent.children].indexOf(element) } } : {}),
  };
  return { ...all, priority: Object.keys(all) };
}

function put<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: string };
}
