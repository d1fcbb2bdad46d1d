import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/class-names.ts";
import { fieldStyle } from "./input.tsx";

export interface Choice<T extends string> {
  value: T;
  label: string;
  note?: ReactNode;
  /** It is shown and cannot be chosen; `note` says why. */
  disabled?: boolean;
}

interface SelectProps<T extends string> {
  id?: string;
  /** The accessible name, unless a field's label gives it. */
  label?: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  className?: string;
  disabled?: boolean;
}

export function Select<T extends string>({ id, label, value, choices, onChange, className, disabled }: SelectProps<T>) {
  return (
    <BaseSelect.Root
      value={value}
      onValueChange={(next) => next !== null && onChange(next as T)}
      items={choices.map(({ value, label }) => ({ value, label }))}
      disabled={disabled}
    >
      <BaseSelect.Trigger
        id={id}
        aria-label={label}
        className={cn(fieldStyle, "flex h-8 items-center justify-between gap-2 max-md:h-11", className)}
      >
        <BaseSelect.Value className="truncate" />
        <BaseSelect.Icon>
          <ChevronsUpDown className="size-3.5 text-faint" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-60">
          <BaseSelect.Popup className="max-h-[var(--available-height)] min-w-[var(--anchor-width)] overflow-auto rounded border border-line-strong bg-raised p-1 shadow-pop">
            {choices.map((choice) => (
              <BaseSelect.Item
                key={choice.value}
                value={choice.value}
                disabled={choice.disabled}
                className="row flex items-center gap-2 rounded-sm py-1 pr-3 pl-2 outline-none max-md:min-h-11 select-none data-highlighted:lit data-disabled:text-faint"
              >
                <span className="w-4">
                  <BaseSelect.ItemIndicator>
                    <Check className="size-3.5 text-accent-text" />
                  </BaseSelect.ItemIndicator>
                </span>
                <BaseSelect.ItemText className="flex-1">{choice.label}</BaseSelect.ItemText>
                {choice.note && <span className="num text-faint">{choice.note}</span>}
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
