import { CloudUpload, Copy, ExternalLink, TriangleAlert } from "lucide-react";
import type { Film, FilmDelivered } from "@/api/types.ts";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { copyText } from "@/lib/clipboard.ts";
import { useDeliverFilm } from "./use-film-end.ts";

const names = { video: "Film", poster: "Poster", sprite: "Sprite", teaser: "Teaser" } as const;
type File = keyof typeof names;
const files: readonly File[] = ["video", "poster", "sprite", "teaser"];

/** Where everybody sees the film, and what did not get there. */
export function Delivery({ film }: { film: Film }) {
  const delivered = film.delivered;
  if (!delivered) return null;
  const there = files.filter((file) => delivered[file]);
  return (
    <section aria-label="Public addresses" className="flex flex-col gap-2">
      {delivered.error && <NotDelivered film={film} delivered={delivered} />}
      {there.length > 0 && (
        <ul className="flex flex-col gap-1">
          {there.map((file) => (
            <Address key={file} name={names[file]} url={delivered[file] ?? ""} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Address({ name, url }: { name: string; url: string }) {
  return (
    <li className="flex min-w-0 items-center gap-2 text-data">
      <span className="w-14 shrink-0 text-muted">{name}</span>
      <a href={url} target="_blank" rel="noreferrer" className="flex min-w-0 items-center gap-1 underline max-md:py-3">
        <span className="truncate">{url}</span>
        <ExternalLink className="size-3 shrink-0" aria-hidden />
      </a>
      <CopyLink url={url} what={name.toLowerCase()} size="sm" tone="quiet" />
    </li>
  );
}

interface CopyLinkProps {
  url: string;
  /** Of which file; said to those who do not see what it stands beside. */
  what: string;
  size?: "sm" | "md";
  tone?: "plain" | "quiet";
}

/** Copies the public address of a file. */
export function CopyLink({ url, what, size, tone }: CopyLinkProps) {
  const copy = async () => {
    if (await copyText(url)) toast.done("Link copied", { detail: url });
    else toast.info("Copy it from here", { detail: url });
  };
  return (
    <button type="button" onClick={copy} title={url} aria-label={`Copy link to the ${what}`} className={buttonStyle({ size, tone })}>
      <Copy />
      Copy link
    </button>
  );
}

/** Which file, why, and another try: the film itself is kept. */
function NotDelivered({ film, delivered }: { film: Film; delivered: FilmDelivered }) {
  const again = useDeliverFilm(film);
  if (!delivered.error) return null;
  const { file, message } = delivered.error;
  return (
    <div role="alert" className="rounded-lg border border-danger px-3 py-2.5">
      <p className="flex items-center gap-2 font-semibold text-danger-text">
        <TriangleAlert className="size-4 shrink-0" aria-hidden />
        {names[file as File] ?? file} not delivered
      </p>
      <p className="mt-1 break-words">{message}</p>
      <p className="mt-1 text-muted">The film is kept here.</p>
      <Button className="mt-2" icon={<CloudUpload />} busy={again.isPending} onClick={() => again.mutate()}>
        Deliver again
      </Button>
    </div>
  );
}
