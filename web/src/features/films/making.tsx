import { Ban } from "lucide-react";
import type { Film } from "@/api/types.ts";
import { Picture } from "@/components/picture.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { Button } from "@/components/ui/button.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { useCancelFilm } from "./use-film-end.ts";
import type { FilmNews } from "./use-film-events.ts";
import { doingOf, progressOf, roomFor } from "./words.ts";

/** A film that is being made: what it shows just now, what is done, and how far it is. */
export function Making({ film, news }: { film: Film; news: FilmNews }) {
  const cancel = useCancelFilm(film);
  const share = progressOf(film);
  const { width, height } = film.setup;
  return (
    <div className="flex w-full flex-col gap-3" style={{ maxWidth: `max(20rem, ${roomFor(film.setup)})` }}>
      <div
        className="relative w-full overflow-hidden rounded-lg border border-line bg-surface"
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        {film.files.poster ? (
          <Picture src={film.files.poster} alt="The film's poster" fit="contain" className="size-full" />
        ) : film.files.preview ? (
          <Picture src={`${film.files.preview}?${news.heard}`} alt="What the film shows just now" fit="contain" className="size-full" />
        ) : (
          <span className="flex size-full flex-col items-center justify-center gap-2 text-muted">
            <StatusIcon status={film.status} className="size-6" />
            {film.status === "queued" ? "Waits for its turn" : "The curtain rises…"}
          </span>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-3 py-2.5">
        <div className="flex min-w-0 flex-1 flex-col gap-1.5 max-md:basis-full">
          <p role="status" aria-label="Progress" className="flex items-baseline gap-2">
            <span className="shrink-0 font-medium text-accent-text">{statusLook(film.status).word}</span>
            <span className="min-w-0 flex-1 truncate" title={doingOf(film)}>
              {doingOf(film)}
            </span>
            {!news.connected && <span className="shrink-0 text-warning-text">reconnecting…</span>}
            {film.status === "filming" && film.stepsTotal > 0 && (
              <span className="num shrink-0 text-muted">
                {film.stepsDone} of {film.stepsTotal} steps · {Math.round((share ?? 0) * 100)} %
              </span>
            )}
          </p>
          <ProgressBar film={film} />
        </div>
        <Button icon={<Ban />} busy={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
