import { oneOf } from "@/lib/one-of.ts";

/** The nine places of a text, as rows of the picture. */
export const places = ["top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"] as const;
export type Place = (typeof places)[number];

/** Characters of a text. */
export const LONGEST_TEXT = 500;

/** Texts of a cut. */
export const MOST_TEXTS = 50;

/** Milliseconds for which a text is seen when somebody asks for it at a moment. */
const USUAL_MS = 3000;

/** Words over the new film, for a time of it. */
export interface CutText {
  /** Tells rows apart. */
  key: string;
  text: string;
  /** Milliseconds of the new film. */
  from: number;
  /** Milliseconds of the new film; its end when nothing is said. */
  to: number | null;
  place: Place;
  /** What the form does not show, such as a size: it stays as it is. */
  rest: Record<string, unknown>;
}

/** A text that comes at a moment of the new film, or is there from its beginning to its end. */
export const freshText = (atMs: number | undefined): CutText => ({
  key: crypto.randomUUID(),
  text: "",
  from: Math.round(atMs ?? 0),
  to: atMs === undefined ? null : Math.round(atMs) + USUAL_MS,
  place: "bottom",
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

/** The texts of an edit. */
export function readTexts(overlays: unknown): CutText[] {
  if (!Array.isArray(overlays)) return [];
  return overlays
    .filter((overlay) => typeof overlay?.text === "string")
    .map(({ text, from, to, place, ...rest }: Record<string, unknown>) => ({
      ...freshText(undefined),
      text: String(text),
      from: readMs(from) ?? 0,
      to: readMs(to),
      place: oneOf(place, places, "bottom"),
      rest,
    }));
}

/** The overlays of an order. */
export const toOverlays = (texts: readonly CutText[]): Record<string, unknown>[] =>
  texts.map(({ text, from, to, place, rest }) => ({
    ...rest,
    text: text.trim(),
    ...(from > 0 && { from }),
    ...(to !== null && { to }),
    ...(place !== "bottom" && { place }),
  }));

export interface TextProblems {
  text?: string;
  from?: string;
  to?: string;
}

/** What keeps a text from being seen in a film of this length; the server says the rest. */
export function problemOfText(text: CutText, lengthMs: number): TextProblems {
  const problems: TextProblems = {};
  if (text.text.trim() === "") problems.text = "What does it say?";
  if (Number.isNaN(text.from) || text.from < 0) problems.from = "0 or later";
  else if (lengthMs > 0 && text.from >= lengthMs) problems.from = "After the end";
  if (text.to !== null && !(text.to > text.from)) problems.to = "Before it comes";
  return problems;
}
