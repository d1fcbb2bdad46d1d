import { useNavigate } from "@tanstack/react-router";
import { Download, RotateCcw, Scissors, Trash2 } from "lucide-react";
import { useState } from "react";
import { isEnded } from "@/api/films.ts";
import type { FilmDetail } from "@/api/types.ts";
import { CopyId } from "@/components/copy-id.tsx";
import { Leaves } from "@/components/leaves.tsx";
import { Moment } from "@/components/moment.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { cn } from "@/lib/class-names.ts";
import { shortUrl } from "@/lib/shorten.ts";
import { AgainDialog } from "./again-dialog.tsx";
import { CopyLink } from "./delivery.tsx";
import { EditButton } from "./edit-button.tsx";
import { PinButton } from "./pin-button.tsx";
import { useDeleteFilm } from "./use-film-end.ts";

interface FilmHeaderProps {
  film: FilmDetail;
  isCutting: boolean;
  onCut: (cut: boolean) => void;
}

/** Which film, how it stands, and what can be done with it. */
export function FilmHeader({ film, ...cutting }: FilmHeaderProps) {
  const look = statusLook(film.status);
  return (
    <header className="flex shrink-0 flex-wrap items-start gap-x-4 gap-y-2 border-b border-line bg-surface px-6 py-3.5 max-md:px-4">
      <div className="min-w-0 flex-1 max-md:basis-full">
        <h1 title={film.name} className="truncate text-h1 font-semibold">
          {film.name}
        </h1>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-muted">
          <span role="status" aria-label="Status" className={cn("flex items-center gap-1.5 font-medium", look.text)}>
            <StatusIcon status={film.status} />
            {look.word}
          </span>
          <span aria-hidden>·</span>
          <span className="max-w-full truncate">{shortUrl(film.url)}</span>
          <span aria-hidden>·</span>
          <Moment at={film.createdAt} />
          <Leaves expiresAt={film.expiresAt} />
          {film.attempt > 1 && (
            <>
              <span aria-hidden>·</span>
              <span className="text-warning-text" title="It was begun anew after something that was not the script's fault">
                attempt {film.attempt}
              </span>
            </>
          )}
          <CopyId id={film.id} label="Copy film id" />
        </p>
      </div>
      {isEnded(film) && <Actions film={film} {...cutting} />}
    </header>
  );
}

function Actions({ film, isCutting, onCut }: FilmHeaderProps) {
  const navigate = useNavigate();
  const [again, setAgain] = useState(false);
  const isCut = film.order.edit !== undefined;
  const remove = useDeleteFilm(film, () => navigate({ to: "/films" }));
  return (
    <div className="flex flex-wrap gap-2">
      {/* A cut is made again by changing it: nothing was filmed. */}
      {!isCut && (
        <Button icon={<RotateCcw />} onClick={() => setAgain(true)}>
          Film again…
        </Button>
      )}
      {/* Where there is no film, what went wrong offers it. */}
      {film.status === "done" && !isCut && <EditButton film={film} />}
      {film.status === "done" && !film.expired && (
        <Button icon={<Scissors />} aria-pressed={isCutting} onClick={() => onCut(!isCutting)}>
          {isCut ? "Change the cut" : "Cut"}
        </Button>
      )}
      {film.files.video && (
        <a href={film.files.video} download className={buttonStyle({ tone: "primary" })}>
          <Download />
          Download
        </a>
      )}
      <PinButton film={film} />
      {film.delivered?.video && <CopyLink url={film.delivered.video} what="film" />}
      <Button tone="danger" icon={<Trash2 />} busy={remove.isPending} onClick={() => remove.mutate()}>
        Delete
      </Button>
      {again && <AgainDialog film={film} open onOpenChange={setAgain} />}
    </div>
  );
}
