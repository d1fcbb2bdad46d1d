/** The nine places of an overlay, as rows of the picture. */
export const places = ["top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"] as const;
export type Place = (typeof places)[number];

/** Milliseconds for which an overlay is seen when somebody asks for it at a moment. */
const USUAL_MS = 3000;

/** What texts and pictures over the new film have both. */
export interface Overlaid {
  /** Tells rows apart. */
  key: string;
  /** Milliseconds of the new film. */
  from: number;
  /** Milliseconds of the new film; its end when nothing is said. */
  to: number | null;
  place: Place;
  /** What the form does not show in fields, such as the size of letters: it stays as it is. */
  rest: Record<string, unknown>;
}

/** It comes at a moment of the new film, or is there from its beginning to its end. */
export const freshTimes = (atMs: number | undefined): Pick<Overlaid, "key" | "from" | "to" | "rest"> => ({
  key: crypto.randomUUID(),
  from: Math.round(atMs ?? 0),
  to: atMs === undefined ? null : Math.round(atMs) + USUAL_MS,
  rest: {},
});

const units: Record<string, number> = { "": 1, ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** Milliseconds, or a number with its unit, as the API takes both. */
export function readMs(value: unknown): number | null {
  if (typeof value === "number") return value;
  const [, number, unit = ""] = (typeof value === "string" && /^\s*([\d.]+)\s*([a-z]*)\s*$/.exec(value)) || [];
  const factor = units[unit];
  return number && factor ? Number(number) * factor : null;
}

/** Times of an order; what is so without being said is not said. */
export const toTimes = ({ from, to }: Overlaid) => ({ ...(from > 0 && { from }), ...(to !== null && { to }) });

export interface TimeProblems {
  from?: string;
  to?: string;
}

/** What is wrong with the times of an overlay in a film of this length, as far as that is known; the server says the rest. */
export function problemOfTimes({ from, to }: Overlaid, lengthMs: number | undefined): TimeProblems {
  const problems: TimeProblems = {};
  if (Number.isNaN(from) || from < 0) problems.from = "0 or later";
  else if (lengthMs && from >= lengthMs) problems.from = "After the end";
  if (to !== null && !(to > from)) problems.to = "Before it comes";
  return problems;
}
