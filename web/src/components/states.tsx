import { Link } from "@tanstack/react-router";
import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "@/api/api-error.ts";
import { cn } from "@/lib/class-names.ts";
import { Button, buttonStyle } from "./ui/button.tsx";

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
  /** The first-level heading where it is the whole screen. */
  heading?: "h1" | "h2";
}

/** What this place is for, and the first thing to do in it. */
export function Empty({ icon, title, children, action, className, heading: Heading = "h2" }: EmptyProps) {
  return (
    <div className={cn("flex flex-col items-center gap-2 px-6 py-12 text-center", className)}>
      <div className="mb-1 flex size-11 items-center justify-center rounded-lg border border-line bg-raised text-faint [&_svg]:size-5">
        {icon}
      </div>
      <Heading className="text-h3 font-semibold">{title}</Heading>
      {children && <p className="max-w-md text-balance text-muted">{children}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

const advice: Record<string, string> = {
  unreachable: "Start it again with “proscenium serve”, then retry.",
  not_found: "It may have been deleted, or the address is from another installation.",
};

interface FailureProps {
  what: string;
  error: unknown;
  retry?: () => void;
  className?: string;
  heading?: "h1" | "h2";
  /** One line, where it is a part of a screen. */
  compact?: boolean;
}

/** What failed, why, and what to do about it. */
export function Failure({ what, error, retry, className, heading: Heading = "h2", compact }: FailureProps) {
  const api = error instanceof ApiError ? error : undefined;
  const reason = error instanceof Error ? error.message : "Something unexpected happened.";
  if (api?.denied) {
    return (
      <Empty icon={<TriangleAlert />} title="You are signed out" heading={Heading} className={className} action={<SignInLink />}>
        Your session ended. Sign in and you come back to this place.
      </Empty>
    );
  }
  if (compact) {
    return (
      <div role="alert" className={cn("flex items-center gap-3 px-4 py-3", className)}>
        <TriangleAlert className="size-4 shrink-0 text-danger-text" aria-hidden />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{what}</p>
          <p className="text-data break-words text-muted">{reason}</p>
        </div>
        {retry && (
          <Button size="sm" icon={<RotateCw />} onClick={retry}>
            Try again
          </Button>
        )}
      </div>
    );
  }
  return (
    <div role="alert" className={cn("flex flex-col items-center gap-2 px-6 py-12 text-center", className)}>
      <div className="mb-1 flex size-11 items-center justify-center rounded-lg bg-danger-soft text-danger-text">
        <TriangleAlert className="size-5" />
      </div>
      <Heading className="text-h3 font-semibold">{what}</Heading>
      <p className="max-w-md text-muted">{reason}</p>
      {api && advice[api.code] && <p className="max-w-md text-muted">{advice[api.code]}</p>}
      {api?.requestId && <p className="code text-faint">request {api.requestId}</p>}
      {retry && (
        <Button className="mt-2" icon={<RotateCw />} onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

export function SignInLink() {
  return (
    <Link to="/sign-in" search={{ next: location.pathname + location.search }} className={buttonStyle({ tone: "primary" })}>
      Sign in
    </Link>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <div className={cn("skeleton", className)} />;
}

/** Rows of the shape that the list will have. */
export function SkeletonRows({ rows = 6, className }: { rows?: number; className?: string }) {
  return (
    <div aria-busy="true" role="status" aria-label="Loading" className={cn("flex flex-col", className)}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={index} className="flex h-12 items-center gap-4 border-b border-line px-4">
          <Skeleton className="h-8 w-12" />
          <Skeleton className="h-3 w-1/3" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
