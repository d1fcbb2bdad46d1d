import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "@/lib/class-names.ts";

interface PopoverProps {
  trigger: ReactElement;
  title?: string;
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  className?: string;
}

export function Popover({ trigger, title, children, align = "end", side = "bottom", className }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-60">
          <BasePopover.Popup className={cn("w-72 rounded border border-line-strong bg-raised p-3 shadow-pop outline-none", className)}>
            {title && <BasePopover.Title className="mb-2 text-h3 font-semibold">{title}</BasePopover.Title>}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
