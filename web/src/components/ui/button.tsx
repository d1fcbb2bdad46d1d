import { Button as BaseButton } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/class-names.ts";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded border font-medium whitespace-nowrap select-none transition-colors disabled:opacity-45 data-disabled:opacity-45 [&_svg]:size-4 [&_svg]:shrink-0 max-md:min-h-11",
  {
    variants: {
      tone: {
        primary:
          "border-transparent bg-accent text-on-accent hover:not-disabled:bg-accent-hover disabled:not-aria-busy:border-line disabled:not-aria-busy:bg-hover disabled:not-aria-busy:text-muted disabled:not-aria-busy:opacity-100",
        plain: "border-line-strong bg-raised text-ink hover:not-disabled:bg-hover",
        quiet: "border-transparent bg-transparent text-muted hover:not-disabled:bg-hover hover:not-disabled:text-ink",
        danger: "border-line-strong bg-raised text-danger-text hover:not-disabled:border-danger hover:not-disabled:bg-danger-soft",
      },
      size: {
        sm: "h-7 px-2 text-data",
        md: "h-8 px-3 text-body",
        lg: "h-10 px-4 text-h3",
      },
    },
    defaultVariants: { tone: "plain", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<typeof BaseButton>, VariantProps<typeof buttonStyle> {
  icon?: ReactNode;
  busy?: boolean;
}

export function Button({ tone, size, icon, busy, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <BaseButton
      className={cn(buttonStyle({ tone, size }), className as string)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <span className="size-3 animate-spin rounded-full border-2 border-current border-t-transparent" /> : icon}
      {children}
    </BaseButton>
  );
}
