/** The document as text, open shadow roots included as declarative templates. */

import { overlayTag } from "./overlay";
import { allRoots } from "./tree";

export function dump(): string {
  const element = document.documentElement;
  if (!element) return "";
  const shadowRoots = allRoots().slice(1) as ShadowRoot[];
  const inner = element.getHTML({ shadowRoots });
  const shell = (element.cloneNode(false) as Element).outerHTML;
  const end = shell.lastIndexOf("</");
  const [open, close] = end < 0 ? [shell, ""] : [shell.slice(0, end), shell.slice(end)];
  const type = document.doctype ? `<!DOCTYPE ${document.doctype.name}>\n` : "";
  return `${type}${open}${inner.replace(overlay, "")}${close}`;
}

const overlay = new RegExp(`<${overlayTag}[^>]*></${overlayTag}>`, "g");
