import { cn } from "@/lib/class-names.ts";
import type { CutText, Place } from "./cut-texts.ts";

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

interface TextPreviewProps {
  texts: readonly CutText[];
  /** The moment of the new film, in milliseconds. */
  atMs: number;
  /** Of the film, in pixels. */
  height: number;
}

/** Letters without a size are a thirtieth of the picture, and twelve pixels at least. */
const lettersOf = ({ rest }: CutText, height: number) => (typeof rest.size === "number" ? rest.size : Math.max(height / 30, 12)) / height;

/** The texts that are seen at a moment, about as they will look: in shares of the picture's height, as the film has them. */
export function TextPreview({ texts, atMs, height }: TextPreviewProps) {
  const seen = texts.filter(({ text, from, to }) => text.trim() !== "" && atMs >= from && (to === null || atMs < to));
  return (
    // Who cannot see the picture has the list of the texts.
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden [container-type:size]">
      {seen.map((text) => (
        <div key={text.key} data-text-preview className={cn("absolute inset-[5cqh] flex", at[text.place])}>
          <span
            dir="auto"
            style={{ fontSize: `${lettersOf(text, height) * 100}cqh` }}
            className="max-w-[80cqw] rounded-[0.58em] bg-[rgb(17_20_30/0.86)] px-[1em] py-[0.5em] leading-[1.35] font-medium text-balance wrap-anywhere whitespace-pre-line text-white"
          >
            {text.text.trim()}
          </span>
        </div>
      ))}
    </div>
  );
}
