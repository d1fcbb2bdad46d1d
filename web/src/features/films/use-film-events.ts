import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { filmEventsUrl, filmQuery, isEnded } from "@/api/films.ts";
import type { Film } from "@/api/types.ts";
import { useEvents } from "@/lib/use-events.ts";

const NAMES = [
  "film.queued",
  "film.requeued",
  "film.started",
  "film.step",
  "film.preview",
  "film.finishing",
  "film.delivering",
  "film.cancelling",
  "film.finished",
];

export interface FilmNews {
  connected: boolean;
  /** Counts what was heard: the live picture is another one each time. */
  heard: number;
}

/** Follows a film until it ends. */
export function useFilmEvents(film: Film | undefined): FilmNews {
  const cache = useQueryClient();
  const [heard, setHeard] = useState(0);
  const follows = film && !isEnded(film);
  const { connected } = useEvents(follows ? filmEventsUrl(film.id) : undefined, NAMES, () => {
    if (!film) return;
    setHeard((count) => count + 1);
    cache.invalidateQueries({ queryKey: filmQuery(film.id).queryKey });
    cache.invalidateQueries({ queryKey: ["films"] });
  });
  return { connected, heard };
}
