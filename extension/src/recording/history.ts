/** The pages that a tab has shown: the browser says that somebody went back or forward, not which of the two. */

export interface History {
  urls: string[];
  at: number;
}

export function historyFrom(url: string): History {
  return { urls: [url], at: 0 };
}

/** Pages remembered for each tab. */
const most = 50;

/** The history after an ordinary navigation; a reload or redirect takes the place of what it leaves. */
export function visited(history: History, url: string, replaces: boolean): History {
  const kept = history.urls.slice(0, replaces ? history.at : history.at + 1);
  const urls = [...kept, url].slice(-most);
  return { urls, at: urls.length - 1 };
}

/** Which way leads from where the tab is to `url`, and the history afterwards. */
export function moved(history: History, url: string): { history: History; way: "back" | "forward" } {
  const { urls, at } = history;
  const back = urls.lastIndexOf(url, at - 1);
  const forward = urls.indexOf(url, at + 1);
  const canGoBack = at > 0 && back >= 0;
  // The nearer one; a history that does not know the page was there before the recording.
  if (forward >= 0 && (!canGoBack || forward - at < at - back)) return { history: { urls, at: forward }, way: "forward" };
  if (canGoBack) return { history: { urls, at: back }, way: "back" };
  return { history: { urls: [url, ...urls.slice(at)], at: 0 }, way: "back" };
}
