import { RotateCw, TriangleAlert } from "lucide-react";
import type { FilmDetail } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { EditButton } from "./edit-button.tsx";
import { useFilmAgain } from "./use-film-again.ts";
import { adviceOf, isLasting, readFailure } from "./words.ts";

/** There is no film: what failed, at which step, why, and what to do. */
export function NotMade({ film, editable = true }: { film: FilmDetail; editable?: boolean }) {
  const again = useFilmAgain(film);
  const number = film.error?.step ?? undefined;
  const { step, reason } = readFailure(film.error?.message ?? "No reason was given.");
  const isCancelled = film.status === "cancelled";
  const actions = (
    <div className="mt-3 flex flex-wrap gap-2">
      {!isLasting(film.error?.code) && (
        <Button tone="primary" icon={<RotateCw />} busy={again.isPending} onClick={() => again.mutate({})}>
          Try again
        </Button>
      )}
      {editable && <EditButton film={film} />}
    </div>
  );
  if (isCancelled) {
    return (
      <div className="flex flex-col items-center text-center">
        <p className="text-muted">
          Cancelled{film.stepsTotal > 0 && ` after ${film.stepsDone} of ${film.stepsTotal} steps`}. Nothing was kept.
        </p>
        {actions}
      </div>
    );
  }
  return (
    <div role="alert" className="max-h-full w-160 max-w-full overflow-auto rounded-lg border border-danger bg-surface px-4 py-3.5">
      <p className="flex items-center gap-2 text-h3 font-semibold text-danger-text">
        <TriangleAlert className="size-4 shrink-0" aria-hidden />
        {number === undefined ? "It could not be filmed" : `Step ${number} could not be performed`}
      </p>
      {step && <p className="mt-1 font-medium break-words">{step}</p>}
      <p className="mt-1 break-words whitespace-pre-wrap">{reason}</p>
      {film.error && <p className="mt-1 text-muted">{adviceOf(film.error.code)}</p>}
      {film.files.video && <Footage film={film} path={film.files.video} />}
      {actions}
    </div>
  );
}

/** What was filmed until it failed. */
function Footage({ film, path }: { film: FilmDetail; path: string }) {
  return (
    <figure className="mt-3">
      {/* biome-ignore lint/a11y/useMediaCaption: nothing is spoken in it */}
      <video
        src={path}
        width={film.setup.width}
        height={film.setup.height}
        controls
        playsInline
        preload="metadata"
        aria-label="What was filmed until then"
        className="block h-auto max-h-80 w-full rounded bg-sunken object-contain"
      />
      <figcaption className="mt-1 text-data text-muted">
        What was filmed until then.{" "}
        <a href={path} download className="underline">
          Download
        </a>
      </figcaption>
    </figure>
  );
}
