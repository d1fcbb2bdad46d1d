import { useQuery } from "@tanstack/react-query";
import { picturesQuery } from "@/api/pictures.ts";
import { cn } from "@/lib/class-names.ts";
import type { CutOverlay } from "./cut-overlays.ts";
import { type CutPicture, shareOf } from "./cut-pictures.ts";
import type { CutText } from "./cut-texts.ts";
import type { Place } from "./overlaid.ts";

const at: Record<Place, string> = {
  "top-left": "items-start justify-start text-left",
  top: "items-start justify-center text-center",
  "top-right": "items-start justify-end text-right",
  left: "items-center justify-start text-left",
  center: "items-center justify-center text-center",
  right: "items-center justify-end text-right",
  "bottom-left": "items-end justify-start text-left",
  bottom: "items-end justify-center text-center",
  "bottom-right": "items-end justify-end text-right",
};

interface OverlayPreviewProps {
  overlays: readonly CutOverlay[];
  /** The moment of the new film, in milliseconds. */
  atMs: number;
  /** Of the new film, in pixels. */
  size: { width: number; height: number };
}

/** What lies over the film at a moment, about as it will look: in shares of the picture, as the film has it. */
export function OverlayPreview({ overlays, atMs, size }: OverlayPreviewProps) {
  const seen = overlays.filter(({ from, to }) => atMs >= from && (to === null || atMs < to));
  return (
    // Who cannot see the picture has the list of what lies over it.
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden [container-type:size]">
      {seen.map((overlay) => (
        <div key={overlay.key} className={cn("absolute inset-[5cqh] flex", at[overlay.place])}>
          {overlay.kind === "text" ? <Words text={overlay} height={size.height} /> : <Laid picture={overlay} size={size} />}
        </div>
      ))}
    </div>
  );
}

/** Letters without a size are a thirtieth of the picture, and twelve pixels at least. */
const lettersOf = ({ rest }: CutText, height: number) => (typeof rest.size === "number" ? rest.size : Math.max(height / 30, 12)) / height;

function Words({ text, height }: { text: CutText; height: number }) {
  const opacity = typeof text.rest.opacity === "number" ? text.rest.opacity : 1;
  if (text.text.trim() === "") return null;
  return (
    <span
      data-text-preview
      dir="auto"
      style={{ fontSize: `${lettersOf(text, height) * 100}cqh`, opacity }}
      className="max-w-[80cqw] rounded-[0.58em] bg-[rgb(17_20_30/0.86)] px-[1em] py-[0.5em] leading-[1.35] font-medium text-balance wrap-anywhere whitespace-pre-line text-white"
    >
      {text.text.trim()}
    </span>
  );
}

function Laid({ picture, size }: { picture: CutPicture; size: OverlayPreviewProps["size"] }) {
  const pictures = useQuery(picturesQuery());
  const sent = pictures.data?.items.find(({ id }) => id === picture.picture);
  if (!sent) return null;
  const style = { width: `${shareOf(picture, sent, size) * 100}cqw`, opacity: (picture.opacity ?? 100) / 100 };
  return <img data-picture-preview src={sent.content} alt="" style={style} className="max-w-none" />;
}
