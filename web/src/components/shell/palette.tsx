import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { cn } from "@/lib/class-names.ts";
import { Kbd } from "../ui/kbd.tsx";
import { rank } from "./palette-rank.ts";
import { useCommands } from "./use-commands.tsx";

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** One field to go anywhere and start anything. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-backdrop" />
        <Dialog.Popup
          aria-label="Command palette"
          className="fixed top-[12dvh] left-1/2 z-50 w-[min(600px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-surface shadow-pop transition-opacity data-starting-style:opacity-0"
        >
          <Body close={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Body({ close }: { close: () => void }) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const commands = useCommands(typed, close);
  const found = useMemo(() => rank(commands, typed).slice(0, 40), [commands, typed]);
  const index = Math.min(active, found.length - 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the moved highlight is what must be seen
  useEffect(() => {
    listRef.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [index]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive(Math.min(index + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(index - 1, 0));
    else if (event.key === "Enter") found[index]?.run();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search className="size-4 text-faint" aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette exists to be typed into
          autoFocus
          role="combobox"
          aria-label="Command"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[index] ? `${id}-${index}` : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          placeholder="Type an address, a name or a command…"
          className="h-12 flex-1 bg-transparent text-h3 outline-none placeholder:text-faint"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div ref={listRef} role="listbox" id={`${id}-list`} aria-label="Commands" className="max-h-[min(420px,60dvh)] overflow-auto p-1.5">
        {found.map((command, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox
          <div
            key={command.id}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === index}
            onPointerMove={() => setActive(at)}
            onClick={() => command.run()}
            className={cn(
              "flex h-9 items-center gap-3 rounded px-2.5 select-none max-md:h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint",
              at === index && "lit",
            )}
          >
            {command.icon}
            <span className="truncate">{command.name}</span>
            <span className="ml-auto shrink-0 text-data text-faint">{command.kind}</span>
            {command.keys?.split(" ").map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </div>
        ))}
        {found.length === 0 && <p className="px-3 py-8 text-center text-muted">Nothing by that name.</p>}
      </div>
    </>
  );
}
