import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type CSSProperties, useState } from "react";
import { filmQuery, isEnded } from "@/api/films.ts";
import type { FilmDetail } from "@/api/types.ts";
import { Failure, Skeleton } from "@/components/states.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { CutEditor } from "./cut-editor.tsx";
import { Delivery } from "./delivery.tsx";
import { Downloads } from "./downloads.tsx";
import { Facts } from "./facts.tsx";
import { FilmHeader } from "./film-header.tsx";
import { FilmPlayer } from "./film-player.tsx";
import { Gone } from "./gone.tsx";
import { Making } from "./making.tsx";
import { NotMade } from "./not-made.tsx";
import { ScriptList } from "./script-list.tsx";
import { Timeline } from "./timeline.tsx";
import { type FilmNews, useFilmEvents } from "./use-film-events.ts";
import { usePlayer } from "./use-player.ts";
import { roomFor } from "./words.ts";

/** One film: how it is made, and then the film with all that is known of it. */
export function FilmPage() {
  const { id } = useParams({ from: "/frame/films/$id" });
  // Another film has another player and other settings to be made again with.
  return <OneFilm key={id} id={id} />;
}

function OneFilm({ id }: { id: string }) {
  const film = useQuery(filmQuery(id));
  const news = useFilmEvents(film.data);
  const [isCutting, setCutting] = useState(false);
  useNamePlace(film.data?.name);
  if (film.isError)
    return <Failure heading="h1" className="py-24" what="This film cannot be shown" error={film.error} retry={film.refetch} />;
  if (!film.data) {
    return (
      <div aria-busy="true" className="flex h-full flex-col gap-4 p-6">
        <Skeleton className="h-7 w-64 max-w-full" />
        <Skeleton className="min-h-0 flex-1 rounded-lg" />
      </div>
    );
  }
  return (
    <div className="flex h-full flex-col max-md:h-auto">
      <FilmHeader film={film.data} isCutting={isCutting} onCut={setCutting} />
      {film.data.status === "done" && film.data.result && !film.data.expired ? (
        <Shown film={film.data} isCutting={isCutting} onCut={setCutting} />
      ) : (
        <div className="flex min-h-0 flex-1 items-center justify-center overflow-auto bg-stage p-6 max-md:min-h-[92vw] max-md:p-3">
          <Stage film={film.data} news={news} />
        </div>
      )}
    </div>
  );
}

/** What there is in place of a film. */
function Stage({ film, news }: { film: FilmDetail; news: FilmNews }) {
  if (film.status === "done" && film.expired) return <Gone film={film} />;
  return isEnded(film) ? <NotMade film={film} /> : <Making film={film} news={news} />;
}

interface ShownProps {
  film: FilmDetail;
  isCutting: boolean;
  onCut: (cut: boolean) => void;
}

/** The player with its script beside it, or what is cut of it, and the facts below. */
function Shown({ film, isCutting, onCut }: ShownProps) {
  const { t } = useSearch({ from: "/frame/films/$id" });
  const navigate = useNavigate({ from: "/films/$id" });
  const player = usePlayer();
  const [over, setOver] = useState<HTMLElement | null>(null);
  const made = film.result;
  if (!made) return null;
  const seek = (ms: number) => {
    player.seek(ms);
    // The address of this moment can be sent to somebody.
    const seconds = Math.round(ms / 10) / 100;
    navigate({ search: { t: seconds > 0 ? seconds : undefined }, replace: true, resetScroll: false });
  };
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <div className="min-w-0 flex-1 overflow-auto max-md:overflow-visible">
        <section aria-label="Film" className="bg-stage px-6 pt-4 max-md:px-0 max-md:pt-0">
          <div className="mx-auto md:max-w-(--room)" style={{ "--room": roomFor(made) } as CSSProperties}>
            <div className="relative">
              <FilmPlayer film={film} player={player} from={t} className="w-full max-md:rounded-none" />
              <div ref={setOver} />
            </div>
            <div className="max-md:hidden">
              <Timeline film={film} made={made} player={player} />
            </div>
          </div>
        </section>
        <section aria-label="About this film" className="flex flex-col gap-4 border-t border-line px-6 py-4 max-md:hidden">
          <Downloads film={film} />
          <Delivery film={film} />
          <Facts film={film} made={made} />
        </section>
      </div>
      <aside
        aria-label={isCutting ? "Cut" : "Script"}
        className="w-[min(380px,34%)] shrink-0 overflow-auto border-l border-line bg-surface px-2 py-3 max-md:w-full max-md:border-t max-md:border-l-0"
      >
        {isCutting ? (
          <CutEditor film={film} atMs={player.atMs} over={over} onClose={() => onCut(false)} />
        ) : (
          <ScriptList made={made} atMs={player.atMs} onSeek={seek} />
        )}
      </aside>
      {/* On a phone what happens comes before the figures. */}
      <section aria-label="About this film" className="flex flex-col gap-4 border-t border-line px-4 py-4 md:hidden">
        <Downloads film={film} />
        <Delivery film={film} />
        <Facts film={film} made={made} />
      </section>
    </div>
  );
}
