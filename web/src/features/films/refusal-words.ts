import { ApiError } from "@/api/api-error.ts";
import { sentence } from "@/lib/sentence.ts";

export interface RefusalWords {
  reason: string;
  /** What to do about it, where the reason alone does not say. */
  advice?: string;
  /** Values that lack, by name. */
  missing: readonly string[];
}

const inEnglish = new Intl.ListFormat("en-GB");

/** Why a film was not taken, for the person at the form: the server says it for whoever calls the API. */
export function refusalWords(error: Error): RefusalWords {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "variable_missing") {
    const missing = namesIn(error);
    return { reason: `Give a value for ${inEnglish.format(missing)}.`, missing };
  }
  if (code === "not_filmable") {
    const reason = sentence(error.message.replace(/^the recording cannot be filmed: /i, ""));
    return { reason, advice: "Take away “Every frame”: the player performs more kinds of steps than a storyboard.", missing: [] };
  }
  return { reason: sentence(error.message), missing: [] };
}

function namesIn(error: Error): string[] {
  const details = error instanceof ApiError ? error.details : undefined;
  const names = (details as { variables?: unknown } | undefined)?.variables;
  return Array.isArray(names) ? names.map(String) : [];
}
