import type { Film } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import type { Player } from "./use-player.ts";

interface FilmPlayerProps {
  film: Film;
  player: Player;
  /** Seconds at which it begins. */
  from?: number;
  className?: string;
}

/** The film, with the browser's own controls. */
export function FilmPlayer({ film, player, from, className }: FilmPlayerProps) {
  const { video, poster } = film.files;
  const { result } = film;
  if (!video || !result) return null;
  return (
    // biome-ignore lint/a11y/useMediaCaption: nothing is spoken in it
    <video
      key={film.id}
      ref={player.videoRef}
      src={video}
      poster={from ? undefined : (poster ?? undefined)}
      width={result.width}
      height={result.height}
      controls
      playsInline
      preload="metadata"
      aria-label={film.name}
      onLoadedMetadata={() => from && player.seek(from * 1000)}
      onTimeUpdate={player.follow}
      onSeeked={player.follow}
      className={cn("block h-auto rounded-lg bg-sunken object-contain", className)}
    />
  );
}
