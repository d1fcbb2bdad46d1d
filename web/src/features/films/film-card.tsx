import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { isEnded } from "@/api/films.ts";
import type { Film } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { shortUrl } from "@/lib/shorten.ts";
import { FilmMenu } from "./film-menu.tsx";
import { Poster } from "./poster.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { doingOf, lengthOf, progressOf, readFailure, sizeOf } from "./words.ts";

/** A film in the gallery: its poster, what it is, and how far it is while it is made. */
export function FilmCard({ film, fresh }: { film: Film; fresh: number }) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  return (
    <li
      className="group relative flex flex-col overflow-hidden rounded-lg border border-line bg-surface transition-colors hover:border-line-strong"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <div className="relative flex aspect-video items-center justify-center overflow-hidden bg-sunken">
        <Poster film={film} lively={pointed || focused} fresh={fresh} />
        {film.result && (
          <span className="num absolute right-2 bottom-2 rounded-sm border border-line bg-raised px-1.5 text-ink">{lengthOf(film)}</span>
        )}
      </div>
      {!isEnded(film) && <ProgressBar film={film} className="h-1 rounded-none" />}
      <div className="flex flex-1 items-start gap-1 border-t border-line py-2 pr-1.5 pl-3">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <Link
            to="/films/$id"
            params={{ id: film.id }}
            data-row
            className="truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {film.name}
          </Link>
          <span className="truncate text-data text-muted" title={film.url}>
            {shortUrl(film.url)}
          </span>
          <span className="flex items-center gap-1.5 text-data text-muted">
            <StatusIcon status={film.status} className="size-3.5" />
            <span className="num min-w-0 flex-1 truncate">{isEnded(film) ? ended(film) : going(film)}</span>
            <Moment at={film.createdAt} className="text-data" />
          </span>
        </div>
        <FilmMenu film={film} />
      </div>
    </li>
  );
}

function ended(film: Film): string {
  if (film.expired) return "Removed";
  if (film.result) return sizeOf(film);
  return film.error ? readFailure(film.error.message).reason : statusLook(film.status).word;
}

function going(film: Film): string {
  const share = progressOf(film);
  const percent = film.status === "filming" && share !== undefined ? `${Math.round(share * 100)} % · ` : "";
  return percent + doingOf(film);
}
