import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { keptOfOverlay } from "./cut-kept.ts";
import { type CutOverlay, MOST_OVERLAYS } from "./cut-overlays.ts";
import { PictureFields } from "./cut-picture-fields.tsx";
import { freshPicture } from "./cut-pictures.ts";
import { TextFields } from "./cut-text-fields.tsx";
import { freshText } from "./cut-texts.ts";
import { KeptChips } from "./kept-chips.tsx";

interface CutOverlayListProps {
  overlays: readonly CutOverlay[];
  /** How long the new film will be, when that is known. */
  lengthMs: number | undefined;
  /** Where the player is in the new film, when that is known. */
  hereMs: number | undefined;
  onChange: (overlays: readonly CutOverlay[]) => void;
}

const words = {
  text: { name: "Text", remove: "Remove the text" },
  picture: { name: "Picture", remove: "Remove the picture" },
};

/** Words and pictures over the new film: which, when and where. */
export function CutOverlayList({ overlays, lengthMs, hereMs, onChange }: CutOverlayListProps) {
  const addRefs = { text: useRef<HTMLButtonElement>(null), picture: useRef<HTMLButtonElement>(null) };
  // What was just added is what comes next.
  const freshRef = useRef<string>(undefined);
  const add = (fresh: CutOverlay) => {
    freshRef.current = fresh.key;
    onChange([...overlays, fresh]);
  };
  const remove = ({ key, kind }: CutOverlay) => {
    onChange(overlays.filter((overlay) => overlay.key !== key));
    addRefs[kind].current?.focus();
  };
  const has = (kind: CutOverlay["kind"]) => overlays.some((overlay) => overlay.kind === kind);
  const change = (overlay: CutOverlay, part: Partial<CutOverlay>) =>
    onChange(overlays.map((each) => (each.key === overlay.key ? ({ ...each, ...part } as CutOverlay) : each)));
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      {overlays.length > 0 && (
        <ol aria-label="Over the film" className="flex flex-col gap-2">
          {overlays.map((overlay, index) => {
            const number = overlays.slice(0, index + 1).filter(({ kind }) => kind === overlay.kind).length;
            const shared = { lengthMs, hereMs, isFresh: overlay.key === freshRef.current };
            return (
              <OverlayRow key={overlay.key} overlay={overlay} number={number} onChange={change} onRemove={() => remove(overlay)}>
                {overlay.kind === "text" ? (
                  <TextFields {...shared} text={overlay} onChange={(part) => change(overlay, part)} />
                ) : (
                  <PictureFields {...shared} picture={overlay} number={number} onChange={(part) => change(overlay, part)} />
                )}
              </OverlayRow>
            );
          })}
        </ol>
      )}
      <div className="flex flex-wrap gap-2">
        <Button ref={addRefs.text} icon={<Plus />} disabled={overlays.length >= MOST_OVERLAYS} onClick={() => add(freshText(hereMs))}>
          {has("text") ? "Another text" : "Lay a text over it"}
        </Button>
        <Button
          ref={addRefs.picture}
          icon={<Plus />}
          disabled={overlays.length >= MOST_OVERLAYS}
          // A picture is a logo more often than not, and that is there all the time.
          onClick={() => add(freshPicture(undefined))}
        >
          {has("picture") ? "Another picture" : "Lay a picture over it"}
        </Button>
      </div>
    </div>
  );
}

interface OverlayRowProps {
  overlay: CutOverlay;
  /** From 1, among those of its kind. */
  number: number;
  onChange: (overlay: CutOverlay, part: Partial<CutOverlay>) => void;
  onRemove: () => void;
  children: ReactNode;
}

function OverlayRow({ overlay, number, onChange, onRemove, children }: OverlayRowProps) {
  const { name, remove } = words[overlay.kind];
  const title = `${name} ${number}`;
  return (
    <li aria-label={title} className="flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-3">
      <div className="flex items-center gap-1">
        <h3 className="min-w-0 flex-1 truncate font-medium">{title}</h3>
        <IconButton label={remove} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      {children}
      <KeptChips of={title} kept={keptOfOverlay(overlay)} onRemove={(part) => onChange(overlay, part)} />
    </li>
  );
}
