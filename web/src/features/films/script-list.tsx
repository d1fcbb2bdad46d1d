import type { FilmMade } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { plural } from "@/lib/plural.ts";
import { sentence } from "@/lib/sentence.ts";
import { currentAt } from "./sprite.ts";
import { formatPosition } from "./words.ts";

interface ScriptListProps {
  made: FilmMade;
  atMs: number;
  onSeek: (ms: number) => void;
}

/** What happens in the film: a click on a chapter or a step goes there. */
export function ScriptList({ made, atMs, onSeek }: ScriptListProps) {
  const { chapters, steps } = made;
  return (
    <>
      {chapters.length > 0 && (
        <List
          title="Chapters"
          entries={chapters.map(({ startMs, title }) => ({ atMs: startMs, what: title }))}
          atMs={atMs}
          onSeek={onSeek}
          className="mb-4"
        />
      )}
      {made.way === "edit" ? (
        <List title="Clips" entries={steps} atMs={atMs} onSeek={onSeek} />
      ) : (
        <List title="Steps" note={plural(steps.length, "step")} entries={steps} atMs={atMs} onSeek={onSeek} />
      )}
    </>
  );
}

interface Entry {
  atMs: number;
  what: string;
  tookMs?: number;
  note?: string | null;
}

interface ListProps {
  title: string;
  note?: string;
  entries: readonly Entry[];
  atMs: number;
  onSeek: (ms: number) => void;
  className?: string;
}

function List({ title, note, entries, atMs, onSeek, className }: ListProps) {
  const current = currentAt(
    entries.map((entry) => entry.atMs),
    atMs,
  );
  return (
    <section aria-label={title} className={className}>
      <h2 className="mb-1 flex items-baseline gap-2 px-2 text-data font-medium text-muted">
        {title}
        {note && <span className="num font-normal text-faint">{note}</span>}
      </h2>
      <ol>
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was performed does not change
          <li key={index}>
            <button
              type="button"
              data-row
              onClick={() => onSeek(entry.atMs)}
              aria-current={index === current || undefined}
              className={cn(
                "row flex w-full items-baseline gap-2.5 rounded px-2 py-1.5 text-left transition-colors hover:bg-hover max-md:min-h-11 max-md:items-center",
                index === current && "bg-selected hover:bg-selected",
              )}
            >
              <span className={cn("num w-9 shrink-0 text-right", index === current ? "font-semibold text-accent-text" : "text-muted")}>
                {formatPosition(entry.atMs)}
              </span>
              <span className="min-w-0 flex-1 break-words">
                {sentence(entry.what)}
                {entry.note && <span className="block text-data text-muted">{sentence(entry.note)}</span>}
              </span>
              {entry.tookMs !== undefined && entry.tookMs >= 1 && (
                <span className="num shrink-0 text-faint">{formatDuration(entry.tookMs)}</span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
