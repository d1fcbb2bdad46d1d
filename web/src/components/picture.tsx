import { ImageOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "@/lib/class-names.ts";

interface PictureProps {
  src: string | undefined | null;
  alt: string;
  className?: string;
  fit?: "cover" | "contain";
  /** Drawn where there is no picture yet. */
  placeholder?: ReactNode;
}

/** A picture that says so when it cannot be shown. */
export function Picture({ src, alt, className, fit = "cover", placeholder }: PictureProps) {
  const [broken, setBroken] = useState<string>();
  if (!src || broken === src) {
    return (
      <div
        className={cn("flex items-center justify-center bg-sunken text-faint [&_svg]:size-4 [&_svg]:opacity-70", className)}
        {...(alt === "" ? { "aria-hidden": true } : { role: "img", "aria-label": `${alt} (no picture)` })}
      >
        {placeholder ?? <ImageOff />}
      </div>
    );
  }
  return (
    <img
      src={src}
      alt={alt}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setBroken(src)}
      className={cn("bg-sunken", fit === "cover" ? "object-cover object-top" : "object-contain", className)}
    />
  );
}
