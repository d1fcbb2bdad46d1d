import { Input as BaseInput } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names.ts";

export const fieldStyle =
  "w-full rounded border border-edge bg-raised px-2.5 text-body text-ink placeholder:text-faint transition-colors hover:not-disabled:border-faint focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-danger max-md:text-[16px]";

export function Input({ className, ...rest }: ComponentProps<typeof BaseInput>) {
  return <BaseInput className={cn(fieldStyle, "h-8 max-md:h-11", className as string)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(fieldStyle, "min-h-16 py-1.5", className)} {...rest} />;
}
