import { LineCounter, parseDocument, stringify } from "yaml";
import { lineOfPath } from "@/features/editor/code-text.ts";

export interface Mistake {
  /** From 1, when it is known. */
  line?: number;
  message: string;
}

/** What keeps a text from being read at all; JSON is YAML, so one reader does for both. */
export function mistakeIn(text: string): Mistake | undefined {
  if (!text.trim()) return { message: "Nothing to perform yet" };
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = parsed.errors[0];
  if (error) return { line: lines.linePos(error.pos[0]).line, message: error.message };
  const value: unknown = parsed.toJS();
  if (value === null || typeof value !== "object") return { line: 1, message: "A storyboard has fields: url, title, steps" };
  return undefined;
}

/** Whether the script decides itself how the film looks. */
export function hasOwnLook(storyboard: unknown): boolean {
  const read = typeof storyboard === "string" && !mistakeIn(storyboard) ? parseDocument(storyboard).toJS() : storyboard;
  return Boolean(read && typeof read === "object" && (read as { look?: unknown }).look);
}

/** A script as text, as it was written where it was. */
export const storyboardText = (storyboard: unknown): string =>
  typeof storyboard === "string" ? storyboard : stringify(storyboard, { lineWidth: 100 });

/** The same script with another look. */
export function withLook(storyboard: unknown, look: Record<string, unknown>): unknown {
  if (typeof storyboard !== "string") return { ...(storyboard as object), look };
  const parsed = parseDocument(storyboard);
  parsed.set("look", look);
  return String(parsed);
}

/** The field that a refusal names before its first colon: `storyboard.steps[2].click: …`. */
export function wrongField(message: string): { field: string; problem: string } | undefined {
  const [, field, problem] = /^([a-z][\w.[\]-]*): (.+)$/is.exec(message) ?? [];
  return field && problem ? { field, problem } : undefined;
}

/** The line of the script that a refusal is about. */
export function refusedLine(text: string, message: string): number | undefined {
  const field = wrongField(message)?.field;
  if (!field?.startsWith("storyboard.")) return undefined;
  return lineOfPath(text, field.slice("storyboard.".length));
}
