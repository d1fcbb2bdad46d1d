import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/class-names.ts";
import { iconButtonStyle } from "./icon-button.tsx";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  className?: string;
}

/** A modal card; on a phone it rises from the bottom edge. */
export function Dialog({ open, onOpenChange, title, description, children, footer, className }: DialogProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-50 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          className={cn(
            "fixed z-50 flex max-h-[86dvh] flex-col border border-line-strong bg-surface shadow-pop transition-[opacity,transform] data-ending-style:opacity-0 data-starting-style:opacity-0",
            "left-1/2 top-[12dvh] w-[min(520px,calc(100vw-32px))] -translate-x-1/2 rounded-lg data-starting-style:-translate-y-2",
            "max-md:inset-x-0 max-md:top-auto max-md:bottom-0 max-md:left-0 max-md:w-full max-md:translate-x-0 max-md:rounded-b-none max-md:data-starting-style:translate-y-4",
            className,
          )}
        >
          <header className="flex items-start gap-3 px-4 pt-3 pb-2">
            <div className="min-w-0 flex-1 pt-1">
              <BaseDialog.Title className="text-h3 font-semibold">{title}</BaseDialog.Title>
              {description && <BaseDialog.Description className="mt-0.5 text-muted">{description}</BaseDialog.Description>}
            </div>
            <BaseDialog.Close aria-label="Close" className={iconButtonStyle}>
              <X />
            </BaseDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-auto px-4 pb-4">{children}</div>
          {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
