import type { ReactNode } from "react";

/** Dims the stage; `solid` hides it. */
export function Veil({ children, solid }: { children: ReactNode; solid?: boolean }) {
  return (
    <div
      className={`absolute inset-0 z-10 flex items-center justify-center overflow-auto p-4 ${solid ? "bg-surface" : "bg-backdrop backdrop-grayscale"}`}
    >
      {children}
    </div>
  );
}

export const cardStyle = "w-full max-w-100 rounded-lg border border-line-strong bg-raised p-4 shadow-pop";
