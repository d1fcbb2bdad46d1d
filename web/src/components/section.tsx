import { type ReactNode, useId } from "react";
import { cn } from "@/lib/class-names.ts";

interface SectionProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A titled region of a screen. */
export function Section({ title, actions, children, className }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("min-w-0", className)}>
      <div className="mb-2 flex min-h-8 items-center gap-3">
        <h2 id={id} className="text-h3 font-semibold">
          {title}
        </h2>
        <div className="ml-auto flex items-center gap-1">{actions}</div>
      </div>
      {children}
    </section>
  );
}
