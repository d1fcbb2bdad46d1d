import { FilmIcon } from "lucide-react";
import { useState } from "react";
import type { Film } from "@/api/types.ts";
import { Picture } from "@/components/picture.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { useMedia } from "@/lib/use-media.ts";

interface PosterProps {
  film: Film;
  /** Somebody points at it or has it in focus: it plays. */
  lively: boolean;
  /** Changes when the live picture may be another one. */
  fresh: number;
}

/** The film's picture, which moves while somebody looks at it; while it is made, what it shows just now. */
export function Poster({ film, lively, fresh }: PosterProps) {
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const { poster, preview, teaser, video } = film.files;
  if (film.status !== "done") {
    if (preview) return <Picture src={`${preview}?${fresh}`} alt="" className="size-full" fit="contain" />;
    return (
      <span className="flex flex-col items-center gap-1.5 text-data text-muted">
        <StatusIcon status={film.status} className="size-5" />
        {statusLook(film.status).word}
      </span>
    );
  }
  return (
    <>
      <Picture src={poster} alt="" placeholder={<FilmIcon />} className="size-full" fit="contain" />
      {lively && !still && video && <Playing video={video} teaser={teaser ?? undefined} />}
    </>
  );
}

/** Over the poster, so that nothing blinks before the first frame is there. */
function Playing({ video, teaser }: { video: string; teaser: string | undefined }) {
  const [broken, setBroken] = useState(false);
  const style = "absolute inset-0 size-full object-contain";
  // What this browser cannot play is still there as a GIF.
  if (broken) return teaser ? <img src={teaser} alt="" className={style} /> : null;
  return <video src={video} autoPlay muted loop playsInline aria-hidden tabIndex={-1} onError={() => setBroken(true)} className={style} />;
}
