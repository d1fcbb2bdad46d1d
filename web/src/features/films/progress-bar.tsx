import type { Film } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import { progressOf } from "./words.ts";

/** How far a film is; it only moves to and fro while nobody knows how many steps there will be. */
export function ProgressBar({ film, className }: { film: Film; className?: string }) {
  const share = progressOf(film);
  return (
    <span
      role="progressbar"
      aria-label={`Progress of ${film.name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      className={cn("block h-1.5 overflow-hidden rounded-full bg-line", className)}
    >
      <span
        className={cn("block h-full bg-accent transition-[width]", (share === undefined || film.status === "finishing") && "breathe")}
        style={{ width: `${(share ?? 0.3) * 100}%` }}
      />
    </span>
  );
}
