import { Clapperboard, FileText, FilmIcon, Image } from "lucide-react";
import type { Film } from "@/api/types.ts";
import { buttonStyle } from "@/components/ui/button.tsx";
import { formatBytes } from "@/lib/size.ts";

/** The film's files. */
export function Downloads({ film }: { film: Film }) {
  const { video, poster, teaser, storyboard } = film.files;
  const files = [
    { href: video, name: "Film", note: film.result && formatBytes(film.result.bytes), icon: <FilmIcon /> },
    { href: poster, name: "Poster", note: "JPEG", icon: <Image /> },
    { href: teaser, name: "Teaser", note: "GIF", icon: <Clapperboard /> },
    { href: storyboard, name: "Storyboard", note: "YAML", icon: <FileText /> },
  ];
  return (
    <nav aria-label="Downloads" className="flex flex-wrap gap-2">
      {files.map(
        ({ href, name, note, icon }) =>
          href && (
            <a key={name} href={href} download className={buttonStyle({ size: "sm" })}>
              {icon}
              {name}
              {note && <span className="num font-normal text-muted">{note}</span>}
            </a>
          ),
      )}
    </nav>
  );
}
