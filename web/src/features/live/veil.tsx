import { type ReactNode, useEffect } from "react";

/** Dims the stage; `solid` hides it. */
export function Veil({ children, solid }: { children: ReactNode; solid?: boolean }) {
  return (
    <div className={`absolute inset-0 z-10 flex overflow-auto p-4 *:m-auto ${solid ? "bg-surface" : "bg-backdrop backdrop-grayscale"}`}>
      {children}
    </div>
  );
}

/** Gives the keys back to the page when a question about it is answered; a phone's keyboard stays down. */
export function useKeysBack(): void {
  useEffect(
    () => () => {
      if (!matchMedia("(pointer: fine)").matches) return;
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        document.querySelector<HTMLElement>("[aria-label='Page keyboard']")?.focus({ preventScroll: true });
      });
    },
    [],
  );
}

export const cardStyle = "w-full max-w-100 rounded-lg border border-line-strong bg-raised p-4 shadow-pop";
