import { ImageOff } from "lucide-react";
import { useState } from "react";
import { cn } from "@/lib/class-names.ts";

interface PictureProps {
  src: string | undefined | null;
  alt: string;
  className?: string;
  fit?: "cover" | "contain";
}

/** A picture that says so when it cannot be shown. */
export function Picture({ src, alt, className, fit = "cover" }: PictureProps) {
  const [broken, setBroken] = useState<string>();
  if (!src || broken === src) {
    return (
      <div className={cn("flex items-center justify-center bg-sunken text-faint", className)} role="img" aria-label={`${alt} (no picture)`}>
        <ImageOff className="size-4 opacity-60" />
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
