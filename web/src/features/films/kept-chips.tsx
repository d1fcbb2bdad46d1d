import { X } from "lucide-react";
import type { Kept } from "./cut-kept.ts";

interface KeptChipsProps<T> {
  /** What has them: "Clip 2". */
  of: string;
  kept: readonly Kept<T>[];
  onRemove: (without: Partial<T>) => void;
}

/** What was written somewhere else and has no field here: it stays, unless somebody takes it away. */
export function KeptChips<T>({ of, kept, onRemove }: KeptChipsProps<T>) {
  if (kept.length === 0) return null;
  return (
    <ul aria-label={`${of}, as before`} className="flex min-w-0 flex-wrap gap-1.5 max-md:gap-3">
      {kept.map(({ key, words, without }) => (
        <li
          key={key}
          className="inline-flex max-w-full items-center rounded-full border border-line py-px pr-0.5 pl-2.5 text-data text-muted"
        >
          <span title={words} className="truncate">
            {words}
          </span>
          <button
            type="button"
            aria-label={`Remove: ${words}`}
            onClick={() => onRemove(without)}
            // A finger needs more room than the eye.
            className="relative ml-0.5 grid size-6 shrink-0 place-items-center rounded-full hover:bg-hover hover:text-ink max-md:size-8 max-md:after:absolute max-md:after:-inset-1.5"
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
