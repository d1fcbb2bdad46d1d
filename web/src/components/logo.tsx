interface LogoProps {
  className?: string;
}

/** The mark: an arch, and the light falling on the boards. */
export function Logo({ className }: LogoProps) {
  return (
    <svg viewBox="0 0 32 32" className={className} role="img" aria-label="Proscenium" fill="none">
      <path d="M12.6 9.2h6.8L24 25H8z" fill="var(--accent)" />
      <path d="M5 26V14.5C5 8.7 9.7 5 16 5s11 3.7 11 9.5V26M4 26.4h24" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Logo className="size-8" />
      <span className="text-h1 font-semibold tracking-tight">Proscenium</span>
    </span>
  );
}
