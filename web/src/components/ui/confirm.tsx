import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";

interface ConfirmProps {
  open: boolean;
  onOpenChange?: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

/** A question that must be answered before anything else goes on; `children` are its buttons. */
export function Confirm({ open, onOpenChange, title, description, children }: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-backdrop" />
        <AlertDialog.Popup className="fixed top-[18dvh] left-1/2 z-50 w-[min(440px,calc(100vw-32px))] -translate-x-1/2 rounded-lg border border-line-strong bg-surface p-4 shadow-pop">
          <AlertDialog.Title className="text-h3 font-semibold">{title}</AlertDialog.Title>
          {description && (
            <AlertDialog.Description className="mt-1 text-muted" render={<div />}>
              {description}
            </AlertDialog.Description>
          )}
          <div className="mt-4 flex flex-wrap justify-end gap-2">{children}</div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
