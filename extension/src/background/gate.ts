/** Who is talking: the extension's own pages may command, its scripts in pages may only report, everybody else is not heard. */

export type Caller =
  | { kind: "ui" }
  | { kind: "page"; tabId: number; frameId: number; documentId: string; url: string; pageUrl: string; title: string; windowId: number };

export function callerOf(sender: chrome.runtime.MessageSender, own: { id: string; origin: string }): Caller | null {
  if (sender.id !== own.id) return null;
  // An own page in a tab has a tab as well: the address decides, which the browser tells and no script can.
  if (sender.url?.startsWith(`${own.origin}/`) && sender.origin === own.origin) return { kind: "ui" };
  const { tab, frameId, documentId = "", url = "" } = sender;
  if (tab?.id === undefined || frameId === undefined || url.startsWith("chrome-extension:")) return null;
  return { kind: "page", tabId: tab.id, frameId, documentId, url, pageUrl: tab.url ?? "", title: tab.title ?? "", windowId: tab.windowId };
}

export function ownIdentity(): { id: string; origin: string } {
  return { id: chrome.runtime.id, origin: new URL(chrome.runtime.getURL("")).origin };
}

/** Pages that scripts may be put into. */
export function isRecordable(url: string | undefined): boolean {
  return url !== undefined && /^https?:\/\//.test(url);
}
