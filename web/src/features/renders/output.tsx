import { useQuery } from "@tanstack/react-query";
import { ImageOff } from "lucide-react";
import { useRef } from "react";
import { rendersQuery } from "@/api/renders.ts";
import type { Render } from "@/api/types.ts";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { cn } from "@/lib/class-names.ts";

const isPlayed = (render: Render) => render.result?.mediaType.startsWith("video/") ?? false;

/** Pictures and films; a sequence of pictures is neither, it can only be fetched. */
export const isShown = (render: Render) => /^(image|video)\//.test(render.result?.mediaType ?? "");

/** What was made, as large as there is room. */
export function Output({ render, className }: { render: Render; className?: string }) {
  if (!render.output || !isShown(render)) return null;
  const size = { width: render.result?.width, height: render.result?.height };
  const style = cn("checkers h-auto max-h-full w-auto max-w-full object-contain", className);
  return isPlayed(render) ? (
    // biome-ignore lint/a11y/useMediaCaption: nothing is spoken in it
    <video
      key={render.id}
      src={render.output}
      {...size}
      controls
      loop
      autoPlay
      muted
      playsInline
      className={style}
      aria-label={render.name}
    />
  ) : (
    <img key={render.id} src={render.output} {...size} alt={render.name} className={style} />
  );
}

/** A small one: a film moves while it is pointed at or has the focus. */
export function Poster({ render, className }: { render: Render; className?: string }) {
  const filmRef = useRef<HTMLVideoElement>(null);
  const play = () => filmRef.current?.play().catch(() => undefined);
  const rest = () => {
    const film = filmRef.current;
    if (!film) return;
    film.pause();
    film.currentTime = 0;
  };
  const style = "size-full object-cover";
  const drawn = render.framesTotal > 0 ? render.framesDone / render.framesTotal : 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the link around it has the focus; this only plays along
    <div
      className={cn("checkers relative flex aspect-square items-center justify-center overflow-hidden", className)}
      onPointerEnter={play}
      onPointerLeave={rest}
    >
      {render.output && isPlayed(render) && (
        <video ref={filmRef} src={render.output} muted loop playsInline preload="metadata" className={style} aria-hidden tabIndex={-1} />
      )}
      {render.output && !isPlayed(render) && isShown(render) && <img src={render.output} alt="" loading="lazy" className={style} />}
      {(!render.output || !isShown(render)) && (
        <span className="flex flex-col items-center gap-1.5 text-data text-muted">
          {render.status === "done" ? (
            <ImageOff className="size-5" aria-hidden />
          ) : (
            <StatusIcon status={render.status} className="size-5" />
          )}
          {wordOf(render)}
        </span>
      )}
      {render.status === "rendering" && (
        <span className="absolute inset-x-0 bottom-0 h-1 bg-line">
          <span className="block h-full bg-accent transition-[width]" style={{ width: `${drawn * 100}%` }} />
        </span>
      )}
    </div>
  );
}

function wordOf(render: Render): string {
  if (render.expired) return "Removed";
  if (render.result?.mediaType.startsWith("text/html")) return "A page";
  return render.status === "done" ? "Pictures in a folder" : statusLook(render.status).word;
}

/** The newest ones. */
export const useRecentRenders = (limit: number) => useQuery(rendersQuery({ limit }));
