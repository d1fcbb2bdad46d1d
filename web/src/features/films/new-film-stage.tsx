import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Clapperboard } from "lucide-react";
import { isEnded } from "@/api/films.ts";
import type { FilmDetail } from "@/api/types.ts";
import { Empty, Failure } from "@/components/states.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { buttonStyle } from "@/components/ui/button.tsx";
import { FilmPlayer } from "./film-player.tsx";
import { Making } from "./making.tsx";
import { NotMade } from "./not-made.tsx";
import { useFilmEvents } from "./use-film-events.ts";
import { usePlayer } from "./use-player.ts";
import { lengthOf, sizeOf } from "./words.ts";

/** The film that was asked for last: while it is made, and then to look at. */
export function NewFilmStage({ film: { data: film, error, refetch } }: { film: UseQueryResult<FilmDetail> }) {
  const news = useFilmEvents(film);
  const player = usePlayer();
  if (error) return <Failure what="This film cannot be shown" error={error} retry={refetch} className="flex-1" />;
  return (
    <>
      <div className="relative flex min-h-0 flex-1 items-center justify-center overflow-hidden bg-stage p-5 max-md:min-h-[92vw] max-md:p-3">
        {!film && (
          <Empty icon={<Clapperboard />} title="Nothing on the stage">
            Press Film: you see here what the camera sees while it is made, and the film when it is done. It goes on when you leave.
          </Empty>
        )}
        {film && !isEnded(film) && <Making film={film} news={news} />}
        {film?.status === "done" && <FilmPlayer film={film} player={player} className="max-h-full w-auto max-w-full" />}
        {film && isEnded(film) && film.status !== "done" && <NotMade film={film} editable={false} />}
      </div>
      {film && (
        <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-surface px-4 py-2.5">
          <span className={`flex items-center gap-1.5 font-medium ${statusLook(film.status).text}`}>
            <StatusIcon status={film.status} />
            {statusLook(film.status).word}
          </span>
          <span className="num min-w-0 flex-1 truncate text-muted">{[lengthOf(film), sizeOf(film)].filter(Boolean).join(" · ")}</span>
          <Link to="/films" className="px-2 text-data text-muted hover:text-ink hover:underline max-md:py-3">
            All films
          </Link>
          <Link to="/films/$id" params={{ id: film.id }} className={buttonStyle({ size: "sm" })}>
            Open the film
          </Link>
        </div>
      )}
    </>
  );
}
