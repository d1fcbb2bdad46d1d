import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useNamePlace } from "@/lib/place.ts";
import { Empty, Failure, SkeletonRows } from "../states.tsx";
import { buttonStyle } from "../ui/button.tsx";

export function NotFound() {
  useNamePlace("Not found");
  return (
    <Empty
      heading="h1"
      className="py-24"
      icon={<Compass />}
      title="There is nothing at this address"
      action={
        <Link to="/" className={buttonStyle({ tone: "primary" })}>
          Go to Home
        </Link>
      }
    >
      The link may be old, or what it led to was deleted.
    </Empty>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Failure
      heading="h1"
      className="py-24"
      what="This screen could not be shown"
      error={error}
      retry={() => {
        reset();
        router.invalidate();
      }}
    />
  );
}

export function Pending() {
  return <SkeletonRows className="pt-6" />;
}
