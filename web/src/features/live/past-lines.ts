interface Line {
  text?: string;
  url?: string;
  at: string;
}

const SAME_MS = 1_500;

const moment = (line: Line) => Date.parse(line.at);

/** Two records of one thing: the event log writes it down a moment after the viewers hear of it. */
const same = (a: Line, b: Line) => a.text === b.text && a.url === b.url && Math.abs(moment(a) - moment(b)) < SAME_MS;

/** Bad answers since the page that is shown began to load, by address: those after the navigation before the last. */
export function refusedSince(network: readonly (Line & { status?: number })[], navigations: readonly Line[]): Record<string, number> {
  const begin = Math.max(
    0,
    ...navigations
      .map(moment)
      .sort((a, b) => a - b)
      .slice(-2, -1),
  );
  return Object.fromEntries(
    network.filter((line) => (line.status ?? 0) >= 400 && moment(line) >= begin).map((line) => [line.url ?? "", line.status ?? 0]),
  );
}

/** Puts what happened before this viewer came in front of what it has seen, each line once, by time. */
export function mergePast<T extends Line>(seen: readonly T[], past: readonly T[]): T[] {
  const missed = past.filter((line) => !seen.some((known) => same(known, line)));
  if (missed.length === 0) return [...seen];
  return [...missed, ...seen].sort((a, b) => moment(a) - moment(b));
}
