import { Button as BaseButton } from "@base-ui/react/button";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { cn } from "@/lib/class-names.ts";
import { Tip } from "./tip.tsx";

export const iconButtonStyle =
  "relative inline-flex size-8 shrink-0 items-center justify-center rounded border border-transparent text-muted select-none transition-colors hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:opacity-40 data-disabled:opacity-40 aria-pressed:bg-accent-soft aria-pressed:text-accent-text data-popup-open:bg-hover data-popup-open:text-ink [&_svg]:size-4 max-md:size-11";

export interface IconButtonProps extends Omit<ComponentProps<typeof BaseButton>, "children"> {
  /** The accessible name, shown as a tooltip too. */
  label: string;
  /** A shortcut, shown in the tooltip only. */
  keys?: string;
  children: ReactNode;
  pressed?: boolean;
  side?: "top" | "right" | "bottom" | "left";
}

/** A square button with an icon; its name is read aloud and shown on hover. */
export function IconButton({ label, keys, children, pressed, side, className, ...rest }: IconButtonProps) {
  const button: ReactElement = (
    <BaseButton aria-label={label} aria-pressed={pressed} className={cn(iconButtonStyle, className as string)} {...rest}>
      {children}
    </BaseButton>
  );
  return (
    <Tip text={label} keys={keys} side={side}>
      {button}
    </Tip>
  );
}
