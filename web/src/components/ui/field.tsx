import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "@/lib/class-names.ts";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: ReactElement<{ id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean }>;
}

/** A label above its control, with a hint or what is wrong below it. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-data text-muted">
        {label}
      </label>
      {cloneElement(children, {
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={cn("text-data", error ? "text-danger-text" : "text-faint")}>
          {note}
        </p>
      )}
    </div>
  );
}
