import { oneOf } from "@/lib/one-of.ts";
import { freshTimes, type Overlaid, places, problemOfTimes, readMs, type TimeProblems, toTimes } from "./overlaid.ts";

/** Characters of a text. */
export const LONGEST_TEXT = 500;

/** Words over the new film, for a time of it. */
export interface CutText extends Overlaid {
  kind: "text";
  text: string;
}

/** A text that comes at a moment of the new film, or is there from its beginning to its end. */
export const freshText = (atMs: number | undefined): CutText => ({ ...freshTimes(atMs), kind: "text", text: "", place: "bottom" });

export const readText = ({ text, from, to, place, ...rest }: Record<string, unknown>): CutText => ({
  ...freshText(undefined),
  text: String(text ?? ""),
  from: readMs(from) ?? 0,
  to: readMs(to),
  place: oneOf(place, places, "bottom"),
  rest,
});

export const toText = (text: CutText): Record<string, unknown> => ({
  ...text.rest,
  text: text.text.trim(),
  ...toTimes(text),
  ...(text.place !== "bottom" && { place: text.place }),
});

export interface TextProblems extends TimeProblems {
  text?: string;
}

/** What keeps a text from being seen in a film of this length, as far as that is known; the server says the rest. */
export function problemOfText(text: CutText, lengthMs: number | undefined): TextProblems {
  const problems: TextProblems = problemOfTimes(text, lengthMs);
  if (text.text.trim() === "") problems.text = "What does it say?";
  return problems;
}
