import { useState } from "react";
import type { Film, FilmMade } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import { spritePlace } from "./sprite.ts";
import type { Player } from "./use-player.ts";
import { formatPosition } from "./words.ts";

interface TimelineProps {
  film: Film;
  made: FilmMade;
  player: Player;
}

/** Width of the small picture above the pointer, in pixels. */
const THUMBNAIL = 160;

/**
 * The whole film as one line: its chapters, its steps, and above the pointer what it shows there. For the pointer alone; the player's
 * own controls and the lists beside it do the same for everybody.
 */
export function Timeline({ film, made, player }: TimelineProps) {
  const [hover, setHover] = useState<{ share: number; left: number }>();
  const at = (ms: number) => `${Math.min(100, (ms / made.durationMs) * 100)}%`;
  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.min(box.width, Math.max(0, event.clientX - box.left));
    const half = Math.min(THUMBNAIL / 2, box.width / 2);
    return { share: box.width > 0 ? x / box.width : 0, left: Math.min(box.width - half, Math.max(half, x)) };
  };
  const chapters = made.chapters.map((chapter, index) => ({ ...chapter, endMs: made.chapters[index + 1]?.startMs ?? made.durationMs }));
  return (
    <div aria-hidden data-timeline className="relative pt-2 pb-1.5 select-none">
      {hover && <Thumbnail film={film} made={made} ms={hover.share * made.durationMs} left={hover.left} />}
      <div
        className="relative h-6 touch-none"
        onPointerMove={(event) => setHover(point(event))}
        onPointerLeave={() => setHover(undefined)}
        onPointerDown={(event) => player.seek(point(event).share * made.durationMs)}
      >
        <span className="absolute inset-x-0 top-2 h-2 overflow-hidden rounded-full bg-line">
          <span className="block h-full bg-accent" style={{ width: at(player.atMs) }} />
        </span>
        {made.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was performed does not change
          <span key={index} className="absolute top-2 h-2 w-px bg-surface" style={{ left: at(step.atMs) }} />
        ))}
        {hover && <span className="absolute top-0.5 h-5 w-px bg-ink" style={{ left: `${hover.share * 100}%` }} />}
        <span className="absolute top-1 h-4 w-1 -translate-x-1/2 rounded-full bg-accent-text" style={{ left: at(player.atMs) }} />
      </div>
      {chapters.length > 0 && (
        <div className="relative h-4 overflow-hidden">
          {chapters.map((chapter, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: neither do its chapters
              key={index}
              className={cn(
                "absolute truncate border-l border-line-strong pl-1 text-[10px] leading-4 text-muted",
                player.atMs >= chapter.startMs && player.atMs < chapter.endMs && "text-ink",
              )}
              style={{ left: at(chapter.startMs), width: at(chapter.endMs - chapter.startMs) }}
            >
              {chapter.title}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

/** What the film shows at a moment, from the sheet of small pictures. */
function Thumbnail({ film, made, ms, left }: { film: Film; made: FilmMade; ms: number; left: number }) {
  const { sprite } = film.files;
  const place = made.spriteGrid && spritePlace(made.spriteGrid, ms);
  const chapter = made.chapters.findLast(({ startMs }) => startMs <= ms);
  return (
    <div
      className="pointer-events-none absolute bottom-full z-10 -translate-x-1/2 overflow-hidden rounded border border-line-strong bg-raised shadow-pop"
      style={{ left, width: THUMBNAIL }}
    >
      {sprite && place && (
        <div
          style={{
            aspectRatio: `${made.width} / ${made.height}`,
            backgroundImage: `url("${sprite}")`,
            backgroundSize: place.size,
            backgroundPosition: place.position,
          }}
        />
      )}
      <p className="num flex gap-1.5 px-1.5 py-0.5">
        {formatPosition(ms)}
        {chapter && <span className="truncate text-muted">{chapter.title}</span>}
      </p>
    </div>
  );
}
