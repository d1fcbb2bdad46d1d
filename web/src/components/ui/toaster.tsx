import { Toast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import type { ReactNode } from "react";
import { iconButtonStyle } from "./icon-button.tsx";

const manager = Toast.createToastManager();

interface ToastOptions {
  detail?: string;
  undo?: () => void;
  /** What undoing is called where `Undo` already means something else. */
  undoLabel?: string;
  action?: { label: string; run: () => void };
}

function add(type: string, title: string, options: ToastOptions = {}, timeout = 5_000) {
  const action = options.undo ? { label: options.undoLabel ?? "Undo", run: options.undo } : options.action;
  const id = manager.add({
    title,
    description: options.detail,
    type,
    timeout: options.undo ? 10_000 : timeout,
    actionProps: action && {
      children: action.label,
      onClick: () => {
        manager.close(id);
        action.run();
      },
    },
  });
}

/** Says what happened, in a corner; callable from anywhere. */
export const toast = {
  done: (title: string, options?: ToastOptions) => add("done", title, options),
  info: (title: string, options?: ToastOptions) => add("info", title, options),
  failed: (title: string, error?: unknown) => add("failed", title, { detail: error instanceof Error ? error.message : undefined }, 8_000),
};

const icons: Record<string, ReactNode> = {
  done: <CircleCheck className="text-success-text" />,
  info: <Info className="text-info-text" />,
  failed: <CircleAlert className="text-danger-text" />,
};

function Items() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      swipeDirection={["right", "down"]}
      className="rounded border border-line-strong bg-raised shadow-pop transition-[opacity,transform] data-ending-style:translate-y-1 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-2.5 py-1.5 pr-1.5 pl-3">
        <span className="[&_svg]:size-4">{icons[item.type ?? "info"]}</span>
        <div className="min-w-0 flex-1 py-1">
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-data break-words text-muted" />
        </div>
        {item.actionProps && <Toast.Action className="h-7 rounded px-2 font-semibold text-accent-text hover:bg-hover max-md:h-11" />}
        {/* Toasts lie beside each other and not on top: nothing of them is hidden from anybody. */}
        <Toast.Close aria-label="Dismiss" aria-hidden={false} className={iconButtonStyle}>
          <X />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

export function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label="Notifications"
          className="fixed right-4 bottom-4 z-70 flex w-[min(380px,calc(100vw-32px))] flex-col gap-2 max-md:bottom-18"
        >
          <Items />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
