import { Popover } from "@base-ui/react/popover";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { fieldStyle } from "@/components/ui/input.tsx";
import { cn } from "@/lib/class-names.ts";
import { useBoxAnchor } from "./box-anchor.ts";
import type { Picker } from "./protocol.ts";
import { useLiveSession } from "./use-live.ts";

interface PagePickerProps {
  picker: Picker;
  scale: number;
}

/** The list, calendar or palette that the page's control would have opened, drawn where the control is. */
export function PagePicker({ picker, scale }: PagePickerProps) {
  const live = useLiveSession();
  const { probe, anchor } = useBoxAnchor(picker.box, scale);
  const choose = (choice: { indexes?: number[]; value?: string }) => {
    live.send({ t: "choose", id: picker.id, ...choice });
    live.clear("picker");
  };
  return (
    <>
      <span ref={probe} hidden />
      <Popover.Root open onOpenChange={(open) => !open && live.clear("picker")}>
        <Popover.Portal>
          <Popover.Positioner anchor={anchor} side="bottom" align="start" sideOffset={2} collisionPadding={8} className="z-40">
            <Popover.Popup
              aria-label={picker.type === "select" ? "Choose an option" : "Value"}
              style={{ minWidth: Math.max(160, picker.box.width * scale) }}
              className="max-h-[min(360px,var(--available-height))] overflow-auto rounded border border-line-strong bg-raised shadow-pop outline-none"
            >
              {picker.type === "select" ? (
                <Options picker={picker} onChoose={(index) => choose({ indexes: [picker.options?.[index]?.index ?? index] })} />
              ) : (
                <Value picker={picker} onChoose={(value) => choose({ value })} />
              )}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

function Options({ picker, onChoose }: { picker: Picker; onChoose: (index: number) => void }) {
  const options = picker.options ?? [];
  const [active, setActive] = useState(
    Math.max(
      0,
      options.findIndex((option) => option.selected),
    ),
  );
  const listRef = useRef<HTMLDivElement>(null);

  useEffect(() => listRef.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moved highlight is what must be seen
  useEffect(() => {
    listRef.current?.querySelector("[data-active=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const move = (from: number, by: number) => {
    let next = from + by;
    while (options[next]?.disabled) next += by;
    if (options[next]) setActive(next);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown") move(active, 1);
    else if (event.key === "ArrowUp") move(active, -1);
    else if (event.key === "Home") move(-1, 1);
    else if (event.key === "End") move(options.length, -1);
    else if (event.key === "Enter" || event.key === " ") onChoose(active);
    else if (event.key.length === 1) {
      const start = event.key.toLowerCase();
      const after = options.findIndex((option, index) => index > active && option.label.toLowerCase().startsWith(start));
      const any = options.findIndex((option) => option.label.toLowerCase().startsWith(start));
      if (after !== -1 || any !== -1) setActive(after === -1 ? any : after);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={listRef} role="listbox" aria-label="Options" tabIndex={0} onKeyDown={onKeyDown} className="p-1 outline-none">
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place in the list
        <div key={index}>
          {option.group && option.group !== options[index - 1]?.group && (
            <div className="px-2 pt-1.5 pb-0.5 text-data text-faint">{option.group}</div>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the list */}
          <div
            role="option"
            tabIndex={-1}
            aria-selected={option.selected ?? false}
            aria-disabled={option.disabled || undefined}
            data-active={index === active}
            onPointerMove={() => !option.disabled && setActive(index)}
            onClick={() => !option.disabled && onChoose(index)}
            className={cn(
              "flex min-h-7 items-center rounded-sm px-2 whitespace-nowrap max-md:min-h-11",
              index === active && "lit",
              option.selected && "font-semibold text-accent-text",
              option.disabled && "opacity-45",
            )}
          >
            {option.label || "\u00a0"}
          </div>
        </div>
      ))}
    </div>
  );
}

function Value({ picker, onChoose }: { picker: Picker; onChoose: (value: string) => void }) {
  const [value, setValue] = useState(picker.value ?? "");
  return (
    <form
      className="flex items-end gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(value);
      }}
    >
      <Field label="Value">
        <input
          type={picker.type}
          value={value}
          min={picker.min}
          max={picker.max}
          step={picker.step}
          // biome-ignore lint/a11y/noAutofocus: the control was just opened to be set
          autoFocus
          onChange={(event) => setValue(event.target.value)}
          className={cn(fieldStyle, "h-8 min-w-40", picker.type === "color" && "p-0.5")}
        />
      </Field>
      <Button type="submit" tone="primary">
        Set
      </Button>
    </form>
  );
}
