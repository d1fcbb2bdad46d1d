import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cn } from "@/lib/class-names.ts";
import { Kbd } from "./kbd.tsx";

const itemStyle =
  "row flex items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-disabled:opacity-45 data-highlighted:lit [&_svg]:size-4 [&_svg]:text-faint max-md:min-h-11";

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  className?: string;
}

export function Menu({ trigger, children, align = "end", side = "bottom", className }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-60">
          <BaseMenu.Popup
            className={cn(
              "max-h-[var(--available-height)] min-w-48 overflow-auto rounded border border-line-strong bg-raised p-1 shadow-pop outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0",
              className,
            )}
          >
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  keys?: string;
  note?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect?: () => void;
  render?: ReactElement;
  children: ReactNode;
}

export function MenuItem({ icon, keys, note, danger, disabled, onSelect, render, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      disabled={disabled}
      onClick={onSelect}
      render={render}
      className={cn(itemStyle, danger && "text-danger-text [&_svg]:text-danger-text")}
    >
      {icon}
      <span className="flex-1">{children}</span>
      {note && <span className="num text-faint">{note}</span>}
      {keys && <Kbd>{keys}</Kbd>}
    </BaseMenu.Item>
  );
}

export function MenuSeparator({ className }: { className?: string }) {
  return <BaseMenu.Separator className={cn("my-1 h-px bg-line", className)} />;
}

/** Items under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1 pb-0.5 text-data text-muted">{label}</BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}

interface MenuRadioProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: string; note?: ReactNode; icon?: ReactNode; disabled?: boolean }[];
  onChange: (value: T) => void;
}

export function MenuRadio<T extends string>({ label, value, choices, onChange }: MenuRadioProps<T>) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      <div className="px-2 pt-1.5 pb-1 text-data text-faint">{label}</div>
      {choices.map((choice) => (
        <BaseMenu.RadioItem key={choice.value} value={choice.value} disabled={choice.disabled} closeOnClick className={itemStyle}>
          <span className="w-4">
            <BaseMenu.RadioItemIndicator>
              <Check className="!text-accent-text" />
            </BaseMenu.RadioItemIndicator>
          </span>
          {choice.icon}
          <span className="flex-1">{choice.label}</span>
          {choice.note && <span className="num pl-4 text-faint">{choice.note}</span>}
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}
